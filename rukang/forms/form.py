"""A table of records that people fill in, and the workbook whose sheets such tables are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from rostering.sheets import SheetRow
from rukang.forms.entry import Checking, Entry
from rukang.forms.field import Field, Imported, fields_of
from rukang.forms.rows import row_model

Check = Callable[[Checking, Sequence[Entry]], None]
"""Notes what cannot be in these entries, beyond what single cells may hold."""


@dataclass(frozen=True)
class Form:
    """A table of a home's records, one record a row; what can be derived is derived from it.

    Parameters
    ----------
    record
        The mapped class; its columns that carry a `Field` are those of the form.
    sheet, en
        Name of the sheet, and of the form in English.
    code
        Name in addresses and commands.
    key
        Attributes by which a home's records are told apart.
    day
        The attribute that places a record in a month.
    checks
        What must hold between cells and rows.
    note
        Words about the whole form, in Chinese and English.
    """

    record: type[Any]
    sheet: str
    en: str
    code: str
    key: tuple[str, ...]
    day: str
    checks: tuple[Check, ...] = ()
    note: tuple[str, str] | None = None

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The columns that people fill in, by attribute."""
        return fields_of(self.record)

    @cached_property
    def row(self) -> type[SheetRow]:
        """The row of the sheet, as its reader takes it."""
        return row_model(self.record)

    @property
    def is_shared(self) -> bool:
        """Whether records are also entered singly, which no workbook then takes away."""
        return issubclass(self.record, Imported)

    @property
    def on(self) -> Any:
        """The column that places a record in a month."""
        return getattr(self.record, self.day)

    @property
    def headers(self) -> list[str]:
        """The headers of the sheet, in order."""
        return [cell.alias or name for name, cell in self.row.model_fields.items()]

    def header(self, name: str) -> str:
        """Return the header over an attribute."""
        return self.fields[name].zh

    def query(self, home_id: int, first: date, last: date) -> Select[Any]:
        """Return the query of a home's records of a span (inclusive), in order."""
        inside = (self.record.home_id == home_id, self.on.between(first, last))
        return select(self.record).where(*inside).order_by(self.on, self.record.id)

    def with_key(self, home_id: int, key: tuple[Any, ...]) -> Select[Any]:
        """Return the query of the one record of a home with a key."""
        same = (getattr(self.record, name) == of for name, of in zip(self.key, key, strict=True))
        return select(self.record).where(self.record.home_id == home_id, *same)

    def list(self, session: Session, home_id: int, first: date, last: date) -> Sequence[Any]:
        """Return a home's records of a span (inclusive), in order."""
        return session.scalars(self.query(home_id, first, last)).all()


@dataclass(frozen=True)
class Book:
    """A workbook of forms that a home fills in for a month.

    Parameters
    ----------
    name, title
        Name in commands, and that of the file, such as ``07-质量记录``.
    forms
        Its sheets, in order.
    month
        The class of records that say a month was reported, as far as that means something.
    notes
        What whoever fills it in should know, in Chinese and English.
    """

    name: str
    title: str
    forms: tuple[Form, ...]
    month: type[Any] | None = None
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the sheets."""
        return tuple(form.sheet for form in self.forms)
