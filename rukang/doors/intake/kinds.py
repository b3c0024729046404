"""The workbooks a home keeps, told apart by their sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from rostering.sheets import WorkbookReader
from rukang.base.access import Permission
from rukang.care.quality import BOOK as QUALITY
from rukang.doors.intake import employment, homes, people, staff
from rukang.doors.intake.answers import score_sheet
from rukang.doors.intake.months import attendance
from rukang.forms import Book, FromWorkbook, Taken, import_book


@dataclass(frozen=True)
class Kind:
    """A kind of workbook: its name, its own sheets, and what importing it needs.

    ``reads`` is what seeing one needs, ``permission`` what importing it does.
    ``importer`` checks and stores a workbook of one home; the register of homes and the score sheet
    have none, because they are about no home yet, and not kept here. ``builds_on`` names the kinds
    whose records its own refer to.
    """

    name: str
    title: str
    sheets: tuple[str, ...]
    permission: Permission
    reads: Permission
    importer: Callable[[FromWorkbook], Taken] | None = None
    builds_on: tuple[str, ...] = ("homes",)


def _of(book: Book, permission: Permission, reads: Permission, *builds_on: str) -> Kind:
    """Return the kind of a workbook that is declared as forms."""
    importer = partial(import_book, book=book)
    return Kind(
        book.name, book.title, book.sheets, permission, reads, importer, ("homes", *builds_on)
    )


HOMES = replace(_of(homes.BOOK, Permission.EVERYTHING, Permission.HOMES_READ), builds_on=())
RATING = Kind(
    "rating",
    "06-星级评定",
    (score_sheet.HEADING, score_sheet.FACTS, score_sheet.SCORES),
    Permission.RATING_WRITE,
    Permission.RATING_READ,
    builds_on=(),
)

KINDS = (
    HOMES,
    _of(people.BOOK, Permission.PEOPLE_WRITE, Permission.PEOPLE_READ),
    _of(staff.BOOK, Permission.ROSTER_WRITE, Permission.ROSTER_READ),
    _of(employment.BOOK, Permission.PAY_WRITE, Permission.PAY_READ, "people"),
    _of(attendance.BOOK, Permission.PEOPLE_WRITE, Permission.PEOPLE_READ, "people", "employment"),
    RATING,
    _of(QUALITY, Permission.PEOPLE_WRITE, Permission.PEOPLE_READ, "staff"),
)
"""In the order in which they build on each other."""


def recognise(book: WorkbookReader) -> Kind:
    """Return the kind whose sheets a workbook holds most of.

    Raises
    ------
    WorkbookError
        If it holds none of any kind.
    """
    present = set(book.sheets)
    best = max(KINDS, key=lambda kind: len(present.intersection(kind.sheets)))
    if not present.intersection(best.sheets):
        known = "；".join(f"{kind.title}：{'、'.join(kind.sheets)}" for kind in KINDS)
        book.add(
            f"认不出是哪一种工作簿，现有工作表：{'、'.join(book.sheets)}；可导入的有：{known}",
            f"no known kind of workbook; it has the sheets {', '.join(book.sheets)}",
        )
        book.raise_findings()
    return best


BOOKS = {
    book.name: book
    for book in (homes.BOOK, people.BOOK, staff.BOOK, employment.BOOK, attendance.BOOK, QUALITY)
}
"""The workbooks that are declared as forms, by name."""

BY_NAME = {kind.name: kind for kind in KINDS}
