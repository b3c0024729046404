"""05-出勤与计件: the month's attendance, hours and pieces, and what else it pays and takes."""

from rostering.sheets import read_sheet
from rukang.doors.intake.attendance.check import check_attendance, check_month_is_open, check_pieces
from rukang.doors.intake.attendance.check_month import check_hours, check_items
from rukang.doors.intake.attendance.rows import (
    ATTENDANCE,
    HOURS,
    ITEMS,
    PIECES,
    HoursRow,
    ItemRow,
    PieceRow,
    attendance_row,
)
from rukang.doors.intake.attendance.store import (
    keep_attendance,
    keep_hours,
    keep_items,
    keep_pieces,
)
from rukang.doors.intake.form import Intake
from rukang.doors.intake.people.store import residents_of
from rukang.doors.intake.teams import check_teams, keep_teams

__all__ = ["take_attendance"]


def take_attendance(intake: Intake) -> int:
    """Check the workbook whole, keep it, and return its number of rows."""
    attendance = read_sheet(intake.book, ATTENDANCE, attendance_row())
    pieces = read_sheet(intake.book, PIECES, PieceRow)
    hours = read_sheet(intake.book, HOURS, HoursRow, optional=True)
    items = read_sheet(intake.book, ITEMS, ItemRow, optional=True)
    residents = residents_of(intake)
    check_month_is_open(intake)
    check_attendance(intake, attendance, residents)
    check_pieces(intake, pieces, attendance, residents)
    check_hours(intake, hours, attendance, residents)
    check_items(intake, items, residents)
    teams = check_teams(intake, attendance, residents)
    intake.book.raise_findings()
    keep_attendance(intake, (row.value for row in attendance), residents)
    keep_pieces(intake, (row.value for row in pieces), residents)
    keep_hours(intake, (row.value for row in hours), residents)
    keep_items(intake, (row.value for row in items), residents)
    keep_teams(intake, teams, residents)
    return len(attendance) + len(pieces) + len(hours) + len(items) + len(teams)
