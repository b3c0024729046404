"""The roles of accounts, declared here and nowhere else.

A further role is one further entry of :class:`Role`: the database keeps its name as plain text, so
no migration goes with it. What a role may do is the list of its permissions; over what it may be
held is the list of its reaches.
"""

from __future__ import annotations

import enum
from collections.abc import Set

from rukang.base.words import Text, Worded


class Permission(Worded):
    """What a service needs leave for."""

    EVERYTHING = "everything", "管理本系统", "administer this system"
    HOMES_READ = "homes:read", "查看机构", "see homes"
    BODIES_WRITE = "bodies:write", "登记机构的变化", "keep the register of bodies"
    PEOPLE_READ = "people:read", "查看人员", "see people"
    PEOPLE_WRITE = "people:write", "修改人员", "change people"
    NUMBERS_READ = "numbers:read", "查看完整号码", "read numbers in full"
    PERSON_ANSWER = (
        "person:answer",
        "办理个人信息的查阅和删除",
        "answer for what is held on a person",
    )
    DEATH_WRITE = "death:write", "登记去世", "record a death"
    ROSTER_READ = "roster:read", "查看班表", "see rosters"
    ROSTER_WRITE = "roster:write", "排班或发布班表", "make or publish rosters"
    PAY_READ = "pay:read", "查看工资", "see wages"
    PAY_WRITE = "pay:write", "办理工资", "work on wages"
    PAY_APPROVE = "pay:approve", "批准工资", "approve wages"
    RATING_READ = "rating:read", "查看星级评定", "see ratings"
    RATING_WRITE = "rating:write", "办理星级评定", "work on ratings"
    RATING_ANSWER = "rating:answer", "代表机构申请评定或答复", "apply or answer for a home"
    SHEET_FILL = "sheet:fill", "填写评分表", "fill score sheets"
    RATING_DECIDE = "rating:decide", "决定星级", "decide on stars"
    REGISTER_READ = "register:read", "查看名册", "see the register"
    CASE_READ = "case:read", "查看案件", "see cases"
    CASE_HANDLE = "case:handle", "办理案件", "work on cases"
    OWN_PAY = "own:pay", "查看本人或被监护人的工资", "see payslips of one person"
    OWN_DAYS = "own:days", "查看本人或被监护人的出勤和班次", "see days of one person"


P = Permission
OWN = frozenset({P.OWN_PAY, P.OWN_DAYS})
"""Permissions to read what is on record of one person; they open nothing but such records."""


class Reach(enum.StrEnum):
    """Over what a role is held."""

    ALL = "all"
    PLACE = "place"
    BODY = "body"
    EMPLOYER = "employer"
    OWN = "own"
    PERSON = "person"

    @property
    def words(self) -> Text:
        """Return what it is called."""
        return REACHES[self]


REACHES = {
    Reach.ALL: Text(zh="全部", en="everywhere"),
    Reach.PLACE: Text(zh="地区", en="a region"),
    Reach.BODY: Text(zh="机构", en="a home"),
    Reach.EMPLOYER: Text(zh="用工单位", en="an employer"),
    Reach.OWN: Text(zh="本人", en="oneself"),
    Reach.PERSON: Text(zh="被监护人", en="the person one stands for"),
}

ANYWHERE = frozenset({Reach.ALL, Reach.PLACE, Reach.BODY})
AT_HOME = frozenset({Reach.BODY})
ON_CASES = frozenset({P.CASE_READ, P.CASE_HANDLE})
CARING = frozenset({P.HOMES_READ, P.PEOPLE_READ, P.ROSTER_READ})
"""What those who work with the residents of a home read."""


