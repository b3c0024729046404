"""Making records equal to what is wanted (a workbook, a plan), changing only what differs.

Record by record, so that the audit trail follows.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from rukang.base.database.base import Base
from rukang.base.database.sealing.keys import SessionVault
from rukang.base.database.sealing.vault import Sealed

Record = TypeVar("Record", bound=Base)
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Changes:
    """How many records were added, changed and taken away."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __add__(self, other: Changes) -> Changes:
        return Changes(
            self.added + other.added, self.changed + other.changed, self.removed + other.removed
        )


def upsert(
    session: Session, kind: type[Record], found: Record | None, values: Mapping[str, Any]
) -> Record:
    """Return the found record with these values, or a new one; equal values are not written."""
    if found is None:
        record = kind(**values)
        session.add(record)
        return record
    for name, value in values.items():
        if getattr(found, name) != value:
            setattr(found, name, value)
    return found


def synchronise(
    session: Session,
    kind: type[Record],
    found: Mapping[Key, Record],
    wanted: Mapping[Key, Mapping[str, Any]],
) -> None:
    """Add what is wanted and not found, change what differs, delete what is wanted no more."""
    for key, values in wanted.items():
        upsert(session, kind, found.get(key), values)
    for key in found.keys() - wanted.keys():
        session.delete(found[key])


def sealed(session: Session, before: Sealed | None, number: str, masked: str) -> Sealed:
    """Return a number sealed; one that is sealed already stays as it is, so nothing changes."""
    vault = SessionVault.of(session)
    if before is not None and before.lookup in vault.lookups(number):
        return before
    again: Sealed = vault.seal(number, masked)
    return again
