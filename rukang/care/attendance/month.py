"""A home's attendance of a month, person by person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from rukang.base.clock import days_of_month
from rukang.base.database.find import on_days
from rukang.bodies.homes import Home
from rukang.care.attendance.marks import DayMarks, Presence, in_days
from rukang.care.attendance.records import AttendanceDay
from rukang.people import list_residents


@dataclass(frozen=True)
class AttendanceRow:
    """One resident's month; a day that is not among ``marks`` has no record."""

    code: str
    name: str
    marks: Mapping[date, DayMarks]

    @property
    def days(self) -> dict[Presence, Decimal]:
        """Return the days of each mark that there is; a half counts half."""
        halves = Counter(mark for of in self.marks.values() for _, mark in of.halves)
        return {mark: in_days(halves[mark]) for mark in Presence if halves[mark]}


def attendance_of(session: Session, home: Home, month: date) -> list[AttendanceRow]:
    """Return the attendance of everybody served in a month, by code, records or none."""
    days = days_of_month(month)
    marks: dict[int, dict[date, DayMarks]] = defaultdict(dict)
    for of in session.scalars(on_days(AttendanceDay, home.id, days)):
        marks[of.resident_id][of.day] = of.marks
    return [
        AttendanceRow(resident.code, resident.person.name, marks[resident.id])
        for resident in list_residents(session, home, days[0], days[-1])
    ]
