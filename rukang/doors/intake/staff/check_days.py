"""What cannot be in 03-员工与排班: leave, wishes and the running week of somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rostering.sheets import Located, unique
from rukang.base.clock import days_of_month
from rukang.doors.intake.form import Intake
from rukang.doors.intake.raw import column
from rukang.doors.intake.staff.check import check_shift_code
from rukang.doors.intake.staff.rows import (
    STAFF,
    LeaveRow,
    StaffRow,
    WeekRow,
    WishRow,
    day_header,
    tail_of,
)
from rukang.forms import another_name, outside

Staff = Mapping[str, StaffRow]


def check_leave(intake: Intake, rows: list[Located[LeaveRow]]) -> None:
    """Note leave of unknown staff, outside the month, ending before it begins, or twice."""
    days, taken = set(days_of_month(intake.month)), set[tuple[str, date]]()
    known = column(intake.book, STAFF, "编号")
    for row in rows:
        value = row.value
        _check_code(intake, row, value.staff, known)
        for header, day in (("开始日期", value.first), ("结束日期", value.last)):
            if day not in days:
                intake.book.report(row, header, **outside(intake.month))
        if value.last < value.first:
            intake.book.report(
                row,
                "结束日期",
                zh=f"早于开始日期 {value.first}；请核对两个日期",
                en=f"before the first day {value.first}; check both dates",
            )
        span = {(value.staff, day) for day in days if value.first <= day <= value.last}
        if span & taken:
            intake.book.report(
                row,
                "开始日期",
                zh="与前面一行休假的日期重叠；请合并或改正",
                en="overlaps leave in a row above; join or correct them",
            )
        taken |= span


def check_wishes(intake: Intake, rows: list[Located[WishRow]], shifts: set[str]) -> None:
    """Note wishes of unknown staff, for unknown shifts, outside the month, or twice."""
    days, known = set(days_of_month(intake.month)), column(intake.book, STAFF, "编号")
    unique(intake.book, rows, "员工编号", "日期", "班次")
    for row in rows:
        _check_code(intake, row, row.value.staff, known)
        if row.value.day not in days:
            intake.book.report(row, "日期", **outside(intake.month))
        if row.value.shift_code is not None:
            check_shift_code(intake.book, row, row.value.shift_code, shifts)


def check_week(
    intake: Intake, rows: list[Located[WeekRow]], staff: Staff, shifts: set[str]
) -> None:
    """Note unknown staff or shifts in the running week, and work outside a contract."""
    unique(intake.book, rows, "员工编号")
    known = column(intake.book, STAFF, "编号")
    for row in rows:
        _check_code(intake, row, row.value.staff, known)
        member = staff.get(row.value.staff)
        if member is None:
            continue
        if member.name != row.value.name:
            intake.book.report(row, "姓名", **another_name(row.value.staff, member.name))
        for day in tail_of(intake.month):
            _check_worked(intake, row, day, member, shifts)


def _check_worked(
    intake: Intake, row: Located[WeekRow], day: date, member: StaffRow, shifts: set[str]
) -> None:
    code = row.value.shift(day)
    if code is None:
        return
    if code not in shifts:
        intake.book.report(
            row,
            day_header(day),
            zh=f"“班次”表中没有这个班次；现有：{'、'.join(sorted(shifts))}；休息留空",
            en=f"no such shift; there are {', '.join(sorted(shifts))}; leave a day off empty",
        )
    if day < member.contract_from or (member.contract_to and day > member.contract_to):
        intake.book.report(
            row,
            day_header(day),
            zh="当日不在合同期内；请核对合同日期或班次",
            en="outside the contract; check its dates or the shift",
        )


def _check_code(intake: Intake, row: Located[Any], code: str, known: set[str]) -> None:
    if code not in known:
        intake.book.report(
            row,
            "员工编号",
            zh="“员工与合同”表中没有这个编号；请核对编号",
            en="no row of 员工与合同 has this code; correct the code",
        )
