"""A month's attendance marks as the days and hours the wage rules need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from payroll import Overtime, Policy
from rukang.attendance import Presence
from rukang.calendar import kind_of
from rukang.clock import days_of_month

MINUTES = 60

PAID = {
    Presence.PRESENT,
    Presence.ANNUAL_LEAVE,
    Presence.INJURY_LEAVE,
    # No figure for sick pay is on file; until an employer's own rule is, it is paid in full.
    Presence.SICK_LEAVE,
    Presence.HOLIDAY,
}
OWN_REASON = {Presence.PERSONAL_LEAVE, Presence.ABSENT}


@dataclass(frozen=True)
class Schedule:
    """The paid days of a month on standard hours: workdays and statutory holidays."""

    month: date
    scheduled: frozenset[date]
    statutory: frozenset[date]
    daily_hours: Decimal

    @property
    def days(self) -> list[date]:
        """Return every day of the month."""
        return days_of_month(self.month)


@dataclass(frozen=True)
class MonthDays:
    """One person's month: days for the wage rules, and scheduled days without any record."""

    scheduled: Decimal
    paid: Decimal
    unpaid: Decimal
    overtime: Overtime
    unrecorded: tuple[date, ...]


def schedule_of(policy: Policy, place: str, month: date) -> Schedule:
    """Return the paid days of a month at a place.

    Raises
    ------
    payroll.UnknownFigure
        If the statutory holidays of that year are not on file.
    """
    holidays = policy.value("working_time.holidays.statutory", place, month).value
    minutes = policy.value("working_time.daily_minutes", place, month).value
    days = days_of_month(month)
    statutory = frozenset(days) & frozenset(holidays)
    working = {day for day in days if kind_of(day).works}
    return Schedule(month, statutory | working, statutory, Decimal(minutes) / MINUTES)


def month_days(
    schedule: Schedule, marks: Mapping[date, Presence], first: date, last: date | None
) -> MonthDays:
    """Return the days of somebody employed from ``first`` to ``last`` (inclusive, None is open).

    A statutory holiday needs no mark. Any other scheduled day without a mark is not an absence
    but a gap in the records, and is named. A mark of presence on a day off is overtime of a
    whole day.
    """
    inside = [day for day in schedule.days if first <= day and (last is None or day <= last)]
    scheduled = [day for day in inside if day in schedule.scheduled]
    marked = {day: marks.get(day) for day in scheduled}
    paid = [day for day in scheduled if marked[day] in PAID or day in schedule.statutory]
    unpaid = [day for day in scheduled if marked[day] in OWN_REASON and day not in paid]
    return MonthDays(
        scheduled=Decimal(len(schedule.scheduled)),
        paid=Decimal(len(paid)),
        unpaid=Decimal(len(unpaid)),
        overtime=_overtime(schedule, marks, inside),
        unrecorded=tuple(day for day in scheduled if day not in paid and day not in unpaid),
    )


def _overtime(schedule: Schedule, marks: Mapping[date, Presence], inside: list[date]) -> Overtime:
    present = [day for day in inside if marks.get(day) is Presence.PRESENT]
    holidays = sum(day in schedule.statutory for day in present)
    rest_days = sum(day not in schedule.scheduled for day in present)
    return Overtime(
        rest_day_hours=schedule.daily_hours * rest_days,
        holiday_hours=schedule.daily_hours * holidays,
    )
