"""The row of a sheet, derived from the table it fills, both ways."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field as Cell
from pydantic import create_model
from sqlalchemy import inspect
from sqlalchemy.orm import RelationshipProperty

from rostering.sheets import Day, Hours, SheetRow, Text, Whole, YesNo
from rukang.base.database.base import Base
from rukang.forms.field import Field, fields_of, longest, may_be_empty, type_of

CELLS: Mapping[type[Any], Any] = {
    str: Text,
    date: Day,
    int: Whole,
    Decimal: Hours,
    bool: YesNo,
}
"""How the values of a column stand in a cell; choices stand as themselves."""

NAME = "_name"
"""What the attribute of a name beside a code ends with."""


def row_model(record: type[Base]) -> type[SheetRow]:
    """Return the row of a table's sheet: a cell for each column that people fill in.

    A foreign key is filled in as the code of the record it leads to and its name, under the
    attribute of the relationship.
    """
    cells: dict[str, Any] = {}
    for name, field in fields_of(record).items():
        if field.refers is not None:
            to = relation(record, name).key
            cells[to] = (Text, Cell(alias=field.zh))
            cells[to + NAME] = (Text, Cell(alias=field.refers.name))
        else:
            cells[name] = _cell(record, name, field)
    return create_model(f"{record.__name__}Row", __base__=SheetRow, **cells)


def relation(record: type[Base], name: str) -> RelationshipProperty[Any]:
    """Return the relationship that a foreign key stands for."""
    return next(
        of
        for of in inspect(record).relationships
        if any(column.key == name for column in of.local_columns)
    )


def cells_of(record: Base) -> dict[str, str | int | Decimal | date | None]:
    """Return what stands in a record's row, by header."""
    cells: dict[str, str | int | Decimal | date | None] = {}
    for name, field in fields_of(type(record)).items():
        value = getattr(record, name)
        if field.refers is not None:
            to = getattr(record, relation(type(record), name).key)
            cells[field.zh], cells[field.refers.name] = _code_and_name(to)
        elif isinstance(value, bool):
            cells[field.zh] = "是" if value else "否"
        else:
            cells[field.zh] = value.value if isinstance(value, enum.Enum) else value
    return cells


def entry_of(model: type[SheetRow], record: Base) -> SheetRow:
    """Return the row of a record, as if it had been read."""
    values: dict[str, Any] = {}
    for name, field in fields_of(type(record)).items():
        if field.refers is not None:
            to = relation(type(record), name).key
            values[to], values[to + NAME] = _code_and_name(getattr(record, to))
        else:
            values[name] = getattr(record, name)
    return model.model_construct(**values)


def _code_and_name(record: Any) -> tuple[str, str]:
    return record.code, record.person.name


def limits_of(record: type[Base], name: str) -> dict[str, Any]:
    """Return the limits of a column's values, as pydantic's fields take them."""
    field = fields_of(record)[name]
    limits = {
        "max_length": longest(record, name),
        "gt": field.above,
        "ge": field.least,
        "le": field.most,
    }
    return {of: limit for of, limit in limits.items() if limit is not None}


def _cell(record: type[Base], name: str, field: Field) -> tuple[Any, Any]:
    kind = type_of(record, name)
    cell, limits = CELLS.get(kind, kind), limits_of(record, name)
    if may_be_empty(record, name):
        return cell | None, Cell(default=None, alias=field.zh, **limits)
    return cell, Cell(alias=field.zh, **limits)
