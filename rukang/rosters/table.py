"""A plan as the table people read: staff down, days across, cover below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.calendar import DayKind, kind_of
from rukang.clock import days_of_month
from rukang.homes import Home
from rukang.people import Staff, list_staff
from rukang.rosters.records import HomeShift, RosterPlan

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
    shifts = list_shifts(session, home)
    rows = _rows(list_staff(session, home, days[0], days[-1]), plan, days, shifts)
    return RosterTable(
        title=f"{home.name} {plan.month.year} 年 {plan.month.month} 月排班表",
        code=home.code,
        home=home.name,
        month=plan.month,
        state=plan.state.value,
        days=tuple(TableDay(day, WEEKDAYS[day.weekday()], kind_of(day)) for day in days),
        rows=tuple(rows),
        cover=tuple(_cover(plan, rows, shift, len(days)) for shift in shifts),
        legend=tuple(_key(shift) for shift in shifts),
    )


def list_shifts(session: Session, home: Home) -> list[HomeShift]:
    """Return the home's shift types, by clock time."""
    query = select(HomeShift).where(HomeShift.home_id == home.id)
    return list(session.scalars(query.order_by(HomeShift.start, HomeShift.code)))


def clock(minute: int) -> str:
    """Return a minute of the day as people read it: 450 → 07:30."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def _rows(
    staff: Sequence[Staff], plan: RosterPlan, days: list[date], shifts: list[HomeShift]
) -> list[TableRow]:
    paid = {shift.code: shift.paid_minutes for shift in shifts}
    rows = []
    for member in staff:
        worked = (plan.shifts or {}).get(member.code, {})
        cells = tuple(worked.get(day.isoformat(), "") for day in days)
        minutes = sum(paid[cell] for cell in cells if cell)
        rows.append(TableRow(member.code, member.person.name, member.post, cells, minutes))
    return rows


def _cover(plan: RosterPlan, rows: list[TableRow], shift: HomeShift, days: int) -> CoverRow:
    assigned = [sum(row.cells[day] == shift.code for row in rows) for day in range(days)]
    wanted = [0] * days
    for item in (plan.problem or {}).get("cover", []):
        if item["shift"] == shift.code:
            wanted[item["day"]] += item["wanted"]
    return CoverRow(shift.code, shift.name, tuple(assigned), tuple(wanted))


def _key(shift: HomeShift) -> ShiftKey:
    span = f"{clock(shift.start)}–{clock(shift.start + shift.minutes)}"
    return ShiftKey(shift.code, shift.name, span, shift.is_night)
