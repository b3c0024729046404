"""What people read of a column of a table: its words, its limits, and whom it may name."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from types import ModuleType
from typing import Any

from sqlalchemy import Enum, String, inspect
from sqlalchemy.orm import ColumnProperty, CompositeProperty, Mapped, MappedColumn, mapped_column

from rukang.base.database.base import Base
from rukang.base.database.types import ExactDecimal, one_of
from rukang.forms.workbooks.written import FRACTION, RATE, USUAL, YUAN, Written
from rukang.numbers import division

INFO = "field"
"""Under this name a `Field` stands in the ``info`` of its column."""


@dataclass(frozen=True)
class Reference:
    """Another record that a row names by its code, and perhaps by its name beside it.

    Parameters
    ----------
    zh, en
        What it is.
    name
        Header of the name beside the code: one that is not that of the code shows that a row has
        slipped. Empty if there is none.
    by
        The attribute that a row names it by.
    tidy
        Brings what a row says into the form that records keep.
    told
        Whether a code that leads nowhere is noted; where not, a rule of the form does.
    """

    zh: str
    en: str
    name: str = ""
    by: str = "code"
    tidy: Callable[[str], str] | None = None
    told: bool = True


@dataclass(frozen=True)
class Field:
    """The words and limits of a column, beside its type.

    Parameters
    ----------
    zh, en
        What the column is called; ``zh`` is its header in a workbook.
    help_zh, help_en
        What to enter, beyond what type and limits say.
    above, least, most
        Limits of a number: more than, at least, at most.
    unnamed
        Whether nobody of the home may be named in it.
    past
        Whether a day yet to come is refused, when a record is entered by itself.
    within
        Whether a day must lie in the month of the workbook.
    refers
        Which record the column leads to, for a foreign key.
    cell
        How its values stand in cells, where the type does not say it.
    empty
        What an empty cell means, where a column may not be without a value.
    decimals
        How many decimals a number may have, where the kind of cell does not say it.
    number
        The rules of a number, such as `rukang.numbers.bank_account`; it is kept compact.
    pattern
        What a text must match.
    """

    zh: str
    en: str
    help_zh: str = ""
    help_en: str = ""
    above: int | None = None
    least: int | None = None
    most: int | Decimal | None = None
    unnamed: bool = False
    past: bool = False
    within: bool = False
    refers: Reference | None = None
    cell: Written | None = None
    empty: Any = None
    decimals: int | None = None
    number: ModuleType | None = None
    pattern: str | None = None


def money(zh: str, en: str, help_zh: str = "", **rest: Any) -> Field:
    """Return the field of an amount, not below 0: fen in the table, yuan in cells."""
    given: dict[str, Any] = {"cell": YUAN, "least": 0}
    return Field(zh, en, help_zh, **(given | rest))


def share(zh: str, en: str, help_zh: str = "", help_en: str = "") -> Field:
    """Return the field of a part of a whole, above 0, such as 0.08."""
    return Field(zh, en, help_zh, help_en, cell=FRACTION, above=0, most=1)


def place(zh: str, en: str, help_zh: str) -> Field:
    """Return the field of a place, by the six digits of its division."""
    return Field(zh, en, help_zh, number=division, pattern=division.SIX_DIGITS)


def piece_rate(help_zh: str) -> Field:
    """Return the field of what a piece is paid, which may be finer than a fen."""
    limits: dict[str, Any] = {"above": 0, "most": 10**6, "decimals": 4}
    return Field("单价（元/件）", "yuan a piece", help_zh, cell=RATE, **limits)


def column(
    field: Field, *args: Any, choices: type[enum.StrEnum] | None = None, **rest: Any
) -> MappedColumn[Any]:
    """Return a mapped column that people fill in.

    Parameters
    ----------
    args, rest
        As `sqlalchemy.orm.mapped_column` takes them.
    choices
        The values offered, for a column of choices.
    """
    kind = (one_of(choices),) if choices else ()
    return mapped_column(*kind, *args, info={INFO: field}, **rest)


def told(field: Field) -> dict[Any, Any]:
    """Return the ``info`` of a composite that people fill in."""
    return {INFO: field}


class Imported:
    """Mixin of records that a workbook may bring and take away again, beside those entered singly.

    ``imported`` tells the one from the other: no workbook takes away what was entered by itself.
    """

    imported: Mapped[bool]


class Derived(property):
    """A value that people fill in and read, while the table keeps it otherwise, or elsewhere.

    Parameters
    ----------
    kind
        Type of its values.
    get
        Gives it from a record.
    longest
        How many characters it takes, of text.
    optional
        Whether it may be left empty.
    """

    def __init__(
        self,
        field: Field,
        kind: type[Any],
        get: Callable[[Any], Any],
        longest: int | None = None,
        *,
        optional: bool = False,
    ) -> None:
        super().__init__(get, doc=field.en)
        self.info, self.kind = {INFO: field}, kind
        self.longest, self.optional = longest, optional


def fields_of(record: type[Base]) -> dict[str, Field]:
    """Return the columns of a table that people fill in, by attribute, in their order.

    Those of a table that it goes on from (a home's of its body) come first.
    """
    line = reversed([mapper.class_ for mapper in inspect(record).iterate_to_root()])
    infos = ((name, _info(record, name, of)) for one in line for name, of in vars(one).items())
    return {name: info[INFO] for name, info in infos if INFO in info}


def _info(record: type[Base], name: str, of: object) -> dict[Any, Any]:
    if isinstance(of, Derived):
        return dict(of.info)
    kept = inspect(record).attrs.get(name)
    if isinstance(kept, ColumnProperty):
        return dict(kept.columns[0].info)
    return {} if kept is None else dict(kept.info)


def _column_of(record: type[Base], name: str) -> Any:
    """Return the column that keeps an attribute, of whichever table; None if none does."""
    kept = inspect(record).attrs.get(name)
    return kept.columns[0] if isinstance(kept, ColumnProperty) else None


def type_of(record: type[Base], name: str) -> type[Any]:
    """Return the Python type of a column's values; that of a choice is its enumeration."""
    if (of := _derived(record, name)) is not None:
        return of.kind
    kept = inspect(record).attrs[name]
    if isinstance(kept, CompositeProperty):
        composite: type[Any] = kept.composite_class  # type: ignore[assignment]
        return composite
    kind = _column_of(record, name).type
    if isinstance(kind, Enum) and kind.enum_class:
        return kind.enum_class
    return Decimal if isinstance(kind, ExactDecimal) else kind.python_type


def is_own(record: type[Base], name: str) -> bool:
    """Return whether a table keeps what is filled in under a name as it stands."""
    return _derived(record, name) is None


def written_of(record: type[Base], name: str) -> Written:
    """Return how the values of a column stand in cells."""
    kind, field = type_of(record, name), fields_of(record)[name]
    if issubclass(kind, enum.Enum):
        words = [choice.value for choice in kind]
        return field.cell or Written(kind, lambda value: value.value, choices=words)
    return field.cell or USUAL[kind]


def longest(record: type[Base], name: str) -> int | None:
    """Return how many characters a column of text takes, None for other columns."""
    if (of := _derived(record, name)) is not None:
        return of.longest
    if (kept := _column_of(record, name)) is None:
        return None
    kind = kept.type
    if not isinstance(kind, String) or isinstance(kind, Enum):
        return None
    return None if fields_of(record)[name].number else kind.length


def may_be_empty(record: type[Base], name: str) -> bool:
    """Return whether a column may be left empty."""
    if (of := _derived(record, name)) is not None:
        return of.optional
    kept, empty = _column_of(record, name), fields_of(record)[name].empty
    return empty is not None or (kept is not None and bool(kept.nullable))


def _derived(record: type[Base], name: str) -> Derived | None:
    found = vars(record).get(name)
    return found if isinstance(found, Derived) else None
