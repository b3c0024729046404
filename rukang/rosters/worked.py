"""Worked time of a month: planned, worked, overtime, days in lieu and annual leave, per person.

Everything is a fold of confirmed shifts. Hours, those on statutory holidays too, are counted on the
calendar day on which they are worked. Which days are rest days of somebody on a roster follows the
roster, not Saturday and Sunday: what a shift has beyond the normal day is overtime of a workday;
what a week has beyond the weekly hours (劳动法 36, 国务院令第174号) is rest-day work, which days in
lieu may make up for (劳动法 44). On comprehensive hours only the normal hours of the month count
(劳部发〔1994〕503号).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll.policy import Policy
from rostering.changes import Sentence
from rukang.base.clock import days_of_month, require_month
from rukang.base.database import context
from rukang.base.database.find import on_days
from rukang.bodies.homes import Home
from rukang.people import HoursSystem, Staff, list_staff
from rukang.rosters.confirm import after_midnight
from rukang.rosters.law.terms import normal_day, period_limit, weekly_limit
from rukang.rosters.law.working_time import WorkingTime, working_time
from rukang.rosters.records import ConfirmedShift, LeaveDay, WorkedShift
from rukang.rosters.shifts import list_shifts, shift_type

ANNUAL = "年休"
IN_LIEU = "调休"
"""What kinds of leave are called in whole or in part, as the workbook has them."""

OVERTIME_KINDS = {
    "workday": ("工作日加点", "overtime of workdays"),
    "rest_day": ("休息日加班", "rest-day work"),
    "holiday": ("法定节假日加班", "work on statutory holidays"),
}
"""The kinds of overtime, and what to call them."""

DAY, WEEK = timedelta(days=1), timedelta(days=7)

Part = tuple[date, int, int]
"""A shift's day, its paid minutes on that day, and those on the next."""


@dataclass(frozen=True)
class Overtime:
    """Minutes beyond normal hours: of workdays, of rest days, and on statutory holidays."""

    workday: int = 0
    rest_day: int = 0
    holiday: int = 0

    @property
    def total(self) -> int:
        """Return all of it."""
        return self.of(OVERTIME_KINDS)

    def of(self, kinds: Iterable[str]) -> int:
        """Return what there is of some kinds, named as here."""
        return sum(getattr(self, kind) for kind in kinds)


@dataclass(frozen=True)
class AnnualLeave:
    """Days of paid annual leave of a year.

    Parameters
    ----------
    entitled
        By years of work in life on the month's last day (职工带薪年休假条例 3); None if it is not
        known since when somebody has worked. The year of joining is not reduced.
    taken
        Workdays of leave so named from January to the month's end.
    rule
        The document and article of the figure.
    """

    entitled: int | None
    taken: int
    rule: str

    @property
    def left(self) -> int | None:
        """Return what is left of the year; below 0 if more was taken."""
        return None if self.entitled is None else self.entitled - self.taken


@dataclass(frozen=True)
class InLieu:
    """Days in lieu of a year: earned by normal days of rest-day work, taken, and left."""

    earned: int
    taken: int

    @property
    def left(self) -> int:
        """Return how many are still owed; below 0 if more were taken."""
        return self.earned - self.taken


@dataclass(frozen=True)
class WorkedRow:
    """One person's month in paid minutes.

    Parameters
    ----------
    planned, worked
        On the month's days, of all published shifts and of all confirmed ones.
    difference
        Worked less planned, of confirmed shifts alone.
    unconfirmed
        Published shifts up to today that nobody confirmed.
    confirmed_by
        Who confirmed any of the month's shifts.
    limited
        Minutes of overtime that count towards the month's limit.
    """

    code: str
    name: str
    planned: int
    worked: int
    difference: int
    unconfirmed: int
    confirmed_by: tuple[str, ...]
    overtime: Overtime
    annual_leave: AnnualLeave
    in_lieu: InLieu
    limited: int
    overtime_limit: int

    @property
    def over_limit(self) -> int:
        """Return by how many minutes the month's overtime is beyond its limit."""
        return max(0, self.limited - self.overtime_limit)


@dataclass(frozen=True)
class WorkedTime:
    """A home's month of worked time.

    Parameters
    ----------
    overtime_rule
        The document of the month's limit.
    counted, counted_rule
        The kinds of overtime that count towards it (:data:`OVERTIME_KINDS`), and the document.
    """

    code: str
    home: str
    month: date
    rows: tuple[WorkedRow, ...]
    overtime_rule: str
    counted: tuple[str, ...]
    counted_rule: str

    @property
    def counted_words(self) -> Sentence:
        """Say which hours count towards the month's limit, and by what."""
        named = [OVERTIME_KINDS[kind] for kind in self.counted]
        zh, en = "、".join(name[0] for name in named), ", ".join(name[1] for name in named)
        return Sentence(
            f"计入每月加班上限：{zh}（{self.counted_rule}）",
            f"counting towards the month's limit: {en} ({self.counted_rule})",
        )


