"""04-用工单位: employers, the terms of each employment, and the tax year so far."""

from rostering.sheets import read_sheet
from rukang.doors.intake.employment.check import check_employers, check_employments, check_to_date
from rukang.doors.intake.employment.minimum import check_minimum
from rukang.doors.intake.employment.rows import (
    EMPLOYERS,
    EMPLOYMENTS,
    TO_DATE,
    EmployerRow,
    EmploymentRow,
    ToDateRow,
)
from rukang.doors.intake.employment.shared import check_shared
from rukang.doors.intake.employment.store import keep_employers, keep_employments, keep_to_date
from rukang.doors.intake.people.store import residents_of
from rukang.forms import FromWorkbook, Taken

__all__ = ["take_employments"]


def take_employments(intake: FromWorkbook) -> Taken:
    """Check the workbook whole, keep it, and return its number of rows."""
    book = intake.book
    employers = read_sheet(book, EMPLOYERS, EmployerRow)
    works = read_sheet(book, EMPLOYMENTS, EmploymentRow)
    totals = read_sheet(book, TO_DATE, ToDateRow, optional=True)

    residents = residents_of(intake)
    check_employers(book, employers)
    check_shared(intake, employers)
    check_employments(intake, works, residents)
    check_minimum(intake, works)
    check_to_date(intake, totals)
    book.raise_findings()

    kept = keep_employers(intake, (row.value for row in employers))
    terms = keep_employments(intake, (row.value for row in works), residents, kept)
    keep_to_date(intake, (row.value for row in totals), terms)
    return Taken(len(employers) + len(works) + len(totals), {})
