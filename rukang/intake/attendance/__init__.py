"""05-出勤与计件: the month's attendance and the pieces made in it."""

from rostering.sheets import read_sheet
from rukang.intake.attendance.check import check_attendance, check_month_is_open, check_pieces
from rukang.intake.attendance.rows import ATTENDANCE, PIECES, PieceRow, attendance_row
from rukang.intake.attendance.store import keep_attendance, keep_pieces
from rukang.intake.form import Intake
from rukang.intake.people.store import residents_of

__all__ = ["take_attendance"]


def take_attendance(intake: Intake) -> int:
    """Check the workbook whole, keep it, and return its number of rows."""
    attendance = read_sheet(intake.book, ATTENDANCE, attendance_row())
    pieces = read_sheet(intake.book, PIECES, PieceRow)
    residents = residents_of(intake)
    check_month_is_open(intake)
    check_attendance(intake, attendance, residents)
    check_pieces(intake, pieces, attendance, residents)
    intake.book.raise_findings()
    keep_attendance(intake, (row.value for row in attendance), residents)
    keep_pieces(intake, (row.value for row in pieces), residents)
    return len(attendance) + len(pieces)