def worked_time(session: Session, home: Home, month: date, policy: Policy) -> WorkedTime:
    """Return planned and worked time of a home's month, overtime and what is left of leave.

    Raises
    ------
    InvalidError
        If the month is out of bounds.
    payroll.UnknownFigure
        If a working-time figure is unknown for the home's county.
    """
    require_month(month)
    reading = _Reading(session, home, month, policy)
    staff = list_staff(session, home, reading.days[0], reading.days[-1])
    limit = policy.value("working_time.overtime.monthly_max_minutes", home.county, month)
    counted = policy.value("working_time.overtime.monthly_counted", home.county, month)
    return WorkedTime(
        code=home.code,
        home=home.name,
        month=month,
        rows=tuple(reading.row(member, int(limit.value), counted.value) for member in staff),
        overtime_rule=_rule(limit.document, limit.article),
        counted=tuple(counted.value),
        counted_rule=_rule(counted.document, counted.article),
    )


class _Reading:
    """What is on record of a home up to the end of a month, by person."""

    def __init__(self, session: Session, home: Home, month: date, policy: Policy) -> None:
        self.home, self.policy = home, policy
        self.days = days_of_month(month)
        self.law = working_time(policy, home.county, month)
        self.today = context.today(session)
        last = self.days[-1]
        self.year = date(month.year, 1, 1)
        until = (
            ConfirmedShift.home_id == home.id,
            ConfirmedShift.day.between(self.year - WEEK, last),
        )
        self.confirmed = _by_staff(session.scalars(select(ConfirmedShift).where(*until)))
        self.leave: dict[int, list[LeaveDay]] = defaultdict(list)
        taken = LeaveDay.home_id == home.id, LeaveDay.day.between(self.year, last)
        for item in session.scalars(select(LeaveDay).where(*taken)):
            self.leave[item.staff_id].append(item)
        kinds = {shift.code: shift_type(shift) for shift in list_shifts(session, home)}
        around = [self.days[0] - DAY, last]
        self.planned: dict[int, list[tuple[date, int, int]]] = defaultdict(list)
        for shift in session.scalars(on_days(WorkedShift, home.id, around)):
            kind = kinds.get(shift.shift_code)
            after = after_midnight(kind)
            paid = 0 if kind is None else kind.paid_minutes
            self.planned[shift.staff_id].append((shift.day, paid - after, after))

    def row(self, member: Staff, limit: int, counted: Sequence[str]) -> WorkedRow:
        """Return one person's month."""
        confirmed = self.confirmed.get(member.id, [])
        inside = [item for item in confirmed if item.day in set(self.days)]
        known = {item.day for item in confirmed}
        planned = [p for p in self.planned[member.id] if p[0] not in known]
        frozen = [
            (c.day, c.planned_minutes - c.planned_after_midnight, c.planned_after_midnight)
            for c in confirmed
        ]
        worked = [
            (c.day, c.minutes - c.minutes_after_midnight, c.minutes_after_midnight)
            for c in confirmed
        ]
        extra = overtime(member, self.law, worked)
        of_month = summed(extra[day] for day in self.days if day in extra)
        of_year = (found for day, found in extra.items() if day >= self.year)
        due = min(self.today, self.days[-1])
        return WorkedRow(
            code=member.code,
            name=member.person.name,
            planned=_inside(minutes_by_day([*planned, *frozen]), self.days),
            worked=_inside(minutes_by_day(worked), self.days),
            difference=sum(item.minutes - item.planned_minutes for item in inside),
            unconfirmed=sum(self.days[0] <= day <= due for day, *_ in planned),
            confirmed_by=tuple(sorted({item.confirmed_by for item in inside})),
            overtime=of_month,
            annual_leave=self._annual_leave(member),
            in_lieu=InLieu(
                earned=summed(of_year).rest_day // self.law.daily_minutes,
                taken=sum(IN_LIEU in item.kind for item in self.leave[member.id]),
            ),
            limited=of_month.of(counted),
            overtime_limit=limit,
        )

    def _annual_leave(self, member: Staff) -> AnnualLeave:
        last = self.days[-1]
        found = self.policy.value("leave.annual_days", self.home.county, last)
        since, calendar = member.working_since, self.law.calendar
        taken = [
            item.day
            for item in self.leave[member.id]
            if ANNUAL in item.kind and calendar.kind_of(item.day).works
        ]
        entitled = None if since is None else annual_days(found.value, since, last)
        return AnnualLeave(entitled, len(taken), _rule(found.document, found.article))


