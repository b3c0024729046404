"""A plan as the table people read: staff down, days across, cover below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

import rostering
from rukang.base.calendar import DayKind, Name, calendar_of
from rukang.base.clock import days_of_month, month_in_words
from rukang.bodies.homes import Home
from rukang.people import Staff, list_staff
from rukang.rosters.records import RosterPlan
from rukang.rosters.shifts import shifts_of

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class TableDay:
    """A column: the date, its weekday in one character, and what kind of day it is."""

    date: date
    weekday: str
    kind: DayKind


@dataclass(frozen=True)
class TableRow:
    """A member of staff: one shift code a day (empty when off), and the hours of the month."""

    code: str
    name: str
    post: str
    cells: tuple[str, ...]
    minutes: int

    @property
    def hours(self) -> str:
        """Return the paid hours with one decimal at most."""
        return f"{self.minutes / 60:g}"

    @property
    def days(self) -> int:
        """Return how many days are worked."""
        return sum(bool(cell) for cell in self.cells)


@dataclass(frozen=True)
class CoverRow:
    """A shift type: heads assigned and wanted each day."""

    shift: str
    name: str
    assigned: tuple[int, ...]
    wanted: tuple[int, ...]


@dataclass(frozen=True)
class ShiftKey:
    """A line of the legend: code, name, clock times, and whether it is night work."""

    code: str
    name: str
    clock: str
    is_night: bool


@dataclass(frozen=True)
class RosterTable:
    """The month's roster of the home ``code``, ready for a page, a workbook or print."""

    title: str
    code: str
    home: str
    month: date
    state: str
    days: tuple[TableDay, ...]
    rows: tuple[TableRow, ...]
    cover: tuple[CoverRow, ...]
    legend: tuple[ShiftKey, ...]
    calendar_mark: Name | None
    """What must stand beside the table while the year's days off are not arranged."""

    @property
    def shortfalls(self) -> list[tuple[date, str, int]]:
        """Return where fewer are assigned than wanted: day, shift code, how many are missing."""
        return [
            (day.date, row.shift, wanted - assigned)
            for row in self.cover
            for day, assigned, wanted in zip(self.days, row.assigned, row.wanted, strict=True)
            if assigned < wanted
        ]


def roster_table(session: Session, plan: RosterPlan) -> RosterTable:
    """Return a plan as a table; a plan that is not solved yet has empty cells."""
    home = session.get_one(Home, plan.home_id)
    days = days_of_month(plan.month)
    shifts, calendar = shifts_of(session, plan), calendar_of(session)
    rows = _rows(_staff(session, home, plan, days), plan, days, shifts)
    return RosterTable(
        title=f"{home.name} {month_in_words(plan.month)}排班表",
        code=home.code,
        home=home.name,
        month=plan.month,
        state=plan.state.value,
        days=tuple(TableDay(day, WEEKDAYS[day.weekday()], calendar.kind_of(day)) for day in days),
        rows=tuple(rows),
        cover=tuple(_cover(plan, rows, shift, len(days)) for shift in shifts),
        legend=tuple(_key(shift) for shift in shifts),
        calendar_mark=calendar.mark(days),
    )


def clock(minute: int) -> str:
    """Return a minute of the day as people read it: 450 → 07:30."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def _staff(session: Session, home: Home, plan: RosterPlan, days: list[date]) -> Sequence[Staff]:
    """Return whose roster it is: those it was made for, even if a contract changed since."""
    if plan.problem is None:
        return list_staff(session, home, days[0], days[-1])
    codes = [person["id"] for person in plan.problem["staff"]]
    query = select(Staff).where(Staff.home_id == home.id, Staff.code.in_(codes))
    return session.scalars(query.order_by(Staff.code)).all()


def _rows(
    staff: Sequence[Staff],
    plan: RosterPlan,
    days: list[date],
    shifts: list[rostering.ShiftType],
) -> list[TableRow]:
    paid = {shift.id: shift.paid_minutes for shift in shifts}
    rows = []
    for member in staff:
        worked = (plan.shifts or {}).get(member.code, {})
        cells = tuple(worked.get(day.isoformat(), "") for day in days)
        minutes = sum(paid[cell] for cell in cells if cell)
        rows.append(TableRow(member.code, member.person.name, member.post, cells, minutes))
    return rows


def _cover(
    plan: RosterPlan, rows: list[TableRow], shift: rostering.ShiftType, days: int
) -> CoverRow:
    assigned = [sum(row.cells[day] == shift.id for row in rows) for day in range(days)]
    wanted = [0] * days
    for item in (plan.problem or {}).get("cover", []):
        if item["shift"] == shift.id:
            wanted[item["day"]] += item["wanted"]
    return CoverRow(shift.id, shift.name, tuple(assigned), tuple(wanted))


def _key(shift: rostering.ShiftType) -> ShiftKey:
    start = shift.start or 0
    span = f"{clock(start)}–{clock(start + shift.minutes)}"
    return ShiftKey(shift.id, shift.name, span, shift.is_night)
