"""The roles of accounts, declared here and nowhere else.

A further role is one further entry of :class:`Role`: the database keeps its name as plain text, so
no migration goes with it. What a role may do is the list of its permissions; over what it may be
held is the list of its reaches.
"""

from __future__ import annotations

import enum
from collections.abc import Set

from rukang.base.words import Text


class Permission(enum.StrEnum):
    """What a service needs leave for."""

    EVERYTHING = "everything"
    HOMES_READ = "homes:read"
    BODIES_WRITE = "bodies:write"
    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    NUMBERS_READ = "numbers:read"
    PERSON_ANSWER = "person:answer"
    DEATH_WRITE = "death:write"
    ROSTER_READ = "roster:read"
    ROSTER_WRITE = "roster:write"
    PAY_READ = "pay:read"
    PAY_WRITE = "pay:write"
    PAY_APPROVE = "pay:approve"
    RATING_READ = "rating:read"
    RATING_WRITE = "rating:write"
    RATING_ANSWER = "rating:answer"
    SHEET_FILL = "sheet:fill"
    RATING_DECIDE = "rating:decide"
    REGISTER_READ = "register:read"
    CASE_READ = "case:read"
    CASE_HANDLE = "case:handle"
    OWN_PAY = "own:pay"
    OWN_DAYS = "own:days"

    @property
    def words(self) -> Text:
        """Return what it is for, as a refusal says it."""
        return MAY[self]


P = Permission
MAY = {
    P.EVERYTHING: Text(zh="管理本系统", en="administer this system"),
    P.HOMES_READ: Text(zh="查看机构", en="see homes"),
    P.BODIES_WRITE: Text(zh="登记机构的变化", en="keep the register of bodies"),
    P.PEOPLE_READ: Text(zh="查看人员", en="see people"),
    P.PEOPLE_WRITE: Text(zh="修改人员", en="change people"),
    P.NUMBERS_READ: Text(zh="查看完整号码", en="read numbers in full"),
    P.PERSON_ANSWER: Text(zh="办理个人信息的查阅和删除", en="answer for what is held on a person"),
    P.DEATH_WRITE: Text(zh="登记去世", en="record a death"),
    P.ROSTER_READ: Text(zh="查看班表", en="see rosters"),
    P.ROSTER_WRITE: Text(zh="排班或发布班表", en="make or publish rosters"),
    P.PAY_READ: Text(zh="查看工资", en="see wages"),
    P.PAY_WRITE: Text(zh="办理工资", en="work on wages"),
    P.PAY_APPROVE: Text(zh="批准工资", en="approve wages"),
    P.RATING_READ: Text(zh="查看星级评定", en="see ratings"),
    P.RATING_WRITE: Text(zh="办理星级评定", en="work on ratings"),
    P.RATING_ANSWER: Text(zh="代表机构申请评定或答复", en="apply or answer for a home"),
    P.SHEET_FILL: Text(zh="填写评分表", en="fill score sheets"),
    P.RATING_DECIDE: Text(zh="决定星级", en="decide on stars"),
    P.REGISTER_READ: Text(zh="查看名册", en="see the register"),
    P.OWN_PAY: Text(zh="查看本人或被监护人的工资", en="see payslips of one person"),
    P.OWN_DAYS: Text(zh="查看本人或被监护人的出勤和班次", en="see days of one person"),
    P.CASE_READ: Text(zh="查看案件", en="see cases"),
    P.CASE_HANDLE: Text(zh="办理案件", en="work on cases"),
}
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
