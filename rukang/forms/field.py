"""What people read of a column of a table: its words, its limits, and whom it may name."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Enum, String
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column

from rukang.base.database.base import Base
from rukang.base.database.types import ExactDecimal, one_of

INFO = "field"
"""Under this name a `Field` stands in the ``info`` of its column."""


@dataclass(frozen=True)
class Reference:
    """Another record of the home that a row names by its code, and by its name beside it.

    A name that is not that of the code shows that a row has slipped; ``name`` is its header.
    """

    zh: str
    en: str
    name: str


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
    refers
        Which record the column leads to, for a foreign key.
    """

    zh: str
    en: str
    help_zh: str = ""
    help_en: str = ""
    above: int | None = None
    least: int | None = None
    most: int | None = None
    unnamed: bool = False
    past: bool = False
    refers: Reference | None = None


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


class Imported:
    """Mixin of records that a workbook may bring and take away again, beside those entered singly.

    ``imported`` tells the one from the other: no workbook takes away what was entered by itself.
    """

    imported: Mapped[bool]


def fields_of(record: type[Base]) -> dict[str, Field]:
    """Return the columns of a table that people fill in, by attribute, in their order."""
    columns = record.__table__.columns
    return {of.key: of.info[INFO] for of in columns if INFO in of.info}


def type_of(record: type[Base], name: str) -> type[Any]:
    """Return the Python type of a column's values; that of a choice is its enumeration."""
    kind = record.__table__.columns[name].type
    if isinstance(kind, Enum) and kind.enum_class:
        return kind.enum_class
    return Decimal if isinstance(kind, ExactDecimal) else kind.python_type


def longest(record: type[Base], name: str) -> int | None:
    """Return how many characters a column of text takes, None for other columns."""
    kind = record.__table__.columns[name].type
    return kind.length if isinstance(kind, String) and not isinstance(kind, Enum) else None


def may_be_empty(record: type[Base], name: str) -> bool:
    """Return whether a column may be left empty."""
    return bool(record.__table__.columns[name].nullable)
