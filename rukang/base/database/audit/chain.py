"""The chain of the trail: each entry's digest covers its content and the digest before it.

Links are made when a transaction is about to commit, under a lock on the one row of the head:
numbers have no gaps, the lock is the last one a transaction takes (so it takes part in no
deadlock) and is held for three statements, however many entries there are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, update

from rukang.base.database.audit.records import AuditEntry, AuditHead

COVERED = ("number", "at", "actor", "action", "table", "record_id", "person_id")
"""Columns of an entry that its digest covers, beside what it holds."""

HELD = ("before", "after", "sealed")

Row = Mapping[str, Any]


def genesis(installation: str) -> str:
    """Return the digest that stands before the first entry of an installation."""
    return hashlib.sha256(f"rukang audit {installation}".encode()).hexdigest()


def digest_of(before: str, entry: Row) -> str:
    """Return the digest of an entry that follows the entry of digest ``before``.

    SHA-256 over the digest before and the entry as canonical JSON: members in the order of
    :data:`COVERED` and :data:`HELD`, keys sorted, no spaces, ASCII, moments in UTC (ISO 8601).
    """
    held = json.loads(json.dumps([entry[name] for name in HELD]))
    covered = [*(entry[name] for name in COVERED), *held]
    covered[1] = entry["at"].isoformat()
    content = json.dumps(covered, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{content}".encode()).hexdigest()


def linked(before: str, first: int, entries: Sequence[Row]) -> list[dict[str, Any]]:
    """Return entries with their numbers, counted from ``first``, and their digests."""
    made = []
    for number, entry in enumerate(entries, first):
        link = {**entry, "number": number}
        before = link["digest"] = digest_of(before, link)
        made.append(link)
    return made


def append(connection: Connection, entries: Sequence[Row]) -> None:
    """Write entries to the end of the chain, in the transaction of the connection."""
    made = take_numbers(connection, entries)
    connection.execute(insert(AuditEntry), made)


def take_numbers(connection: Connection, entries: Sequence[Row]) -> list[dict[str, Any]]:
    """Return entries as the next links of the chain, whose head is moved behind them.

    Raises
    ------
    RuntimeError
        If the chain has no head, which the migration makes.
    """
    head = update(AuditHead).values(number=AuditHead.number + len(entries))
    # The first statement takes the lock: on PostgreSQL of the row, on SQLite of the file.
    row = connection.execute(head.returning(AuditHead.number, AuditHead.digest)).one_or_none()
    if row is None:
        raise RuntimeError("The audit trail has no head; run `rukang db init`.")
    made = linked(row.digest, row.number - len(entries) + 1, entries)
    last = made[-1]
    connection.execute(update(AuditHead).values(digest=last["digest"], at=last["at"]))
    return made
