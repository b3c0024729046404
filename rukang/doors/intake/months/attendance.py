"""05-出勤与计件: the month's attendance, hours and pieces, and what else it pays and takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rostering.sheets import Located
from rukang.base.calendar import calendar_of
from rukang.base.clock import days_of_month
from rukang.care.attendance import (
    AttendanceDay,
    DayMarks,
    Half,
    HoursWorked,
    PieceWork,
    Presence,
    has_mark,
)
from rukang.doors.intake.months import teams
from rukang.doors.intake.months.worked import (
    check_worked,
    employments_of,
    in_this_month,
    marks_of,
    of_employer,
)
from rukang.forms import Across, Book, Form, FromWorkbook
from rukang.pay import PayItem, PayItemKind, PayRun
from rukang.people import Resident, residents_in
from rukang.work.employment import Employment, EmploymentKind

HOURS_OF_A_DAY = 24
LONGEST_MONTH = 31
HalfDay = tuple[date, Half]
Entries = Sequence[Located[Any]]


def _days(month: date) -> dict[str, date | None]:
    """Return the days of a month by header; a shorter one has none under the last."""
    days = {str(day.day): day for day in days_of_month(month)}
    return {str(day): days.get(str(day)) for day in range(1, LONGEST_MONTH + 1)}


def _everybody(session: Session, home_id: int, month: date) -> Sequence[Resident]:
    days = days_of_month(month)
    return session.scalars(residents_in(home_id, days[0], days[-1])).all()


def month_is_open(taking: FromWorkbook) -> None:
    """Note that the wages of the month are locked: a correction settles what was wrong."""
    query = select(PayRun).where(PayRun.home_id == taking.home_id, PayRun.month == taking.month)
    run = taking.session.scalar(query)
    if run is not None and run.state.is_final:
        taking.book.add(
            f"{taking.month:%Y-%m} 的工资已锁定，不能再导入出勤和计件；请登记更正，下月补发或收回",
            f"the wages of {taking.month:%Y-%m} are locked: enter a correction instead",
        )


def stays_and_works(taking: FromWorkbook, entries: Entries) -> None:
    """Note marks outside the stay or every employment, and of whom another home marked present."""
    residents, works = taking.known(Resident), employments_of(taking)
    elsewhere = _present_elsewhere(taking)
    for entry in entries:
        resident = residents.get(entry.value.resident)
        if resident is not None:
            _check_stay(taking, entry, resident)
            _check_employed(taking, entry, works.get(resident.id, []))
            _check_elsewhere(taking, entry, elsewhere.get(resident.person_id, set()))


def _check_stay(taking: FromWorkbook, entry: Located[Any], resident: Resident) -> None:
    for day, _ in _marked(taking, entry):
        if day < resident.joined_on or (resident.left_on and day > resident.left_on):
            until = resident.left_on or "今"
            taking.report(
                entry,
                str(day.day),
                zh=f"当日不在园（{resident.joined_on} 至 {until}）；请清空，或更正入离园日期",
                en=f"not with the home on that day ({resident.joined_on} to"
                f" {resident.left_on or 'now'}): clear it, or correct the dates",
            )


def _check_employed(taking: FromWorkbook, entry: Located[Any], works: Sequence[Employment]) -> None:
    """Note marks outside every employment of somebody who is employed."""
    for day, _ in _marked(taking, entry):
        if works and not any(work.held(day, day) for work in works):
            spans = "、".join(f"{work.started_on} 至 {work.ended_on or '今'}" for work in works)
            taking.report(
                entry,
                str(day.day),
                zh=f"当日不在用工期内（{spans}）；请清空，或更正用工日期",
                en=f"outside every employment ({spans}): clear it, or correct the employment",
            )


def _check_elsewhere(taking: FromWorkbook, entry: Located[Any], taken: set[HalfDay]) -> None:
    for day, marks in _marked(taking, entry):
        both = [half for half in _present(marks) if (day, half) in taken]
        if both:
            taking.report(
                entry,
                str(day.day),
                zh=f"此人当日{'、'.join(both)}在另一家机构已记出勤；同一时间只能在一处，请两家核对",
                en=f"present in another home in the same {' and '.join(half.en for half in both)};"
                " the two homes have to compare",
            )


def _marked(taking: FromWorkbook, entry: Located[Any]) -> Iterator[tuple[date, DayMarks]]:
    for day in days_of_month(taking.month):
        if (marks := entry.value.of_day(day)) is not None:
            yield day, marks


def _present(marks: DayMarks) -> list[Half]:
    return [half for half, mark in marks.halves if mark is Presence.PRESENT]


def _present_elsewhere(taking: FromWorkbook) -> dict[int, set[HalfDay]]:
    """Return by person the halves of days in which another home has marked them present."""
    query = (
        select(Resident.person_id, AttendanceDay)
        .join(Resident, AttendanceDay.resident_id == Resident.id)
        .where(AttendanceDay.home_id != taking.home_id)
        .where(has_mark(Presence.PRESENT))
        .where(AttendanceDay.day.between(*taking.span))
    )
    found: dict[int, set[HalfDay]] = defaultdict(set)
    for person, of in taking.session.execute(query):
        found[person].update((of.day, half) for half in _present(of.marks))
    return found


def days_worked(taking: FromWorkbook, entries: Entries) -> None:
    """Note pieces of a day that was not worked."""
    marks = marks_of(taking)
    for entry in entries:
        check_worked(taking, entry, marks.get(entry.value.resident), "计件", "pieces")


def hours_that_can_be(taking: FromWorkbook, entries: Entries) -> None:
    """Note hours of a day not worked, more than a day has, or of no such work."""
    marks, works, residents = marks_of(taking), employments_of(taking), taking.known(Resident)
    in_all: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
    for entry in entries:
        in_all[entry.value.resident, entry.value.day] += entry.value.normal + entry.value.overtime
    for entry in entries:
        value, resident = entry.value, residents.get(entry.value.resident)
        check_worked(taking, entry, marks.get(value.resident), "工时", "hours")
        _check_sum(taking, entry, in_all[value.resident, value.day])
        if resident is not None:
            own = [of for of in works[resident.id] if of.held(value.day, value.day)]
            _check_paid_so(taking, entry, of_employer(taking, entry, own))


def _check_sum(taking: FromWorkbook, entry: Located[Any], in_all: Decimal) -> None:
    """Note a row without hours, a day of more than there are, and time off that cannot be."""
    value = entry.value
    if in_all > HOURS_OF_A_DAY:
        taking.report(
            entry,
            "正常小时",
            zh=f"此人当日各行合计 {in_all} 小时，一天只有 24 小时；请核对",
            en=f"{in_all} hours on that day in all: a day has 24",
        )
    if not value.normal + value.overtime:
        taking.report(
            entry,
            "正常小时",
            zh="正常小时和加班小时都没有；请填写或删去这一行",
            en="no hours at all",
        )
    if value.lieu > value.overtime or (
        value.lieu and calendar_of(taking.session).kind_of(value.day).works
    ):
        taking.report(
            entry,
            "其中补休小时",
            zh="只有休息日的加班可以补休，且不能多于加班小时（劳动法第四十四条）",
            en="only overtime on rest days can be made up by time off, and no more than that",
        )


def _check_paid_so(taking: FromWorkbook, entry: Located[Any], works: Sequence[Employment]) -> None:
    """Note normal hours where nobody pays by the hour, overtime where everything is by the hour."""
    kinds = {work.kind for work in works}
    if entry.value.normal and kinds and EmploymentKind.PART_TIME not in kinds:
        taking.report(
            entry,
            "正常小时",
            zh="此人不是非全日制，月工资已含正常工时；请只填加班小时",
            en="not paid by the hour: the month's wage holds normal hours, enter overtime only",
        )
    if entry.value.overtime and kinds and EmploymentKind.CONTRACT not in kinds:
        taking.report(
            entry,
            "加班小时",
            zh="只有劳动合同有加班工资；非全日制的全部小时填入正常小时",
            en="overtime belongs to labour contracts: part-time hours are all normal ones",
        )


def amounts_that_can_be(taking: FromWorkbook, entries: Entries) -> None:
    """Note amounts of nobody's employment, or without what they need."""
    works, residents = employments_of(taking), taking.known(Resident)
    for entry in entries:
        value, resident = entry.value, residents.get(entry.value.resident)
        if value.kind is PayItemKind.DEDUCTION and not value.name:
            taking.report(
                entry, "名称", zh="扣款必须写明是什么、依据什么", en="say what is deducted, and why"
            )
        if not value.taxable and (value.kind.is_bonus or not value.kind.is_allowance):
            taking.report(
                entry,
                "免税",
                zh="只有津贴补贴可以免税，奖金不免；请填“否”",
                en="only an allowance can be exempt, a bonus never is",
            )
        if resident is not None:
            of_employer(taking, entry, in_this_month(taking, works[resident.id]))


ATTENDANCE = Form(
    AttendanceDay,
    "考勤",
    "attendance",
    "attendance",
    ("resident_id", "day"),
    "day",
    (stays_and_works,),
    layout=Across("marks", _days, _everybody),
)
PIECES = Form(
    PieceWork, "计件", "pieces", "pieces", ("resident_id", "item", "day"), "month", (days_worked,)
)
HOURS = Form(
    HoursWorked,
    "工时",
    "hours",
    "hours",
    ("resident_id", "day", "employer_id"),
    "day",
    (hours_that_can_be,),
    optional=True,
)
ITEMS = Form(
    PayItem,
    "津贴与扣款",
    "allowances and deductions",
    "pay-items",
    ("resident_id", "kind", "name", "employer_id"),
    "month",
    (amounts_that_can_be,),
    optional=True,
)

BOOK = Book(
    "attendance",
    "05-出勤与计件",
    (ATTENDANCE, PIECES, teams.TEAMS, teams.MEMBERS, HOURS, ITEMS),
    checks=(month_is_open,),
)
