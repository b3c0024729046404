"""How often a mark stands in the attendance of a month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from rukang.base.clock import days_of_month
from rukang.care.attendance.marks import Presence, in_days
from rukang.care.attendance.records import AttendanceDay


def has_mark(mark: Presence) -> ColumnElement[bool]:
    """Return the condition that a mark stands in a half of a day, or in both."""
    return or_(AttendanceDay.morning == mark, AttendanceDay.afternoon == mark)


def days_marked(
    session: Session, home_ids: Collection[int], month: date, mark: Presence
) -> dict[int, Decimal]:
    """Return by resident the days of a month at some homes that have a mark; a half counts half.

    Who has none is not listed, and reads as nought.
    """
    days = days_of_month(month)
    query = select(AttendanceDay).where(
        AttendanceDay.home_id.in_(home_ids),
        AttendanceDay.day.between(days[0], days[-1]),
        has_mark(mark),
    )
    halves: Counter[int] = Counter()
    for of in session.scalars(query):
        halves[of.resident_id] += of.marks.count(mark)
    return defaultdict(Decimal, {who: in_days(count) for who, count in halves.items()})
