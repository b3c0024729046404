"""The audit trail: who changed or read what, written in the transaction of the change.

The table takes no update and no delete; database triggers refuse both (first migration).
"""

from __future__ import annotations

import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, String, event, insert, inspect
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from rukang.database.base import Base
from rukang.database.types import UtcDateTime
from rukang.database.vault import Sealed

UNAUDITED = {"audit_entry", "access_token"}
"""Tables outside the trail: itself, and sign-in tokens (secrets, and no personal record)."""

SECRET = {"hashed_password"}
SEALED_SUFFIXES = ("_cipher", "_lookup")


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
    _write(session, action, record, None, detail)


def follow(session: Session) -> None:
    """Write an entry for every record this session inserts, updates or deletes."""
    event.listen(session, "after_flush", _record_changes)


def _record_changes(session: Session, _: UOWTransaction) -> None:
    for record in session.new:
        _write_change(session, "insert", record, None, _values(record))
    for record in session.dirty:
        before, after = _differences(record)
        if after:
            _write_change(session, "update", record, before, after)
    for record in session.deleted:
        _write_change(session, "delete", record, _values(record), None)


def _write_change(
    session: Session,
    action: str,
    record: Any,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    if record.__tablename__ not in UNAUDITED:
        _write(session, action, record, before, after)


def _write(
    session: Session,
    action: str,
    record: Base,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    session.connection().execute(
        insert(AuditEntry).values(
            at=session.info["clock"](),
            actor=session.info["actor"],
            action=action,
            table=record.__tablename__,
            record_id=record.id,
            before=before,
            after=after,
        )
    )


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
        if _shown(column.key) and history.has_changes():
            before[column.key] = _plain(history.deleted[0]) if history.deleted else None
            after[column.key] = _plain(history.added[0]) if history.added else None
    return before, after


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (Decimal, Sealed)):
        return str(value)
    return value
