"""A workbook of forms into records: checked whole, then stored whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from rostering.sheets import Located, WorkbookReader, read_sheet, unique
from rukang.base.database.keep import settle
from rukang.forms.checking import check, key_of, values_of
from rukang.forms.entry import Checking, Entry
from rukang.forms.form import Book, Form

Rows = Sequence[Located[Any]]


@dataclass
class FromWorkbook(Checking):
    """A workbook on its way into the records of a home."""

    book: WorkbookReader

    def report(self, entry: Entry, header: str, *, zh: str, en: str) -> None:
        """Note what is wrong with a row, and where in the workbook it stands."""
        if isinstance(entry, Located):
            self.book.report(entry, header, zh=zh, en=en)


def take_book(checking: FromWorkbook, book: Book) -> int:
    """Check a workbook whole, store it, and return its number of rows.

    What workbooks brought of the month before is replaced; what was entered by itself stays.

    Raises
    ------
    WorkbookError
        With everything that is wrong with it; nothing is stored then.
    """
    read = {form: read_sheet(checking.book, form.sheet, form.row) for form in book.forms}
    for form, rows in read.items():
        unique(checking.book, rows, *(form.header(name) for name in form.key))
        _check_taken(checking, form, rows)
        check(checking, form, rows)
    checking.book.raise_findings()
    if book.month is not None:
        _note_month(checking, book.month)
    for form, rows in read.items():
        _store(checking, form, rows)
    return sum(map(len, read.values()))


def _check_taken(checking: FromWorkbook, form: Form, rows: Rows) -> None:
    """Note the rows whose code a record has that this workbook may not replace."""
    taken = _taken(checking, form) if form.is_shared else {}
    for row in rows:
        day = taken.get(key_of(form, vars(row.value))) if taken else None
        if day is not None:
            header = form.header(form.key[0])
            checking.report(
                row,
                header,
                zh=f"这个{header}已有记录（{day}），是在系统中登记的，或在另一个月的工作簿中；"
                f"请换{header}，或删去这一行",
                en=f"taken by a record of {day}, entered by itself or in another month's workbook:"
                " give another code, or delete the row",
            )


def _taken(checking: Checking, form: Form) -> Mapping[tuple[Any, ...], date]:
    record = form.record
    query = select(record).where(
        record.home_id == checking.home_id, ~record.imported | ~form.on.between(*checking.span)
    )
    found = checking.session.scalars(query)
    return {key_of(form, vars(of)): getattr(of, form.day) for of in found}


def _note_month(checking: Checking, record: type[Any]) -> None:
    """Note that the home has reported the month."""
    query = select(record.id).where(
        record.home_id == checking.home_id, record.month == checking.month
    )
    if checking.session.scalar(query) is None:
        checking.session.add(record(home_id=checking.home_id, month=checking.month))


def _store(checking: Checking, form: Form, rows: Rows) -> None:
    """Replace what workbooks brought of the month."""
    there = form.list(checking.session, checking.home_id, *checking.span)
    found = {key_of(form, vars(of)): of for of in there if not form.is_shared or of.imported}
    brought = {"imported": True} if form.is_shared else {}
    wanted = (values_of(checking, form, row) | brought for row in rows)
    settle(checking.session, form.record, found, {key_of(form, of): of for of in wanted})
