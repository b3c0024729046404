"""One's own days, or those of whom one stands for: attendance, and hours where they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.care.attendance.marks import DayMarks
from rukang.care.attendance.records import AttendanceDay, HoursWorked


@dataclass(frozen=True)
class OwnDay:
    """Somebody's day; ``marks`` None if nothing was marked, hours those paid by the hour."""

    name: str
    day: date
    marks: DayMarks | None
    hours: Decimal
    overtime: Decimal


def own_days(session: Session, first: date, last: date) -> list[OwnDay]:
    """Return the days of a span (inclusive) on record that the session may see."""
    names: dict[tuple[date, int], str] = {}
    marks: dict[tuple[date, int], DayMarks] = {}
    hours: dict[tuple[date, int], list[HoursWorked]] = {}
    marked = select(AttendanceDay).where(AttendanceDay.day.between(first, last))
    for one in session.scalars(marked):
        key = one.day, one.resident_id
        names[key], marks[key] = one.resident.person.name, one.marks
    worked = select(HoursWorked).where(HoursWorked.day.between(first, last))
    for some in session.scalars(worked):
        key = some.day, some.resident_id
        names[key] = some.resident.person.name
        hours.setdefault(key, []).append(some)
    return [
        OwnDay(
            name=names[key],
            day=key[0],
            marks=marks.get(key),
            hours=sum((some.normal for some in hours.get(key, [])), Decimal(0)),
            overtime=sum((some.overtime for some in hours.get(key, [])), Decimal(0)),
        )
        for key in sorted(names)
    ]
