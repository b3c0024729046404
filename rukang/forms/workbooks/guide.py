"""The chapter of the guide to workbooks that tells of a book, written from its declarations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter

from rukang.forms.field import may_be_empty
from rukang.forms.form import Book, Form
from rukang.forms.workbooks.workbook import told_of

MONTH = date(2026, 10, 1)
"""Of which sheets with a column for each day are told."""


def chapter(book: Book) -> str:
    """Return the chapter of a workbook, in Markdown; optional columns are starred."""
    notes = [line for zh, en in book.notes for line in (zh, en)]
    return "\n\n".join([f"## {book.title}", "\n".join(notes), *map(section, book.forms)]) + "\n"


def section(form: Form) -> str:
    """Return what is told of one sheet."""
    lines = ["| 列 | 含义 |", "|---|---|"]
    for words, alike in groupby(_columns(form), itemgetter(1)):
        headers = [header for header, _ in alike]
        lines.append(f"| {' … '.join(dict.fromkeys((headers[0], headers[-1])))} | {words} |")
    note = ["", *form.note] if form.note else []
    optional = "（可以没有 · optional）" if form.optional else ""
    return "\n".join([f"### {form.sheet} · {form.en}{optional}", "", *lines, *note])


def _columns(form: Form) -> Iterator[tuple[str, str]]:
    """Return the headers of a sheet, optional ones starred, and what is told of each."""
    for told, name in form.layout.columns(form.record, MONTH):
        star = "*" if name in form.fields and may_be_empty(form.record, name) else ""
        yield f"{told.zh}{star}", " · ".join(told_of(form, name, told)).strip()
