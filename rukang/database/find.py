"""Queries that every room asks alike: one record by its id, a home's records on some days."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from rukang.database.base import Base
from rukang.errors import NotFoundError

Record = TypeVar("Record", bound=Base)


def find(session: Session, record: type[Record], record_id: int, zh: str, en: str) -> Record:
    """Return the record of an id; ``zh`` and ``en`` name what is looked for.

    Raises
    ------
    NotFoundError
        If there is none that the session may see.
    """
    found = session.scalar(select(record).where(record.id == record_id))
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
