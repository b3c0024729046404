"""What cannot be among the hours of 05-出勤与计件, and among its other amounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from rostering.sheets import Located, unique
from rukang.base.calendar import calendar_of
from rukang.base.clock import days_of_month
from rukang.doors.intake.attendance.check import check_named, check_worked, employments_by_resident
from rukang.doors.intake.attendance.rows import HoursRow, ItemRow, MarksRow
from rukang.doors.intake.form import Intake
from rukang.doors.intake.numbers import USCC
from rukang.numbers import uscc
from rukang.pay import PayItemKind
from rukang.people import Resident
from rukang.work.employment import Employment, EmploymentKind

HOURS_OF_A_DAY = 24


def check_hours(
    intake: Intake,
    rows: list[Located[HoursRow]],
    attendance: Sequence[Located[MarksRow]],
    residents: Mapping[str, Resident],
) -> None:
    """Note hours of nobody, of a day not worked, more than a day has, or of no such work."""
    unique(intake.book, rows, "人员编号", "日期", USCC)
    marks = {row.value.resident: row.value for row in attendance}
    works = employments_by_resident(intake)
    in_all: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
    for row in rows:
        in_all[row.value.resident, row.value.day] += row.value.normal + row.value.overtime
    for row in rows:
        value, resident = row.value, check_named(intake, row, residents)
        check_worked(intake, row, value.day, marks.get(value.resident), "工时", "hours")
        _check_sum(intake, row, in_all[value.resident, value.day])
        if resident is not None:
            own = [of for of in works[resident.id] if of.held(value.day, value.day)]
            _check_paid_so(intake, row, _of_employer(intake, row, own))


def _check_sum(intake: Intake, row: Located[HoursRow], in_all: Decimal) -> None:
    """Note a row without hours, a day of more than there are, and time off that cannot be."""
    value = row.value
    if in_all > HOURS_OF_A_DAY:
        intake.book.report(
            row,
            "正常小时",
            zh=f"此人当日各行合计 {in_all} 小时，一天只有 24 小时；请核对",
            en=f"{in_all} hours on that day in all: a day has 24",
        )
    if not value.normal + value.overtime:
        intake.book.report(
            row, "正常小时", zh="正常小时和加班小时都没有；请填写或删去这一行", en="no hours at all"
        )
    if value.lieu > value.overtime or (
        value.lieu and calendar_of(intake.session).kind_of(value.day).works
    ):
        intake.book.report(
            row,
            "其中补休小时",
            zh="只有休息日的加班可以补休，且不能多于加班小时（劳动法第四十四条）",
            en="only overtime on rest days can be made up by time off, and no more than that",
        )


def _check_paid_so(intake: Intake, row: Located[HoursRow], works: Sequence[Employment]) -> None:
    """Note normal hours where nobody pays by the hour, overtime where everything is by the hour."""
    kinds = {work.kind for work in works}
    if row.value.normal and kinds and EmploymentKind.PART_TIME not in kinds:
        intake.book.report(
            row,
            "正常小时",
            zh="此人不是非全日制，月工资已含正常工时；请只填加班小时",
            en="not paid by the hour: the month's wage holds normal hours, enter overtime only",
        )
    if row.value.overtime and kinds and EmploymentKind.CONTRACT not in kinds:
        intake.book.report(
            row,
            "加班小时",
            zh="只有劳动合同有加班工资；非全日制的全部小时填入正常小时",
            en="overtime belongs to labour contracts: part-time hours are all normal ones",
        )


def check_items(
    intake: Intake, rows: list[Located[ItemRow]], residents: Mapping[str, Resident]
) -> None:
    """Note amounts of nobody, entered twice, or without what they need."""
    unique(intake.book, rows, "人员编号", "项目", "名称", USCC)
    works, month = employments_by_resident(intake), days_of_month(intake.month)
    for row in rows:
        value, resident = row.value, check_named(intake, row, residents)
        if value.kind is PayItemKind.DEDUCTION and not value.item:
            intake.book.report(
                row, "名称", zh="扣款必须写明是什么、依据什么", en="say what is deducted, and why"
            )
        if value.exempt and (value.kind.is_bonus or not value.kind.is_allowance):
            intake.book.report(
                row,
                "免税",
                zh="只有津贴补贴可以免税，奖金不免；请填“否”",
                en="only an allowance can be exempt, a bonus never is",
            )
        if resident is not None:
            own = [of for of in works[resident.id] if of.held(month[0], month[-1])]
            _of_employer(intake, row, own)


def _of_employer(
    intake: Intake, row: Located[Any], works: Sequence[Employment]
) -> list[Employment]:
    """Return the employments a row can be about; note it if there is none."""
    code = row.value.uscc and uscc.compact(row.value.uscc)
    own = [work for work in works if code in (None, work.employer.uscc)]
    if not own:
        intake.book.report(
            row,
            USCC if code else "人员编号",
            zh="此人当时没有在该单位的用工关系；请核对人员、单位和用工日期",
            en="the person had no such employment at that time; check person, employer and dates",
        )
    return own
