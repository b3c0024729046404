"""A month's attendance marks as the days and hours the wage rules need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from payroll import Leave, LeaveKind, Overtime, Policy
from rukang.attendance import HoursWorked, Presence
from rukang.calendar import kind_of
from rukang.clock import days_of_month

MINUTES = 60

LEAVE = {
    Presence.ANNUAL_LEAVE: LeaveKind.ANNUAL,
    Presence.MARRIAGE_LEAVE: LeaveKind.MARRIAGE,
    Presence.BEREAVEMENT_LEAVE: LeaveKind.BEREAVEMENT,
    Presence.INJURY_LEAVE: LeaveKind.INJURY,
    Presence.IN_LIEU: LeaveKind.IN_LIEU,
    Presence.SICK_LEAVE: LeaveKind.SICK,
    Presence.MATERNITY_LEAVE: LeaveKind.MATERNITY,
}
AT_A_SHARE = {Presence.SICK_LEAVE, Presence.MATERNITY_LEAVE}
"""Leave with pay of its own: by the employer's rule, or from the insurance."""
PAID = {Presence.PRESENT, Presence.HOLIDAY, *LEAVE} - AT_A_SHARE
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
    leave: tuple[Leave, ...]
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
    schedule: Schedule,
    marks: Mapping[date, Presence],
    first: date,
    last: date | None,
    *,
    hours: Sequence[HoursWorked] = (),
    sick_pay_in_full: bool = True,
) -> MonthDays:
    """Return the days of somebody employed from ``first`` to ``last`` (inclusive, None is open).

    A statutory holiday needs no mark. Any other scheduled day without a mark is not an absence
    but a gap in the records, and is named. A mark of presence on a day off is overtime of a
    whole day, unless ``hours`` say how long it was.

    Parameters
    ----------
    sick_pay_in_full
        No figure for sick pay is on file: where the employer has no rule of its own, days of
        sick leave are paid ones.
    """
    inside = [day for day in schedule.days if first <= day and (last is None or day <= last)]
    scheduled = [day for day in inside if day in schedule.scheduled]
    marked = {day: marks.get(day) for day in scheduled if day not in schedule.statutory}
    in_full = PAID | ({Presence.SICK_LEAVE} if sick_pay_in_full else set())
    known = in_full | AT_A_SHARE | OWN_REASON
    return MonthDays(
        scheduled=Decimal(len(schedule.scheduled)),
        paid=Decimal(len(scheduled) - sum(mark not in in_full for mark in marked.values())),
        unpaid=Decimal(sum(mark in OWN_REASON for mark in marked.values())),
        leave=tuple(
            Leave(kind=LEAVE[mark], days=Decimal(days))
            for mark in sorted(AT_A_SHARE - in_full)
            if (days := sum(found is mark for found in marked.values()))
        ),
        overtime=_overtime(schedule, marks, hours, inside),
        unrecorded=tuple(day for day, mark in marked.items() if mark not in known),
    )


def _overtime(
    schedule: Schedule,
    marks: Mapping[date, Presence],
    hours: Sequence[HoursWorked],
    inside: list[date],
) -> Overtime:
    """Return the hours beyond normal time, as they were entered or whole days off worked."""
    extra: dict[str, Decimal] = defaultdict(Decimal)
    for of in hours:
        extra[_kind_of_overtime(schedule, of.day)] += of.overtime
        extra["lieu_hours"] += of.lieu
    entered = {of.day for of in hours}
    for day in inside:
        worked_off = marks.get(day) is Presence.PRESENT and _is_off(schedule, day)
        if worked_off and day not in entered:
            extra[_kind_of_overtime(schedule, day)] += schedule.daily_hours
    return Overtime(**extra)


def _is_off(schedule: Schedule, day: date) -> bool:
    return day in schedule.statutory or day not in schedule.scheduled


def _kind_of_overtime(schedule: Schedule, day: date) -> str:
    if day in schedule.statutory:
        return "holiday_hours"
    return "workday_hours" if day in schedule.scheduled else "rest_day_hours"
