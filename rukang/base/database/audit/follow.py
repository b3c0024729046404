"""What a session changes or reads, followed and written down in the transaction of the change."""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Table, UpdateBase, event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction

from rukang.base.database import context
from rukang.base.database.about import Lead, about_of, lead_of, summarised_of
from rukang.base.database.audit.chain import append
from rukang.base.database.audit.sealing import Followed, sealed
from rukang.base.database.base import Base
from rukang.base.database.sealing.vault import Sealed

UNAUDITED = {"audit_entry", "audit_head", "access_token"}
"""Tables outside the trail: itself, and sign-in tokens (secrets, and no personal record)."""

SECRET = {"hashed_password"}
SEALED_SUFFIXES = ("_cipher", "_lookup")
HIDDEN = "•••"
"""Stands for a secret: that it changed is told, what it was is not."""

Change = tuple[str, Any, dict[str, Any] | None, dict[str, Any] | None]
"""Action, record, values before, values after."""


def note(session: Session, action: str, record: Base, detail: dict[str, Any]) -> None:
    """Write one entry about a record that did not change, such as the reading of a number."""
    _write(session, [(action, record, None, detail)])


def note_many(session: Session, action: str, table: str, detail: dict[str, Any]) -> None:
    """Write one entry about many records of a table at once; its detail names nobody."""
    row = _row(session, action, table, None)
    session.info["trail"].append(Followed({**row, "after": detail}, None, None))


def follow(session: Session) -> None:
    """Write an entry for every record this session inserts, updates or deletes.

    A statement that changes records in bulk would leave none, so the session refuses it.
    """
    session.info.update(trail=[], trail_marks={})
    event.listen(session, "after_flush", _record_changes)
    event.listen(session, "do_orm_execute", _refuse_bulk_change)
    event.listen(session, "before_commit", _at_the_end)
    event.listen(session, "after_transaction_create", _mark)
    event.listen(session, "after_soft_rollback", _forget)


def _at_the_end(session: Session) -> None:
    if not session.in_nested_transaction():
        write_down(session)


def write_down(session: Session) -> None:
    """Write what was followed, as the last thing before the transaction commits.

    Earlier only for who reads the trail in the same transaction: the chain is held from here on.
    """
    session.flush()
    followed = session.info["trail"]
    if followed:
        append(session.connection(), sealed(session, followed))
        followed.clear()


def _mark(session: Session, transaction: SessionTransaction) -> None:
    """Remember how much was followed before a savepoint."""
    if transaction.nested:
        session.info["trail_marks"][transaction] = len(session.info["trail"])


def _forget(session: Session, ended: SessionTransaction) -> None:
    """Forget what is rolled back: everything since the savepoint, or since the beginning."""
    if ended.nested or ended.parent is None:
        del session.info["trail"][session.info["trail_marks"].pop(ended, 0) :]


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
    """Keep the entries of one moment until the transaction commits."""
    session.info["trail"] += [
        Followed(
            {
                **_row(session, action, record.__tablename__, record.id),
                "before": before,
                "after": after,
            },
            type(record),
            _lead(record),
        )
        for action, record, before, after in changes
    ]


def _row(session: Session, action: str, table: str, record_id: int | None) -> dict[str, Any]:
    return {
        "at": context.now(session),
        "actor": context.actor(session),
        "action": action,
        "table": table,
        "record_id": record_id,
        "person_id": None,
        "before": None,
        "after": None,
        "sealed": None,
    }


def _lead(record: Any) -> Lead | None:
    kind = type(record)
    via = about_of(kind).via
    return lead_of(kind, record.id, {} if via is None else {via: getattr(record, via)})


def _shown(name: str) -> bool:
    return name not in SECRET and not name.endswith(SEALED_SUFFIXES)


def values_of(record: Any) -> dict[str, Any]:
    """Return the columns of a record as the trail shows them: no secret, no cipher."""
    return _values(record)


def _values(record: Any) -> dict[str, Any]:
    summarised = summarised_of(type(record))
    return {
        key: (_digest if key in summarised else _plain)(getattr(record, key))
        for key in _columns(record)
        if _shown(key)
    }


def _columns(record: Any) -> list[str]:
    """Return the columns of a record, and not what its mapper reckons from them."""
    found = inspect(record).mapper.column_attrs
    return [one.key for one in found if isinstance(one.expression, Column)]


def _differences(record: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    before, after = {}, {}
    state = inspect(record)
    summarised = summarised_of(type(record))
    for key in _columns(record):
        history = state.attrs[key].history
        if history.has_changes():
            show = _plain if _shown(key) else _hide
            show = _digest if key in summarised else show
            before[key] = show(history.deleted[0]) if history.deleted else None
            after[key] = show(history.added[0]) if history.added else None
    return before, after


def digest_in_place(values: dict[str, Any] | None, names: frozenset[str]) -> dict[str, Any] | None:
    """Return values with fingerprints in place of those the trail does not keep."""
    if values is None or not names & values.keys():
        return values
    return {name: _digest(value) if name in names else value for name, value in values.items()}


def _digest(value: Any) -> str | None:
    """Return a fingerprint of what is too large for the trail, or about many people at once."""
    if value is None:
        return None
    content = json.dumps(value, sort_keys=True, default=str)
    return "sha256:" + hashlib.sha256(content.encode()).hexdigest()


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
