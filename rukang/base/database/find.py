"""Queries that every room asks alike: one record by its id, a home's records on some days."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import Session

from rukang.base.database.base import Base
from rukang.base.errors import NotFoundError

Record = TypeVar("Record", bound=Base)


def find(session: Session, record: type[Record], record_id: int, zh: str, en: str) -> Record:
    """Return the record of an id; ``zh`` and ``en`` name what is looked for.

    Raises
    ------
    NotFoundError
        If there is none that the session may see.
    """
    return find_in(session, record, true(), record_id, zh, en)


def find_in(
    session: Session,
    record: type[Record],
    inside: ColumnElement[bool],
    record_id: int,
    zh: str,
    en: str,
) -> Record:
    """Return the record of an id inside what encloses it, such as the objection of an inspection.

    Whoever may act on the enclosing record may act on this one: so it is never found without.

    Parameters
    ----------
    inside
        The condition that a record is of the enclosing one.

    Raises
    ------
    NotFoundError
        If there is none there that the session may see.
    """
    found = session.scalar(select(record).where(inside, record.id == record_id))
    if found is None:
        raise NotFoundError(f"没有{zh} {record_id}。", f"There is no {en} {record_id}.")
    return found


def on_days(record: Any, home_id: int, days: list[date]) -> Select[Any]:
    """Return the query of a home's records from the first to the last of some days, in order.

    ``record`` is a table that belongs to a home and has a ``day``.
    """
    return (
        select(record)
        .where(record.home_id == home_id, record.day.between(days[0], days[-1]))
        .order_by(record.day, record.id)
    )
