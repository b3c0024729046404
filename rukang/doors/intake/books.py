"""Workbooks that are declared as forms, taken in like every other."""

from __future__ import annotations

from functools import cache, partial

from rukang.doors.intake.form import Intake
from rukang.forms import Book, FromWorkbook, take_book
from rukang.people import names_at


def take(intake: Intake, book: Book) -> int:
    """Check a workbook whole, store it, and return its number of rows."""
    names = cache(partial(names_at, intake.session, intake.home.id))
    return take_book(
        FromWorkbook(intake.session, intake.home.id, intake.month, names, intake.book), book
    )
