"""Which entry about a home takes over from which, and so which one holds on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from rukang.stars.register.records import StarEvent


def held_on(on: date) -> ColumnElement[bool]:
    """Return the condition that an entry is the one that holds on a day."""
    return and_(last_on(on), StarEvent.valid_until >= on)


def last_on(on: date) -> ColumnElement[bool]:
    """Return the condition that an entry is the last one by a day, though it may have run out."""
    return and_(
        StarEvent.effective_on <= on,
        or_(StarEvent.replaced_on.is_(None), StarEvent.replaced_on > on),
    )


def in_order(session: Session, home_id: int) -> list[StarEvent]:
    """Return the entries about a home as they take over from each other.

    A correction stands where the entry it corrects stands, not after others of the same day.
    """
    entries = session.scalars(select(StarEvent).where(StarEvent.home_id == home_id)).all()
    first: dict[int, int] = {}
    for one in sorted(entries, key=lambda one: one.id):
        first[one.id] = first[one.corrects_id] if one.corrects_id else one.id
    return sorted(entries, key=lambda one: (one.effective_on, first[one.id], one.id))
