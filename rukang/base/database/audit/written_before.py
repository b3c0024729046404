"""Entries written before there was a chain, sealed and made links of it once.

The migration founds the chain and says in its first link how many such entries there are; they
follow here, some at a time, because sealing needs keys that a migration does not have. The
database lets an entry without a number be written once more, and never after.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from rukang.base.database.about import Lead, about_of, lead_of, summarised_of
from rukang.base.database.audit.chain import COVERED, HELD, take_numbers
from rukang.base.database.audit.follow import digest_in_place
from rukang.base.database.audit.records import AuditEntry
from rukang.base.database.audit.sealing import Followed, kind_of, sealed

AT_ONCE = 500
"""Entries in one transaction: it can be interrupted, and goes on where it stopped."""

_entries = AuditEntry.__table__
_columns = [_entries.c[name] for name in ("id", *COVERED, *HELD)]
_changed = ("number", "digest", "person_id", *HELD)


def link_written_before(session: Session, most: int = AT_ONCE) -> int:
    """Seal the oldest entries without a number and make them links; return how many."""
    connection = session.connection()
    unlinked = select(_entries.c.id).where(_entries.c.number.is_(None)).limit(1)
    if connection.scalar(unlinked) is None:  # a service's role may lock no entry, and need not
        return 0
    query = select(*_columns).where(_entries.c.number.is_(None)).order_by(_entries.c.id)
    # Locked, so that two starts at once do not number the same entries.
    found = connection.execute(query.limit(most).with_for_update()).mappings()
    rows = [{str(name): value for name, value in row.items()} for row in found]
    if not rows:
        return 0
    made = take_numbers(connection, sealed(session, _followed(session, rows)))
    change = update(AuditEntry).where(_entries.c.id == bindparam("entry"))
    connection.execute(
        change.values({name: bindparam(f"new_{name}") for name in _changed}),
        [{"entry": link["id"], **{f"new_{n}": link[n] for n in _changed}} for link in made],
    )
    return len(made)


def _followed(session: Session, rows: Sequence[dict[str, Any]]) -> list[Followed]:
    """Return the entries with what leads from their records to a person."""
    values = _ways_on(session, rows)
    made = []
    for row in rows:
        kind = kind_of(row["table"])
        lead: Lead | None = None
        if kind is not None:
            lead = lead_of(kind, row["record_id"], values.get((row["table"], row["record_id"]), {}))
            for held in ("before", "after"):
                row[held] = digest_in_place(row[held], summarised_of(kind))
        made.append(Followed(row, kind, lead))
    return made


def _ways_on(
    session: Session, rows: Sequence[dict[str, Any]]
) -> dict[tuple[str, int], dict[str, Any]]:
    """Return the leading columns of the records that entries are about.

    They stand in the record itself while it exists, and in the entries of its making and end, in
    which leading columns stay clear.
    """
    found: dict[tuple[str, int], dict[str, Any]] = {}
    wanted: dict[str, set[int]] = {}
    for row in rows:
        kind = kind_of(row["table"])
        via = about_of(kind).via if kind is not None else None
        if via is not None and via != "id" and row["record_id"] is not None:
            wanted.setdefault(row["table"], set()).add(row["record_id"])
    for table, ids in wanted.items():
        found |= _in_records(session, table, sorted(ids))
        if lost := [number for number in sorted(ids) if (table, number) not in found]:
            found |= _in_entries(session, table, lost)
    return found


def _in_records(
    session: Session, name: str, ids: list[int]
) -> dict[tuple[str, int], dict[str, Any]]:
    kind = kind_of(name)
    via = about_of(kind).via if kind is not None else None
    if kind is None or via is None:
        return {}
    table = kind.__table__
    query = select(table.c.id, table.c[via]).where(table.c.id.in_(ids))
    return {(name, row): {via: to} for row, to in session.connection().execute(query)}


def _in_entries(
    session: Session, name: str, ids: list[int]
) -> dict[tuple[str, int], dict[str, Any]]:
    query = select(_entries.c.record_id, _entries.c.before, _entries.c.after).where(
        _entries.c.table == name,
        _entries.c.record_id.in_(ids),
        _entries.c.action.in_(("insert", "delete")),
    )
    rows = session.connection().execute(query)
    return {(name, number): after or before or {} for number, before, after in rows}
