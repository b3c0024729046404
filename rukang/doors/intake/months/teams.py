"""The sheets of 05-出勤与计件 about teams: what they made, and who shares it by what weight.

Noted is whatever would leave a fen with nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rostering.sheets import Located
from rukang.base.calendar import calendar_of
from rukang.base.clock import in_month
from rukang.doors.intake.months.worked import check_worked, employments_of, in_this_month, marks_of
from rukang.forms import Form, FromWorkbook
from rukang.people import Resident
from rukang.work.employment import Employment, EmploymentKind
from rukang.work.teams import LARGEST_WEIGHT, MadeDuring, TeamMember, TeamWork

Entries = Sequence[Located[Any]]


def shared_out(taking: FromWorkbook, entries: Entries) -> None:
    """Note a team that nobody shares with, and weights too large in all."""
    # Of all rows, sound or not: a row that is told already is not missed as well.
    shared = taking.column(MEMBERS, "team")
    in_all: dict[str, Decimal] = defaultdict(Decimal)
    for row in taking.sheets[MEMBERS]:
        in_all[row.value.team] += row.value.weight
    for entry in entries:
        if entry.value.team not in shared:
            taking.report(
                entry,
                "班组",
                zh=f"“{MEMBERS.sheet}”表中没有这个班组的成员，工资没有人可分；请填写成员和份额",
                en=f"no member of this team stands in {MEMBERS.sheet}: say who shares it, and how",
            )
        elif in_all[entry.value.team] > LARGEST_WEIGHT:
            taking.report(
                entry,
                "班组",
                zh=f"成员的份额合计超过 {LARGEST_WEIGHT}；请按小时或分数填写",
                en=f"the weights come to more than {LARGEST_WEIGHT}: enter hours or points",
            )


def days_of_all(taking: FromWorkbook, entries: Entries) -> None:
    """Note a day on which a member was away, or of other hours."""
    marks, members = marks_of(taking), _by_team(taking.sheets[MEMBERS])
    for entry in entries:
        day = entry.value.day
        if day is None or not in_month(day, taking.month):
            continue
        for member in members[entry.value.team]:
            name = f"集体计件（{member.resident}）"
            check_worked(taking, entry, marks.get(member.resident), name, name)
        _check_hours(taking, entry)


def _check_hours(taking: FromWorkbook, entry: Located[Any]) -> None:
    value = entry.value
    works = calendar_of(taking.session).kind_of(value.day).works
    if value.made_during is not MadeDuring.NORMAL and works != (
        value.made_during is MadeDuring.WORKDAY
    ):
        is_day, is_en = ("工作日", "a workday") if works else ("休息日或节假日", "a day off")
        taking.report(
            entry,
            "时段",
            zh=f"{value.day} 是{is_day}；请核对日期或时段",
            en=f"{value.day} is {is_en}: check the day or the hours",
        )


def made_something(taking: FromWorkbook, entries: Entries) -> None:
    """Note members of a team that made nothing."""
    named = taking.column(TEAMS, "team")
    for entry in entries:
        if entry.value.team not in named:
            taking.report(
                entry,
                "班组",
                zh=f"“{TEAMS.sheet}”表中没有这个班组；请核对班组的写法，或填写班组做的件",
                en=f"{TEAMS.sheet} has no such team: check how it is written, or say what it made",
            )


def employed_then(taking: FromWorkbook, entries: Entries) -> None:
    """Note members whose share nobody would pay, or not at the rate of overtime."""
    works, made = employments_of(taking), _by_team(taking.sheets[TEAMS])
    residents: Mapping[str, Resident] = taking.known(Resident)
    for entry in entries:
        resident = residents.get(entry.value.resident)
        if resident is None:
            continue
        own = in_this_month(taking, works[resident.id])
        days = {of.day for of in made[entry.value.team] if of.day}
        outside = sorted(day for day in days if not any(of.held(day, day) for of in own))
        if not own or outside:
            when = "、".join(map(str, outside)) or f"{taking.month:%Y-%m}"
            taking.report(
                entry,
                "人员编号",
                zh=f"此人 {when} 没有用工关系，份额没有单位可付；请核对人员、日期和用工关系",
                en=f"no employment on {when}, so nobody would pay the share: check person and days",
            )
        elif any(of.made_during is not MadeDuring.NORMAL for of in made[entry.value.team]):
            _check_overtime(taking, entry, own)


def _check_overtime(taking: FromWorkbook, entry: Located[Any], works: Sequence[Employment]) -> None:
    if any(work.kind is not EmploymentKind.CONTRACT for work in works):
        taking.report(
            entry,
            "人员编号",
            zh="班组有加班做的件，此人不是（只有）劳动合同，没有加班工资；"
            "请把加班的件另立班组，只列劳动合同的成员",
            en="the team has pieces made in overtime, which only labour contracts pay: enter those"
            " as a team of its own with such members alone",
        )


def _by_team(rows: Entries) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.value.team].append(row.value)
    return found


TEAMS = Form(
    TeamWork,
    "集体计件",
    "pieces of a team",
    "team-pieces",
    ("item", "team", "day", "made_during"),
    "month",
    (shared_out, days_of_all),
    optional=True,
)
MEMBERS = Form(
    TeamMember,
    "集体计件成员",
    "members of a team",
    "team-members",
    ("resident_id", "team"),
    "month",
    (made_something, employed_then),
    optional=True,
)
