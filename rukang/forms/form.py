"""A table of records that people fill in, and the workbook whose sheets such tables are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from rostering.sheets import SheetRow
from rukang.base.clock import days_of_month
from rukang.base.words import Text
from rukang.forms.field import Field, Imported, fields_of
from rukang.forms.workbooks.layouts import PLAIN, Layout
from rukang.forms.workbooks.rows import row_model

Check = Callable[[Any, Sequence[Any]], None]
"""Notes what cannot be in these entries, beyond what single cells may hold.

It is given the `Checking` and the entries; a rule that looks at other sheets is given a
`FromWorkbook`, and is of a form that no record is entered in by itself.
"""

Values = Callable[[Any, Any, Any], Mapping[str, Any]]
"""Gives what else is kept of a sound row: of the `FromWorkbook`, the row, and what was kept."""


Match = Callable[[Any, Sequence[Any], Any], Any]
"""Gives the record that a row is about: of the `FromWorkbook`, what is kept, and the row."""


def never(_: object) -> bool:
    """Say that no record stays."""
    return False


def always(_: object) -> bool:
    """Say that every record stays."""
    return True


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
        The attribute that places a record in a month; empty for what lasts, such as a contract.
    checks
        What must hold between cells and rows.
    note
        Words about the whole form, in Chinese and English.
    layout
        How the records lie in the sheet.
    stays
        Whether a record that a workbook does not name stays as it is.
    optional
        Whether a workbook may lack the sheet.
    values
        What is kept of a row otherwise than as it stands.
    match
        Finds the record that a row is about, where its key alone does not.
    order
        The attribute in whose order rows are kept, one after the other.
    there
        Gives the records that rows may be about, where that is not plain.
    of_home
        Gives the condition under which a record is a home's, for one that belongs to none.
    """

    record: type[Any]
    sheet: str
    en: str
    code: str
    key: tuple[str, ...]
    day: str = ""
    checks: tuple[Check, ...] = ()
    note: tuple[str, str] | None = None
    layout: Layout = field(default=PLAIN, kw_only=True)
    stays: Callable[[Any], bool] = field(default=never, kw_only=True)
    follow: Callable[[Session, int], None] | None = field(default=None, kw_only=True)
    optional: bool = field(default=False, kw_only=True)
    values: Values | None = field(default=None, kw_only=True)
    match: Match | None = field(default=None, kw_only=True)
    order: str = field(default="", kw_only=True)
    there: Callable[[Any], Sequence[Any]] | None = field(default=None, kw_only=True)
    of_home: Callable[[int], Any] | None = field(default=None, kw_only=True)

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The columns that people fill in, by attribute."""
        return fields_of(self.record)

    @cached_property
    def row(self) -> type[SheetRow]:
        """The row of the sheet, as its reader takes it."""
        return row_model(self.record)

    def row_of(self, month: date) -> type[SheetRow]:
        """Return the row of the sheet of a month, as its reader takes it."""
        return self.layout.row(self.record, month)

    @property
    def is_shared(self) -> bool:
        """Whether records are also entered singly, which no workbook then takes away."""
        return issubclass(self.record, Imported)

    @property
    def on(self) -> Any:
        """The column that places a record in a month."""
        return getattr(self.record, self.day) if self.day else None

    @property
    def headers(self) -> list[str]:
        """The headers of the sheet, in order."""
        return [cell.alias or name for name, cell in self.row.model_fields.items()]

    def header(self, name: str) -> str:
        """Return the header over an attribute."""
        return self.fields[name].zh

    def query(self, home_id: int, first: date, last: date) -> Select[Any]:
        """Return the query of a home's records of a span (inclusive), in order."""
        of_home = self.of_home(home_id) if self.of_home else self.record.home_id == home_id
        query = select(self.record).where(of_home)
        if not self.day:
            return query.order_by(self.record.id)
        return query.where(self.on.between(first, last)).order_by(self.on, self.record.id)

    def with_key(self, home_id: int, key: tuple[Any, ...]) -> Select[Any]:
        """Return the query of the one record of a home with a key."""
        same = (getattr(self.record, name) == of for name, of in zip(self.key, key, strict=True))
        return select(self.record).where(self.record.home_id == home_id, *same)

    def of_month(self, session: Session, home_id: int, month: date) -> Sequence[Any]:
        """Return the records that the sheet of a month is about, in order."""
        days = days_of_month(month)
        return self.list(session, home_id, *(self.layout.span(month) or (days[0], days[-1])))

    def list(self, session: Session, home_id: int, first: date, last: date) -> Sequence[Any]:
        """Return a home's records of a span (inclusive), in order."""
        return session.scalars(self.query(home_id, first, last)).all()

    def followed(self, session: Session, home_id: int) -> None:
        """Let go on what follows from records of a home that were stored or taken away."""
        session.flush()
        if self.follow is not None:
            self.follow(session, home_id)


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
    checks
        What must hold of the workbook as a whole.
    heading
        Whether it begins with which home and month it is of.
    lists
        What the lists of its records are called, where those are also entered one by one; each form
        has a day then.
    """

    name: str
    title: str
    forms: tuple[Form, ...]
    month: type[Any] | None = None
    notes: tuple[tuple[str, str], ...] = ()
    checks: tuple[Callable[[Any], None], ...] = ()
    heading: bool = True
    lists: Text | None = None

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the sheets."""
        return tuple(form.sheet for form in self.forms)

    @property
    def single(self) -> tuple[Form, ...]:
        """The forms whose records are also entered one by one, on pages, by API and command."""
        return self.forms if self.lists else ()
