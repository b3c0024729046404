"""What cannot be in 05-出勤与计件: marks and pieces of nobody, or of a day that cannot be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from rostering.sheets import Located, unique
from rukang.base.clock import days_of_month
from rukang.care.attendance import AttendanceDay, DayMarks, Half, Presence, has_mark
from rukang.doors.intake.attendance.rows import LONGEST_MONTH, MarksRow, PieceRow
from rukang.doors.intake.employment.check import check_resident
from rukang.doors.intake.form import Intake
from rukang.forms import another_name
from rukang.pay import PayRun
from rukang.people import Resident
from rukang.work.employment import Employment

LocatedMarks = Located[MarksRow]
HalfDay = tuple[date, Half]


def check_attendance(
    intake: Intake, rows: list[LocatedMarks], residents: Mapping[str, Resident]
) -> None:
    """Note everything wrong with the attendance of a month."""
    unique(intake.book, rows, "人员编号")
    works, elsewhere = employments_by_resident(intake), _present_elsewhere(intake)
    for row in rows:
        resident = check_named(intake, row, residents)
        _check_days_exist(intake, row)
        if resident is not None:
            _check_stay(intake, row, resident)
            _check_employed(intake, row, works.get(resident.id, []))
            _check_elsewhere(intake, row, elsewhere.get(resident.person_id, set()))


def check_pieces(
    intake: Intake,
    rows: list[Located[PieceRow]],
    attendance: list[LocatedMarks],
    residents: Mapping[str, Resident],
) -> None:
    """Note pieces of nobody, an item entered twice, and pieces of a day that was not worked."""
    unique(intake.book, [row for row in rows if row.value.day is None], "人员编号", "产品")
    unique(intake.book, [row for row in rows if row.value.day], "人员编号", "产品", "日期")
    marks = {row.value.resident: row.value for row in attendance}
    for row in rows:
        check_named(intake, row, residents)
        if row.value.day is not None:
            check_worked(
                intake, row, row.value.day, marks.get(row.value.resident), "计件", "pieces"
            )


def check_month_is_open(intake: Intake) -> None:
    """Note that the wages of the month are locked: a correction settles what was wrong."""
    run = intake.session.scalar(
        select(PayRun).where(PayRun.home_id == intake.home.id, PayRun.month == intake.month)
    )
    if run is not None and run.state.is_final:
        intake.book.add(
            f"{intake.month:%Y-%m} 的工资已锁定，不能再导入出勤和计件；请登记更正，下月补发或收回",
            f"the wages of {intake.month:%Y-%m} are locked: enter a correction instead",
        )


def check_worked(
    intake: Intake,
    row: Located[Any],
    day: date,
    marks: MarksRow | None,
    what: str,
    what_en: str,
) -> None:
    """Note something of a day outside the month, or on which the person was not present."""
    if (day.year, day.month) != (intake.month.year, intake.month.month):
        intake.book.report(
            row, "日期", zh=f"不在 {intake.month:%Y-%m} 之内", en=f"not within {intake.month:%Y-%m}"
        )
        return
    spent = marks.of_day(day.day) if marks else None
    if spent is None or not spent.count(Presence.PRESENT):
        intake.book.report(
            row,
            "日期",
            zh=f"{day} 的考勤是“{spent or '空'}”，不是出勤，不能有当日的{what}；请核对日期或考勤",
            en=f"marked {spent or 'nothing'} on {day}: no {what_en} of a day not worked",
        )


def check_named(
    intake: Intake, row: Located[Any], residents: Mapping[str, Resident]
) -> Resident | None:
    """Return the resident of a row, or None with a finding; note a name that is not theirs."""
    resident = check_resident(intake.book, row, row.value.resident, residents)
    if resident is not None and resident.person.name != row.value.name:
        intake.book.report(row, "姓名", **another_name(resident.code, resident.person.name))
    return resident


def _check_days_exist(intake: Intake, row: LocatedMarks) -> None:
    for day in range(len(days_of_month(intake.month)) + 1, LONGEST_MONTH + 1):
        if row.value.of_day(day) is not None:
            intake.book.report(
                row,
                str(day),
                zh=f"{intake.month:%Y-%m} 没有这一天；请清空这一格",
                en=f"{intake.month:%Y-%m} has no such day: clear the cell",
            )


def _check_stay(intake: Intake, row: LocatedMarks, resident: Resident) -> None:
    for day, _ in _marked(intake, row):
        if day < resident.joined_on or (resident.left_on and day > resident.left_on):
            until = resident.left_on or "今"
            intake.book.report(
                row,
                str(day.day),
                zh=f"当日不在园（{resident.joined_on} 至 {until}）；请清空，或更正入离园日期",
                en=f"not with the home on that day ({resident.joined_on} to"
                f" {resident.left_on or 'now'}): clear it, or correct the dates",
            )


def _check_employed(intake: Intake, row: LocatedMarks, works: Sequence[Employment]) -> None:
    """Note marks outside every employment of somebody who is employed."""
    for day, _ in _marked(intake, row):
        if works and not any(work.held(day, day) for work in works):
            spans = "、".join(f"{work.started_on} 至 {work.ended_on or '今'}" for work in works)
            intake.book.report(
                row,
                str(day.day),
                zh=f"当日不在用工期内（{spans}）；请清空，或更正用工日期",
                en=f"outside every employment ({spans}): clear it, or correct the employment",
            )


def _check_elsewhere(intake: Intake, row: LocatedMarks, taken: set[HalfDay]) -> None:
    for day, marks in _marked(intake, row):
        both = [half for half in _present(marks) if (day, half) in taken]
        if both:
            intake.book.report(
                row,
                str(day.day),
                zh=f"此人当日{'、'.join(both)}在另一家机构已记出勤；同一时间只能在一处，请两家核对",
                en=f"present in another home in the same {' and '.join(half.en for half in both)};"
                " the two homes have to compare",
            )


def _marked(intake: Intake, row: LocatedMarks) -> Iterator[tuple[date, DayMarks]]:
    for day in days_of_month(intake.month):
        marks = row.value.of_day(day.day)
        if marks is not None:
            yield day, marks


def _present(marks: DayMarks) -> list[Half]:
    return [half for half, mark in marks.halves if mark is Presence.PRESENT]


def employments_by_resident(intake: Intake) -> dict[int, list[Employment]]:
    """Return the home's employments, of any time, by resident."""
    query = select(Employment).where(Employment.home_id == intake.home.id)
    works: dict[int, list[Employment]] = defaultdict(list)
    for work in intake.session.scalars(query):
        works[work.resident_id].append(work)
    return works


def _present_elsewhere(intake: Intake) -> dict[int, set[HalfDay]]:
    """Return by person the halves of days in which another home has marked them present."""
    days = days_of_month(intake.month)
    query = (
        select(Resident.person_id, AttendanceDay)
        .join(Resident, AttendanceDay.resident_id == Resident.id)
        .where(AttendanceDay.home_id != intake.home.id)
        .where(has_mark(Presence.PRESENT))
        .where(AttendanceDay.day.between(days[0], days[-1]))
    )
    found: dict[int, set[HalfDay]] = defaultdict(set)
    for person, of in intake.session.execute(query):
        found[person].update((of.day, half) for half in _present(of.marks))
    return found