class Role(enum.StrEnum):
    """Whom an account is made for: each sees what its work, or life, needs.

    An entry is its name, its words, the reaches it may be held over, and its permissions.
    ``oversees`` is said of those who look at homes from outside; whoever holds another role over a
    home belongs to it.
    """

    zh: str
    en: str
    reaches: Set[Reach]
    permissions: Set[Permission]
    oversees: bool

    MANAGER = (
        "manager", "园长", "manager", ANYWHERE,
        {P.HOMES_READ, P.PEOPLE_READ, P.PEOPLE_WRITE, P.ROSTER_READ, P.ROSTER_WRITE, P.PAY_READ}
        | {P.PAY_APPROVE, P.RATING_READ, P.RATING_ANSWER, P.SHEET_FILL, P.REGISTER_READ}
        | ON_CASES,
    )  # fmt: skip
    CLERK = (
        "clerk", "工资专员", "wage clerk", ANYWHERE | {Reach.EMPLOYER},
        {P.HOMES_READ, P.PEOPLE_READ, P.NUMBERS_READ, P.PAY_READ, P.PAY_WRITE, P.PAY_APPROVE}
        | {P.DEATH_WRITE},
    )  # fmt: skip
    INSPECTOR = (
        "inspector", "评定员", "inspector", ANYWHERE,
        {P.HOMES_READ, P.RATING_READ, P.RATING_WRITE, P.SHEET_FILL, P.REGISTER_READ} | ON_CASES,
        True,
    )  # fmt: skip
    OFFICER = (
        "officer", "残联干部", "federation officer", ANYWHERE,
        {P.HOMES_READ, P.BODIES_WRITE, P.ROSTER_READ, P.PAY_READ, P.RATING_READ, P.RATING_DECIDE}
        | {P.REGISTER_READ, P.PERSON_ANSWER, P.DEATH_WRITE}
        | ON_CASES,
        True,
    )  # fmt: skip
    ADMINISTRATOR = (
        "administrator", "管理员", "administrator", ANYWHERE, frozenset(Permission) - OWN, True,
    )  # fmt: skip
    CARER = ("carer", "照护员", "carer", AT_HOME, CARING)
    NURSE = ("nurse", "护士", "nurse", AT_HOME, CARING)
    WORKSHOP_LEADER = ("workshop_leader", "工坊负责人", "workshop leader", AT_HOME, CARING)
    CASE_HANDLER = ("case_handler", "经办人", "case handler", AT_HOME, {P.HOMES_READ} | ON_CASES)
    REVIEWER = ("reviewer", "复核人", "reviewer", AT_HOME, {P.HOMES_READ} | ON_CASES)
    INSTITUTION = ("institution", "服务机构", "institution", AT_HOME, {P.HOMES_READ})
    EMPLOYER = ("employer", "用工单位", "employer", {Reach.EMPLOYER}, {P.PAY_READ})
    STAFF = ("staff", "员工", "member of staff", {Reach.OWN}, {P.OWN_DAYS})
    WORKER = ("worker", "就业残疾人", "resident worker", {Reach.OWN}, OWN)
    GUARDIAN = ("guardian", "监护人", "guardian", {Reach.PERSON}, OWN)

    def __new__(
        cls,
        name: str,
        zh: str = "",
        en: str = "",
        reaches: Set[Reach] = frozenset(),
        permissions: Set[Permission] = frozenset(),
        oversees: bool = False,
    ) -> Role:
        """Return a member: its name, with what is said of it beside."""
        role = str.__new__(cls, name)
        role._value_ = name
        role.zh, role.en, role.reaches = zh, en, frozenset(reaches)
        role.permissions, role.oversees = frozenset(permissions), oversees
        return role

    @property
    def words(self) -> Text:
        """Return what the role is called."""
        return Text(zh=self.zh, en=self.en)

    @property
    def personal(self) -> bool:
        """Whether it is held over one person's records alone."""
        return not self.reaches - {Reach.OWN, Reach.PERSON}


OVERSEERS = frozenset(role for role in Role if role.oversees)
"""Roles that look at homes from outside; whoever holds another belongs to the homes of it."""
