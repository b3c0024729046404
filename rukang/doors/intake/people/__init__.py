"""02-人员: the residents of a home and whom to call about them."""

from rostering.sheets import read_sheet, unique
from rukang.doors.intake.people.check import check_guardians, check_residents
from rukang.doors.intake.people.rows import GUARDIANS, RESIDENTS, GuardianRow, ResidentRow
from rukang.doors.intake.people.store import keep_guardians, keep_residents
from rukang.forms import FromWorkbook, Taken

__all__ = ["GUARDIANS", "RESIDENTS", "GuardianRow", "ResidentRow", "take_people"]


def take_people(intake: FromWorkbook) -> Taken:
    """Check the workbook whole, keep it, and return its number of rows."""
    residents = read_sheet(intake.book, RESIDENTS, ResidentRow)
    guardians = read_sheet(intake.book, GUARDIANS, GuardianRow)
    check_residents(intake, residents)
    unique(intake.book, guardians, "人员编号", "姓名")
    check_guardians(intake, guardians)
    intake.book.raise_findings()
    kept = keep_residents(intake, (row.value for row in residents))
    keep_guardians(intake, [row.value for row in guardians], kept)
    return Taken(len(residents) + len(guardians), {})
