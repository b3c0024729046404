"""03-员工与排班: staff and contracts, shift types and ratios, and what a month's roster needs."""

from rostering.sheets import read_sheet
from rukang.doors.intake.form import Intake
from rukang.doors.intake.raw import column
from rukang.doors.intake.staff import rows as sheets
from rukang.doors.intake.staff import store
from rukang.doors.intake.staff.check import check_expected, check_ratios, check_shifts, check_staff
from rukang.doors.intake.staff.check_days import check_leave, check_week, check_wishes

__all__ = ["take_staff"]


def take_staff(intake: Intake) -> int:
    """Check the workbook whole, keep it, and return its number of rows."""
    book = intake.book
    staff = read_sheet(book, sheets.STAFF, sheets.StaffRow)
    shifts = read_sheet(book, sheets.SHIFTS, sheets.ShiftRow)
    ratios = read_sheet(book, sheets.RATIOS, sheets.RatioRow)
    leave = read_sheet(book, sheets.LEAVE, sheets.LeaveRow)
    wishes = read_sheet(book, sheets.WISHES, sheets.WishRow)
    week = read_sheet(book, sheets.LAST_WEEK, sheets.week_row(intake.month))
    expected = read_sheet(book, sheets.EXPECTED, sheets.ExpectedRow)

    by_code = {row.value.code: row.value for row in staff}
    codes = column(book, sheets.SHIFTS, "班次")
    check_staff(intake, staff, shifts)
    check_shifts(book, shifts)
    check_ratios(book, ratios, codes)
    check_leave(intake, leave)
    check_wishes(intake, wishes, codes)
    check_week(intake, week, by_code, codes)
    check_expected(intake, expected)
    book.raise_findings()

    kept = store.keep_staff(intake, (row.value for row in staff))
    store.keep_shifts(intake, (row.value for row in shifts))
    store.keep_ratios(intake, (row.value for row in ratios))
    store.keep_leave(intake, (row.value for row in leave), kept)
    store.keep_wishes(intake, (row.value for row in wishes), kept)
    store.keep_week(intake, (row.value for row in week), kept)
    store.keep_expected(intake, (row.value for row in expected))
    return sum(len(rows) for rows in (staff, shifts, ratios, leave, wishes, week, expected))
