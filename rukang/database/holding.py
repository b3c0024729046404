"""Keeping others from adding records of a kind, where whoever comes first decides."""

from __future__ import annotations

from sqlalchemy import Table, false, text, update
from sqlalchemy.orm import Session

from rukang.database.base import Base


def hold_all(session: Session, kind: type[Base]) -> None:
    """Let nobody else add or change records of a kind before this transaction ends.

    What is read of them afterwards stays true until the commit; who only reads does not wait. For
    what belongs to no home, whose records `rukang.homes.hold` keeps.
    """
    table: Table = kind.__table__  # type: ignore[assignment]  # mapped to tables only
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text(f'LOCK TABLE "{table.name}" IN SHARE ROW EXCLUSIVE MODE'))
    else:
        # SQLite takes its one write lock for a statement that changes nothing, too.
        connection.execute(update(table).where(false()).values(id=table.c.id))