def annual_days(by_years: Mapping[int, int], since: date, on: date) -> int:
    """Return the days of annual leave after the whole years of work from a day up to another."""
    years = on.year - since.year - ((on.month, on.day) < (since.month, since.day))
    return max((days for least, days in by_years.items() if years >= int(least)), default=0)


def minutes_by_day(parts: Iterable[Part]) -> dict[date, int]:
    """Return minutes by calendar day from day, minutes of it, and minutes of the next day."""
    found: dict[date, int] = defaultdict(int)
    for day, on_it, after in parts:
        found[day] += on_it
        found[day + DAY] += after
    return {day: minutes for day, minutes in found.items() if minutes}


def overtime(member: Staff, law: WorkingTime, worked: Iterable[Part]) -> dict[date, Overtime]:
    """Return overtime by day, from shifts: day, minutes on it, minutes on the next day.

    Minutes on a statutory holiday are of that day and never beyond a day or week; the others of a
    shift are of the day on which it begins, as its day's work.
    """
    holiday: dict[date, int] = defaultdict(int)
    ordinary: dict[date, int] = defaultdict(int)
    for day, on_it, after in worked:
        for on, minutes in ((day, on_it), (day + DAY, after)):
            if on in law.statutory:
                holiday[on] += minutes
            else:
                ordinary[day] += minutes
    is_averaged = member.hours_system is HoursSystem.COMPREHENSIVE
    beyond = _beyond_the_month if is_averaged else _beyond_day_and_week
    found = beyond(member, law, dict(sorted(ordinary.items())))
    for day, minutes in holiday.items():
        found[day] = summed([found.get(day, Overtime()), Overtime(holiday=minutes)])
    return found


def _beyond_day_and_week(
    member: Staff, law: WorkingTime, ordinary: Mapping[date, int]
) -> dict[date, Overtime]:
    """Return what is beyond the normal day, and of the rest what is beyond the week so far.

    On standard hours a statutory holiday is a day off beside those of rest, so that it takes a
    normal day's room in its week, worked or not; a year has 248 workdays so (人社部发〔2025〕2号).
    """
    a_day, a_week = normal_day(member, law), weekly_limit(member, law)
    given_off = _holidays_by_week(member, law)
    found: dict[date, Overtime] = {}
    of_week: dict[date, int] = defaultdict(int)
    for day, minutes in ordinary.items():
        monday = day - timedelta(days=day.weekday())
        normal = minutes if a_day is None else min(minutes, a_day)
        room = normal if a_week is None else max(0, a_week - given_off[monday] - of_week[monday])
        of_week[monday] += normal
        found[day] = Overtime(workday=minutes - normal, rest_day=max(0, normal - room))
    return found


def _holidays_by_week(member: Staff, law: WorkingTime) -> dict[date, int]:
    """Return by Monday the normal minutes that the week's statutory holidays give off."""
    found: dict[date, int] = defaultdict(int)
    if member.hours_system is HoursSystem.STANDARD:
        share = min(member.weekly_minutes, law.weekly_minutes)
        for day in law.statutory:
            monday = day - timedelta(days=day.weekday())
            found[monday] += law.daily_minutes * share // law.weekly_minutes
    return found


def _beyond_the_month(
    member: Staff, law: WorkingTime, ordinary: Mapping[date, int]
) -> dict[date, Overtime]:
    """Return what is beyond the normal hours of each calendar month, on the days it is reached."""
    found: dict[date, Overtime] = {}
    of_month: dict[date, int] = defaultdict(int)
    for day, minutes in ordinary.items():
        first = day.replace(day=1)
        room = max(0, period_limit(member, law, days_of_month(first)) - of_month[first])
        of_month[first] += minutes
        found[day] = Overtime(workday=max(0, minutes - room))
    return found


def summed(parts: Iterable[Overtime]) -> Overtime:
    """Return the sum of overtime."""
    kept = list(parts)
    return Overtime(
        sum(part.workday for part in kept),
        sum(part.rest_day for part in kept),
        sum(part.holiday for part in kept),
    )


def _by_staff(items: Iterable[ConfirmedShift]) -> dict[int, list[ConfirmedShift]]:
    found: dict[int, list[ConfirmedShift]] = defaultdict(list)
    for item in items:
        found[item.staff_id].append(item)
    return found


def _inside(by_day: Mapping[date, int], days: Sequence[date]) -> int:
    return sum(by_day.get(day, 0) for day in days)


def _rule(document: str, article: str | None) -> str:
    return f"{document} {article}" if article else document
