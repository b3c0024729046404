"""A workbook of forms to fill in: blank, or with what the records hold; it reads back as it is."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from rukang.base.clock import days_of_month
from rukang.base.papers import Column, Sheet, write_workbook
from rukang.forms.field import Field, longest, may_be_empty, type_of
from rukang.forms.form import Book, Form
from rukang.forms.rows import cells_of

YES_NO = ("是", "否")
HEADING, HOME, MONTH = "填报信息", "机构编号", "月份"
NOTES = "说明"


def write_blank(path: Path, book: Book, home: str, month: date, made_at: datetime) -> Path:
    """Write a workbook without rows, for a home to fill in for a month."""
    return _write(path, book, home, month, made_at, {})


def write_filled(
    path: Path, book: Book, session: Session, home: Any, month: date, made_at: datetime
) -> Path:
    """Write a workbook with what the records of a home hold of a month."""
    days = days_of_month(month)
    rows = {form: form.list(session, home.id, days[0], days[-1]) for form in book.forms}
    return _write(path, book, home.code, month, made_at, rows)


def _write(
    path: Path,
    book: Book,
    home: str,
    month: date,
    made_at: datetime,
    records: dict[Form, Sequence[Any]],
) -> Path:
    heading = Sheet(HEADING, [HOME, MONTH], [[home, f"{month:%Y-%m}"]])
    sheets = [_sheet(form, records.get(form, ())) for form in book.forms]
    words = [[words] for zh, en in book.notes for words in (zh, en)]
    notes = Sheet(NOTES, [Column(NOTES, width=90, wrap=True)], words)
    return write_workbook(path, [heading, *sheets, notes], made_at)


def _sheet(form: Form, records: Sequence[Any]) -> Sheet:
    columns = [column for name, field in form.fields.items() for column in _columns(form, name)]
    rows = [list(cells_of(record).values()) for record in records]
    return Sheet(form.sheet, columns, rows, fixed=1)


def _columns(form: Form, name: str) -> list[Column]:
    field, kind = form.fields[name], type_of(form.record, name)
    number_format = "0.##" if kind is Decimal else None
    note = "\n".join(words for words in described(form, name) if words)
    column = Column(field.zh, number_format=number_format, choices=choices_of(kind), note=note)
    return [column, Column(field.refers.name)] if field.refers else [column]


def choices_of(kind: type[Any]) -> Sequence[str]:
    """Return the words that a column of a type offers, none where anything may stand."""
    if issubclass(kind, enum.Enum):
        return [choice.value for choice in kind]
    return YES_NO if kind is bool else ()


def described(form: Form, name: str) -> tuple[str, str]:
    """Return what to enter in a column: what its type allows and its help, in both languages."""
    field, kind = form.fields[name], type_of(form.record, name)
    zh, en = [*_limits(form, name, field)], []
    if choices := choices_of(kind):
        zh.insert(0, " / ".join(choices) if kind is bool else "、".join(choices))
    if may_be_empty(form.record, name) and not field.help_zh:
        zh.append("可不填")
    zh += [field.help_zh] if field.help_zh else []
    en += [field.en, *([field.help_en] if field.help_en else [])]
    return "；".join(zh), ", ".join(en)


def _limits(form: Form, name: str, field: Field) -> list[str]:
    most = longest(form.record, name)
    told = (
        (most, f"最多 {most} 字"),
        (field.above, f"大于 {field.above}"),
        (field.least, f"不小于 {field.least}"),
        (field.most, f"不大于 {field.most}"),
    )
    return [words for limit, words in told if limit is not None]
