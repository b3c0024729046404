"""The row of a sheet, derived from the table it fills, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, create_model
from pydantic import Field as Cell
from sqlalchemy.orm import object_session

from rostering.sheets import SheetRow, Text
from rukang.base.database.base import Base
from rukang.base.papers.cells import Cell as Written
from rukang.forms.field import Field, Reference, fields_of, longest, may_be_empty, written_of

NAME = "_name"
"""What the attribute of a name beside a code ends with."""


def row_model(record: type[Base]) -> type[SheetRow]:
    """Return the row of a table's sheet: a cell for each column that people fill in.

    A foreign key is filled in as the code of the record it leads to and its name, under the
    attribute of the relationship.
    """
    row: dict[str, Any] = {}
    for name, field in fields_of(record).items():
        row |= cells_to_read(record, name, field)
    return create_model(f"{record.__name__}Row", __base__=SheetRow, **row)


def cells_to_read(record: type[Base], name: str, field: Field) -> dict[str, tuple[Any, Any]]:
    """Return the cells of a column, as pydantic's fields take them, by attribute."""
    if field.refers is None:
        return {name: _cell(record, name, field)}
    to, refers = attribute_of(name), field.refers
    code = Annotated[Text, AfterValidator(refers.tidy)] if refers.tidy else Text
    optional = may_be_empty(record, name)
    read = {to: _perhaps(code, optional, None, alias=field.zh)}
    if refers.name:
        read[to + NAME] = _perhaps(Text, optional, None, alias=refers.name)
    return read


def attribute_of(name: str) -> str:
    """Return under which attribute a foreign key's record stands: ``staff`` for ``staff_id``."""
    return name.removesuffix("_id")


def target_of(record: type[Any], name: str) -> type[Any]:
    """Return the class that a foreign key leads to."""
    (key,) = record.__table__.columns[name].foreign_keys
    mappers = (of for of in Base.registry.mappers if of.local_table is key.column.table)
    return next(mappers).class_


def referred(record: Base, name: str) -> Any:
    """Return the record that a foreign key of another leads to, None if to none."""
    key, session = getattr(record, name), object_session(record)
    if key is None or session is None:
        return None
    return session.get(target_of(type(record), name), key)


def cells_of(record: Base) -> dict[str, Written]:
    """Return what stands in a record's row, by header."""
    found: dict[str, Written] = {}
    for name in fields_of(type(record)):
        found |= written_in(record, name)
    return found


def written_in(record: Base, name: str) -> dict[str, Written]:
    """Return what stands in the cells of one column, by header."""
    field = fields_of(type(record))[name]
    value = getattr(record, name)
    if field.refers is not None:
        cells = _named(referred(record, name), field.refers)
        return dict(zip(_headers(field, field.refers), cells, strict=True))
    cell = None if value is None else written_of(type(record), name).write(value)
    return {field.zh: cell}


def entry_of(model: type[SheetRow], record: Base) -> SheetRow:
    """Return the row of a record, as if it had been read."""
    values: dict[str, Any] = {}
    for name, field in fields_of(type(record)).items():
        if field.refers is not None:
            to = attribute_of(name)
            of = _named(referred(record, name), field.refers)
            values |= zip((to, to + NAME), of, strict=False)
        else:
            values[name] = getattr(record, name)
    return model.model_construct(**values)


def _headers(field: Field, refers: Reference) -> Iterator[str]:
    yield field.zh
    if refers.name:
        yield refers.name


def _named(record: Any, refers: Reference) -> Iterator[str | None]:
    """Return the code of what is referred to, and its name where that stands beside it."""
    yield getattr(record, refers.by, None)
    if refers.name:
        yield getattr(record, "name", None)


def limits_of(record: type[Base], name: str) -> dict[str, Any]:
    """Return the limits of a column's values, as pydantic's fields take them."""
    field = fields_of(record)[name]
    limits = {
        "max_length": longest(record, name),
        "gt": field.above,
        "ge": field.least,
        "le": field.most,
        "decimal_places": field.decimals,
        "pattern": field.pattern,
    }
    return {of: limit for of, limit in limits.items() if limit is not None}


def _cell(record: type[Base], name: str, field: Field) -> tuple[Any, Any]:
    written, limits = written_of(record, name), limits_of(record, name)
    cell = written.read
    if written.keep:  # limits are of what is read
        cell, limits = Annotated[cell, Cell(**limits), AfterValidator(written.keep)], {}
    return _perhaps(cell, may_be_empty(record, name), field.empty, alias=field.zh, **limits)


def _perhaps(cell: Any, optional: bool, empty: Any, **rest: Any) -> tuple[Any, Any]:
    """Return a cell that may be empty or not."""
    if not optional:
        return cell, Cell(**rest)
    return cell | None if empty is None else cell, Cell(default=empty, **rest)
