"""Locks on records: nobody else changes a home's, or adds some of a kind, while this one works."""

from __future__ import annotations

from sqlalchemy import Table, false, text, update
from sqlalchemy.orm import Session

from rukang.base.database.base import Base


def lock_home(session: Session, home_id: int) -> None:
    """Lock a home's records until the transaction ends: whoever else asks for them waits.

    What is read afterwards stays true until the commit. A statement that changes nothing takes the
    row's lock on PostgreSQL and the write lock on SQLite, which knows no ``FOR UPDATE``.
    """
    home = Base.metadata.tables["home"]
    # Past the session on purpose: nothing changes, so there is nothing for the audit trail.
    session.connection().execute(
        update(home).where(home.c.id == home_id).values(capacity=home.c.capacity)
    )


def lock_all(session: Session, kind: type[Base]) -> None:
    """Let nobody else add or change records of a kind before this transaction ends.

    What is read of them afterwards stays true until the commit; who only reads does not wait. For
    what belongs to no home, whose records `lock_home` locks.
    """
    table: Table = kind.__table__  # type: ignore[assignment]  # mapped to tables only
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text(f'LOCK TABLE "{table.name}" IN SHARE ROW EXCLUSIVE MODE'))
    else:
        # SQLite takes its one write lock for a statement that changes nothing, too.
        connection.execute(update(table).where(false()).values(id=table.c.id))
