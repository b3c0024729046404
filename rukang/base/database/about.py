"""Whom a record is about, said by each class of records.

It decides under whose key what is personal in the audit trail is sealed, what is handed to a person
who asks what is held on them, and what is erased. A class that says nothing is refused by a test,
so that a new table cannot forget.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from rukang.base.database.base import Base

AT_ONCE = 500
"""Rows asked for in one statement."""

Lead = tuple[str, int]
"""A table and the id of a row in it: what leads to a person."""


@dataclass(frozen=True)
class About:
    """Whom records of a class are about.

    Parameters
    ----------
    via
        The column that leads to the person: ``id`` of the persons themselves, else a foreign key
        to them or to records that lead on. None of records about nobody.
    why
        Why they are about nobody.
    summarised
        Columns that the audit trail keeps a fingerprint of only: they name many people at once.
    before
        A column that led on in earlier versions, and the table it referred to: entries of the
        trail from then know no other way.
    """

    via: str | None
    why: str = ""
    summarised: frozenset[str] = frozenset()
    before: tuple[str, str] | None = None


NOBODY: Lead = ("", 0)
"""Where a record leads whose column to a person is empty: it is about nobody."""

PERSON = About("id")
"""The table of persons itself."""


def through(column: str, before: tuple[str, str] | None = None) -> About:
    """Return that records are about the person a foreign key leads to."""
    return About(column, before=before)


def nobody(why: str, *summarised: str) -> About:
    """Return that records are about no person of the homes, and why."""
    return About(None, why, frozenset(summarised))


def tables() -> dict[str, type[Base]]:
    """Return the classes of records by the names of their tables."""
    return {m.class_.__tablename__: m.class_ for m in Base.registry.mappers}


def about_of(kind: type[Base]) -> About:
    """Return whom records of a class are about.

    Raises
    ------
    TypeError
        If the class does not say.
    """
    found = vars(kind).get("whom")
    if not isinstance(found, About):
        raise TypeError(f"{kind.__name__} does not say whom its records are about (`whom`).")
    return found


def summarised_of(kind: type[Base]) -> frozenset[str]:
    """Return the columns of which the trail keeps a fingerprint only."""
    return about_of(kind).summarised


def lead_of(kind: type[Base], record_id: int | None, values: Mapping[str, Any]) -> Lead | None:
    """Return what leads from a record to its person; None if that is not known.

    `NOBODY` where the column is empty; None also of a class whose records are about nobody.

    Parameters
    ----------
    values
        Columns of the record, among them (if it is known) the one that leads on.
    """
    via = about_of(kind).via
    if via is None:
        return None
    if via == "id":
        return None if record_id is None else (kind.__tablename__, record_id)
    if via in values:
        return _lead(_target(kind.__table__, via), values[via])
    column, table = about_of(kind).before or ("", "")
    return _lead(table, values[column]) if column in values else None


def persons(
    connection: Connection, leads: Iterable[Lead], known: Mapping[Lead, Lead]
) -> dict[Lead, int | None]:
    """Return the person each lead ends at; leads to rows that are gone are missing.

    Of a lead that ends at a row about nobody (its column is empty) it is None.

    Parameters
    ----------
    known
        Where rows of this transaction lead to, also those it deletes.
    """
    wanted, path = set(leads), dict(known)
    classes = tables()
    while True:
        ends = {lead: _end(lead, path) for lead in wanted}
        somewhere = set(ends.values()) - {NOBODY}
        open_ends = {end for end in somewhere if about_of(classes[end[0]]).via != "id"}
        found = _led_on(connection, open_ends - path.keys(), classes)
        if not found:
            return {lead: end[1] or None for lead, end in ends.items() if end not in open_ends}
        path.update(found)


def about_one_of(
    kind: type[Base], persons: Sequence[int], columns: Any = None
) -> ColumnElement[bool]:
    """Return the condition that a record of a class, which is about somebody, is about these.

    Parameters
    ----------
    columns
        Whose columns stand in it: those of the class itself, or of its table.
    """
    via = about_of(kind).via or ""
    column: ColumnElement[int] = getattr(kind if columns is None else columns, via)
    if via == "id":
        return column.in_(persons)
    onward = tables()[_target(kind.__table__, via)]
    if about_of(onward) is PERSON:
        return column.in_(persons)
    there = onward.__table__.c
    # Of the table, not of its class, which would be narrowed again.
    return column.in_(select(there.id).where(about_one_of(onward, persons, there)))


def _end(lead: Lead, path: Mapping[Lead, Lead]) -> Lead:
    while lead in path and path[lead] != lead:
        lead = path[lead]
    return lead


def _led_on(
    connection: Connection, ends: Iterable[Lead], classes: Mapping[str, type[Base]]
) -> dict[Lead, Lead]:
    """Return where rows lead to, read from the database, some of a table in one statement."""
    by_table: dict[str, list[int]] = {}
    for table, row in sorted(ends):
        by_table.setdefault(table, []).append(row)
    found: dict[Lead, Lead] = {}
    for name, rows in by_table.items():
        columns, via = classes[name].__table__.c, about_of(classes[name]).via
        if via is None:
            continue
        target = _target(classes[name].__table__, via)
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            query = select(columns.id, columns[via]).where(columns.id.in_(some))
            found |= {(name, row): _lead(target, to) for row, to in connection.execute(query)}
    return found


def _lead(target: str, row: int | None) -> Lead:
    return NOBODY if row is None else (target, row)


def _target(table: Any, via: str) -> str:
    """Return the name of the table a foreign key points at."""
    (key,) = table.c[via].foreign_keys
    pointed: Table = key.column.table
    return pointed.name
