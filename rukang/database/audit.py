"""The audit trail: who changed or read what, written in the transaction of the change.

The table takes no update and no delete; database triggers refuse both (first migration).
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, String, Table, UpdateBase, event, insert, inspect
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, UOWTransaction, mapped_column

from rukang.database.base import Base
from rukang.database.types import UtcDateTime
from rukang.database.vault import Sealed

UNAUDITED = {"audit_entry", "access_token"}
"""Tables outside the trail: itself, and sign-in tokens (secrets, and no personal record)."""

SECRET = {"hashed_password"}
SEALED_SUFFIXES = ("_cipher", "_lookup")
HIDDEN = "•••"
"""Stands for a secret: that it changed is told, what it was is not."""

Change = tuple[str, Any, dict[str, Any] | None, dict[str, Any] | None]
"""Action, record, values before, values after."""


class AuditEntry(Base):
    """One change (or one reading of a sealed number): when, who, which record, before and after."""

    __tablename__ = "audit_entry"

    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(20))
    table: Mapped[str] = mapped_column(String(60), index=True)
    record_id: Mapped[int | None] = mapped_column(index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)


def note(session: Session, action: str, record: Base, detail: dict[str, Any]) -> None:
    """Write one entry about a record that did not change, such as the reading of a number."""
    _write(session, [(action, record, None, detail)])


def follow(session: Session) -> None:
    """Write an entry for every record this session inserts, updates or deletes.

    A statement that changes records in bulk would leave none, so the session refuses it.
    """
    event.listen(session, "after_flush", _record_changes)
    event.listen(session, "do_orm_execute", _refuse_bulk_change)


def _refuse_bulk_change(state: ORMExecuteState) -> None:
    if isinstance(state.statement, UpdateBase) and _is_audited(state.statement.table):
        raise RuntimeError(
            f"A bulk change of {state.statement.table} would pass by the audit trail;"
            " change or delete its records one by one."
        )


def _is_audited(table: Any) -> bool:
    """Return whether a table is one of ours (the durable jobs have their own) and followed."""
    return isinstance(table, Table) and (
        table.metadata is Base.metadata and table.name not in UNAUDITED
    )


def _record_changes(session: Session, _: UOWTransaction) -> None:
    inserted = [("insert", record, None, _values(record)) for record in session.new]
    updated = [("update", record, *_differences(record)) for record in session.dirty]
    deleted = [("delete", record, _values(record), None) for record in session.deleted]
    changes = [*inserted, *(change for change in updated if change[-1]), *deleted]
    _write(session, [change for change in changes if change[1].__tablename__ not in UNAUDITED])


def _write(session: Session, changes: Sequence[Change]) -> None:
    """Write the entries of one moment in one statement; an import makes thousands at once."""
    at, actor = session.info["clock"](), session.info["actor"]
    entries = [
        {
            "at": at,
            "actor": actor,
            "action": action,
            "table": record.__tablename__,
            "record_id": record.id,
            "before": before,
            "after": after,
        }
        for action, record, before, after in changes
    ]
    if entries:
        session.connection().execute(insert(AuditEntry), entries)


def _shown(name: str) -> bool:
    return name not in SECRET and not name.endswith(SEALED_SUFFIXES)


def _values(record: Any) -> dict[str, Any]:
    columns = inspect(record).mapper.column_attrs
    return {c.key: _plain(getattr(record, c.key)) for c in columns if _shown(c.key)}


def _differences(record: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    before, after = {}, {}
    state = inspect(record)
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if history.has_changes():
            show = _plain if _shown(column.key) else _hide
            before[column.key] = show(history.deleted[0]) if history.deleted else None
            after[column.key] = show(history.added[0]) if history.added else None
    return before, after


def _hide(value: Any) -> str | None:
    return None if value is None else HIDDEN


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (Decimal, Sealed)):
        return str(value)
    return value
