"""What cannot be among the teams of 05-出勤与计件: whatever would leave a fen with nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from rostering.sheets import Located, SheetRow, read_sheet
from rukang.base.calendar import calendar_of
from rukang.base.clock import days_of_month
from rukang.doors.intake.attendance.check import check_named, check_worked, employments_by_resident
from rukang.doors.intake.attendance.rows import MarksRow
from rukang.doors.intake.form import Intake
from rukang.doors.intake.raw import column
from rukang.doors.intake.teams.rows import MEMBERS, TEAMS, MemberRow, TeamRow
from rukang.people import Resident
from rukang.work.employment import Employment, EmploymentKind
from rukang.work.teams import LARGEST_WEIGHT, MadeDuring

Row = TypeVar("Row", bound=SheetRow)


@dataclass(frozen=True)
class Teams:
    """What teams made, and their members."""

    made: Sequence[Located[TeamRow]]
    members: Sequence[Located[MemberRow]]

    def __len__(self) -> int:
        return len(self.made) + len(self.members)


def check_teams(
    intake: Intake,
    attendance: Iterable[Located[MarksRow]],
    residents: Mapping[str, Resident],
) -> Teams:
    """Read both sheets and note everything that would share a team's pay out wrongly."""
    book = intake.book
    made = read_sheet(book, TEAMS, TeamRow, optional=True)
    members = read_sheet(book, MEMBERS, MemberRow, optional=True)
    _once(intake, made, lambda of: (of.team, of.item, of.day, of.made_during), "产品")
    _once(intake, members, lambda of: (of.team, of.resident), "人员编号")
    _both_sheets(intake, made, members)
    _check_members(intake, made, members, residents)
    by_team: dict[str, list[MemberRow]] = defaultdict(list)
    for row in members:
        by_team[row.value.team].append(row.value)
    marks = {row.value.resident: row.value for row in attendance}
    for work in made:
        _check_day(intake, work, by_team[work.value.team], marks)
    return Teams(made, members)


def _once(
    intake: Intake,
    rows: Sequence[Located[Row]],
    key: Callable[[Row], Hashable],
    header: str,
) -> None:
    first: dict[Hashable, int] = {}
    for row in rows:
        above = first.setdefault(key(row.value), row.row)
        if above != row.row:
            intake.book.report(
                row,
                header,
                zh=f"与第 {above} 行重复：同一班组里只能有一行；请改正或删除一行",
                en=f"repeats row {above} of the same team: correct or delete one",
            )


def _both_sheets(
    intake: Intake, made: Sequence[Located[TeamRow]], members: Sequence[Located[MemberRow]]
) -> None:
    """Note a team that nobody shares with, one that made nothing, and weights too large in all."""
    # Of all rows, sound or not: a row that is told already is not missed as well.
    named, shared = (column(intake.book, sheet, "班组") for sheet in (TEAMS, MEMBERS))
    in_all: dict[str, Decimal] = defaultdict(Decimal)
    for row in members:
        in_all[row.value.team] += row.value.weight
    for work in made:
        if work.value.team not in shared:
            intake.book.report(
                work,
                "班组",
                zh=f"“{MEMBERS}”表中没有这个班组的成员，工资没有人可分；请填写成员和份额",
                en=f"no member of this team stands in {MEMBERS}: enter who shares it, and how",
            )
        elif in_all[work.value.team] > LARGEST_WEIGHT:
            intake.book.report(
                work,
                "班组",
                zh=f"成员的份额合计超过 {LARGEST_WEIGHT}；请按小时或分数填写",
                en=f"the weights come to more than {LARGEST_WEIGHT}: enter hours or points",
            )
    for row in members:
        if row.value.team not in named:
            intake.book.report(
                row,
                "班组",
                zh=f"“{TEAMS}”表中没有这个班组；请核对班组的写法，或填写班组做的件",
                en=f"{TEAMS} has no such team: check how it is written, or enter what it made",
            )


def _check_members(
    intake: Intake,
    made: Sequence[Located[TeamRow]],
    members: Sequence[Located[MemberRow]],
    residents: Mapping[str, Resident],
) -> None:
    works, month = employments_by_resident(intake), days_of_month(intake.month)
    of_team: dict[str, list[TeamRow]] = defaultdict(list)
    for work in made:
        of_team[work.value.team].append(work.value)
    for row in members:
        resident = check_named(intake, row, residents)
        if resident is None:
            continue
        own = [of for of in works[resident.id] if of.held(month[0], month[-1])]
        days = {of.day for of in of_team[row.value.team] if of.day}
        outside = sorted(day for day in days if not any(of.held(day, day) for of in own))
        if not own or outside:
            when = "、".join(map(str, outside)) or f"{intake.month:%Y-%m}"
            intake.book.report(
                row,
                "人员编号",
                zh=f"此人 {when} 没有用工关系，份额没有单位可付；请核对人员、日期和用工关系",
                en=f"no employment on {when}, so nobody would pay the share: check person and days",
            )
        elif any(of.made_during is not MadeDuring.NORMAL for of in of_team[row.value.team]):
            _check_overtime(intake, row, own)


def _check_overtime(intake: Intake, row: Located[MemberRow], works: Sequence[Employment]) -> None:
    if any(work.kind is not EmploymentKind.CONTRACT for work in works):
        intake.book.report(
            row,
            "人员编号",
            zh="班组有加班做的件，此人不是（只有）劳动合同，没有加班工资；"
            "请把加班的件另立班组，只列劳动合同的成员",
            en="the team has pieces made in overtime, which only labour contracts pay: enter those"
            " as a team of its own with such members alone",
        )


def _check_day(
    intake: Intake,
    work: Located[TeamRow],
    members: Sequence[MemberRow],
    marks: Mapping[str, MarksRow],
) -> None:
    """Note a day that is none of the month, on which a member was away, or of other hours."""
    value = work.value
    if value.day is None:
        return
    for member in members:
        name = f"集体计件（{member.resident}）"
        check_worked(intake, work, value.day, marks.get(member.resident), name, name)
        if (value.day.year, value.day.month) != (intake.month.year, intake.month.month):
            return
    works = calendar_of(intake.session).kind_of(value.day).works
    if value.made_during is not MadeDuring.NORMAL and works != (
        value.made_during is MadeDuring.WORKDAY
    ):
        is_day, is_en = ("工作日", "a workday") if works else ("休息日或节假日", "a day off")
        intake.book.report(
            work,
            "时段",
            zh=f"{value.day} 是{is_day}；请核对日期或时段",
            en=f"{value.day} is {is_en}: check the day or the hours",
        )
