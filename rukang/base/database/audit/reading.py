"""Reading the trail: entries of a person, a table or a span of days, newest last."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.clock import SHANGHAI
from rukang.base.database.audit.records import AuditEntry
from rukang.base.database.audit.sealing import Opened, opened


def entries(
    session: Session,
    person_id: int | None = None,
    table: str | None = None,
    first: date | None = None,
    last: date | None = None,
    most: int = 100,
) -> list[Opened]:
    """Return the newest entries that fit, at most so many, with what is personal opened.

    Parameters
    ----------
    first, last
        Days in China, both included.
    """
    query = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(most)
    if person_id is not None:
        query = query.where(AuditEntry.person_id == person_id)
    if table is not None:
        query = query.where(AuditEntry.table == table)
    if first is not None:
        query = query.where(AuditEntry.at >= _midnight(first))
    if last is not None:
        query = query.where(AuditEntry.at < _midnight(last + timedelta(days=1)))
    return opened(session, reversed(session.scalars(query).all()))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
