"""What cannot be in 03-员工与排班: contracts, shift types and ratios."""

from __future__ import annotations

from typing import Any

from rostering.sheets import Located, WorkbookReader, unique
from rukang.base.clock import days_of_month
from rukang.doors.intake.form import Intake
from rukang.doors.intake.numbers import CITIZEN_ID, check_number
from rukang.doors.intake.people.identity import check_identity
from rukang.doors.intake.serials import check_serials
from rukang.doors.intake.staff.rows import ExpectedRow, RatioRow, ShiftRow, StaffRow
from rukang.doors.intake.staff.store import staff_of
from rukang.forms import outside
from rukang.numbers import citizen_id

DAY_MINUTES = 24 * 60


def check_staff(
    intake: Intake, rows: list[Located[StaffRow]], shifts: list[Located[ShiftRow]]
) -> None:
    """Note doubled staff, wrong numbers and dates, and skills that no shift asks for."""
    book, known = intake.book, staff_of(intake)
    unique(book, rows, "编号")
    check_serials(book, rows, known)
    unique(book, rows, CITIZEN_ID)
    asked = {shift.value.skill for shift in shifts}
    for row in rows:
        check_number(book, row, CITIZEN_ID, citizen_id.validate, row.value.citizen_id)
        kept = known.get(row.value.code)
        person = kept.person if kept else None
        check_identity(intake, row, person, row.value.name, row.value.citizen_id)
        _check_contract(book, row)
        if shifts and not asked & set(row.value.skills):
            book.report(
                row,
                "可任岗位",
                zh=f"没有任何班次需要这些岗位；班次所需岗位有：{'、'.join(sorted(asked))}",
                en=f"no shift asks for any of these; shifts ask for {', '.join(sorted(asked))}",
            )


def _check_contract(book: WorkbookReader, row: Located[StaffRow]) -> None:
    value = row.value
    if value.contract_to is not None and value.contract_to < value.contract_from:
        book.report(
            row,
            "合同结束",
            zh=f"早于合同开始 {value.contract_from}；请核对两个日期",
            en=f"before the contract begins on {value.contract_from}; check both dates",
        )
    if value.protected and value.night_allowed:
        book.report(
            row,
            "可排夜班",
            zh="孕期满七个月或哺乳期不得安排夜班（国务院令第619号第六、九条）；请填“否”",
            en="no night work from the seventh month of pregnancy or while nursing: enter 否",
        )


def check_shifts(book: WorkbookReader, rows: list[Located[ShiftRow]]) -> None:
    """Note shifts whose length does not follow from their clock times."""
    unique(book, rows, "班次")
    for row in rows:
        value = row.value
        length = (value.end - value.start) % DAY_MINUTES or DAY_MINUTES
        if value.minutes != length:
            book.report(
                row,
                "时长（分钟）",
                zh=f"与钟点不符：从开始到结束（过午夜算次日）是 {length} 分钟",
                en=f"does not agree with the clock: start to end (past midnight counts as the"
                f" next day) is {length} minutes",
            )
        if value.paid_minutes > length:
            book.report(
                row,
                "计薪时长（分钟）",
                zh=f"多于在岗的 {length} 分钟；请核对休息时间",
                en=f"more than the {length} minutes on duty; check the breaks",
            )


def check_ratios(book: WorkbookReader, rows: list[Located[RatioRow]], shifts: set[str]) -> None:
    """Note ratios of unknown shifts; a shift has one ratio at most."""
    unique(book, rows, "班次")
    for row in rows:
        check_shift_code(book, row, row.value.shift_code, shifts)


def check_expected(intake: Intake, rows: list[Located[ExpectedRow]]) -> None:
    """Note days outside the month, twice, or not there at all."""
    unique(intake.book, rows, "日期")
    days = set(days_of_month(intake.month))
    for row in rows:
        if row.value.day not in days:
            intake.book.report(row, "日期", **outside(intake.month))
    missing = sorted(days - {row.value.day for row in rows})
    if rows and missing:
        which = "、".join(f"{day.day}日" for day in missing)
        intake.book.add(
            f"{intake.month:%Y-%m} 缺少这些日期：{which}；每天一行，无人到园填 0",
            f"days of {intake.month:%Y-%m} are missing: one row a day, 0 where nobody is expected",
            sheet=rows[0].sheet,
            header="日期",
        )


def check_shift_code(book: WorkbookReader, row: Located[Any], code: str, known: set[str]) -> None:
    """Note a shift that the sheet 班次 does not have."""
    if code not in known:
        book.report(
            row,
            "班次",
            zh=f"“班次”表中没有这个班次；现有：{'、'.join(sorted(known))}",
            en=f"no such shift in the sheet 班次; there are {', '.join(sorted(known))}",
        )
