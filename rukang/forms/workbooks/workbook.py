"""A workbook of forms to fill in: blank, or with what the records hold; it reads back as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from rukang.base.papers import Column, Sheet, write_workbook
from rukang.forms.field import Field, longest, may_be_empty, written_of
from rukang.forms.form import Book, Form
from rukang.forms.workbooks.layouts import Row
from rukang.forms.workbooks.written import YES_NO

HEADING, HOME, MONTH = "填报信息", "机构编号", "月份"
NOTES = "说明"


def write_blank(path: Path, book: Book, home: str, month: date, made_at: datetime) -> Path:
    """Write a workbook without rows, for a home to fill in for a month."""
    return _write(path, book, home, month, made_at, {})


def write_filled(
    path: Path, book: Book, session: Session, home: Any, month: date, made_at: datetime
) -> Path:
    """Write a workbook with what the records of a home hold of a month."""
    rows = {form: list(_rows(form, session, home.id, month)) for form in book.forms}
    return _write(path, book, home.code, month, made_at, rows)


def _rows(form: Form, session: Session, home_id: int, month: date) -> Iterator[Row]:
    records = form.of_month(session, home_id, month)
    return form.layout.rows_of(session, home_id, form.record, records, month)


def _write(
    path: Path,
    book: Book,
    home: str,
    month: date,
    made_at: datetime,
    rows: Mapping[Form, Sequence[Row]],
) -> Path:
    heading = Sheet(HEADING, [HOME, MONTH], [[home, f"{month:%Y-%m}"]])
    sheets = [heading] if book.heading else []
    sheets += [_sheet(form, month, rows.get(form, ())) for form in book.forms]
    words = [[words] for zh, en in book.notes for words in (zh, en)]
    notes = Sheet(NOTES, [Column(NOTES, width=90, wrap=True)], words)
    return write_workbook(path, [*sheets, notes], made_at)


def _sheet(form: Form, month: date, rows: Sequence[Row]) -> Sheet:
    columns = [
        Column(told.zh, **_looks(form, name, told))
        for told, name in form.layout.columns(form.record, month)
    ]
    cells = [[row.get(column.header) for column in columns] for row in rows]
    return Sheet(form.sheet, columns, cells, fixed=1)


def _looks(form: Form, name: str, told: Field) -> dict[str, Any]:
    """Return how a column looks; one that is no column of the table has its words only."""
    note = "\n".join(words for words in told_of(form, name, told) if words)
    if name not in form.fields or told.refers:
        return {"note": note}
    written = written_of(form.record, name)
    return {"note": note, "number_format": written.number_format, "choices": written.choices}


def described(form: Form, name: str) -> tuple[str, str]:
    """Return what to enter in a column: what its type allows and its help, in both languages."""
    return told_of(form, name, form.fields[name])


def told_of(form: Form, name: str, told: Field) -> tuple[str, str]:
    """Return what to enter under a header, in both languages."""
    zh, en = [], [told.en, *([told.help_en] if told.help_en else [])]
    if name in form.fields:
        zh = [*_choices(form, name), *_limits(form, name, told)]
        if may_be_empty(form.record, name) and not told.help_zh:
            zh.append("可不填")
    zh += [told.help_zh] if told.help_zh else []
    return "；".join(zh), ", ".join(en)


def _choices(form: Form, name: str) -> Iterator[str]:
    """Return what there is to choose from."""
    if form.fields[name].refers is None and (choices := written_of(form.record, name).choices):
        yield " / ".join(choices) if set(choices) == set(YES_NO) else "、".join(choices)


def _limits(form: Form, name: str, field: Field) -> list[str]:
    most = longest(form.record, name)
    told = (
        (most, f"最多 {most} 字"),
        (field.above, f"大于 {field.above}"),
        (field.least, f"不小于 {field.least}"),
        (field.most, f"不大于 {field.most}"),
    )
    return [words for limit, words in told if limit is not None]
