"""A month's attendance marks as the days and hours the wage rules need."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from payroll import Leave, LeaveKind, Overtime, Policy
from payroll.policy import Name
from rukang.base.calendar import STATUTORY, Calendar
from rukang.base.clock import days_of_month
from rukang.base.errors import InvalidError
from rukang.care.attendance import HALVES, DayMarks, Half, HoursWorked, Presence, in_days

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
AS_IF_WORKED = LEAVE.keys() - AT_A_SHARE - {Presence.IN_LIEU}
"""Leave on full pay; a day in lieu is not, its pay was earned on the day off that was worked."""
OWN_REASON = {Presence.PERSONAL_LEAVE, Presence.ABSENT}
SPENT = PAID | AT_A_SHARE | OWN_REASON
"""The marks that say how scheduled time was spent; rest on a workday says nothing."""


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
class Gap:
    """A scheduled day without a record of how it was spent, or only one half of it."""

    day: date
    half: Half | None = None

    @property
    def name(self) -> Name:
        """Return the day, and the half, in words."""
        zh, en = f"{self.day.month}月{self.day.day}日", self.day.isoformat()
        if self.half is None:
            return Name(zh=zh, en=en)
        return Name(zh=f"{zh}{self.half}", en=f"{en} ({self.half.en})")


@dataclass(frozen=True)
class MonthDays:
    """One person's month: days for the wage rules, and what of it has no record."""

    scheduled: Decimal
    paid: Decimal
    unpaid: Decimal
    leave: tuple[Leave, ...]
    overtime: Overtime
    unrecorded: tuple[Gap, ...]


def schedule_of(policy: Policy, place: str, month: date) -> Schedule:
    """Return the paid days of a month at a place.

    Raises
    ------
    InvalidError
        If the days off of that year are not arranged yet: wages wait for them.
    payroll.UnknownFigure
        If the statutory holidays of that year are not on file.
    """
    calendar = Calendar.of(policy)
    if calendar.is_provisional(month):
        raise InvalidError(
            f"{month.year} 年的放假安排还没有收录，{month:%Y-%m} 的工资要等它。国务院公布后，请用"
            f" `rukang calendar supply --year {month.year}` 按通知填入。",
            f"The days off of {month.year} are not on file yet and the wages of {month:%Y-%m} wait"
            " for them. Once the State Council has published them, enter them with"
            f" `rukang calendar supply --year {month.year}`.",
        )
    holidays = policy.value(STATUTORY, place, month).value
    minutes = policy.value("working_time.daily_minutes", place, month).value
    days = days_of_month(month)
    statutory = frozenset(days) & frozenset(holidays)
    working = {day for day in days if calendar.kind_of(day).works}
    return Schedule(month, statutory | working, statutory, Decimal(minutes) / MINUTES)


def month_days(
    schedule: Schedule,
    marks: Mapping[date, DayMarks],
    first: date,
    last: date | None,
    *,
    hours: Sequence[HoursWorked] = (),
    sick_pay_in_full: bool = True,
    by_pieces: bool = False,
) -> MonthDays:
    """Return the days of somebody employed from ``first`` to ``last`` (inclusive, None is open).

    Each half of a day counts by its own mark. A statutory holiday needs no mark. Any other
    scheduled day without a mark is not an absence but a gap in the records, and is named. A mark
    of presence on a day off is overtime of a whole day, or of half of one, unless ``hours`` say
    how long it was; other marks on a day off neither pay nor cost.

    Parameters
    ----------
    sick_pay_in_full
        No figure for sick pay is on file: where the employer has no rule of its own, days of
        sick leave are paid ones.
    by_pieces
        That there is no wage by time: then paid leave is named too, as nothing pays for it.
    """
    inside = [day for day in schedule.days if first <= day and (last is None or day <= last)]
    scheduled = [day for day in inside if day in schedule.scheduled]
    asked = [day for day in scheduled if day not in schedule.statutory]
    halves = Counter(mark for day in asked if day in marks for _, mark in marks[day].halves)
    in_full = PAID | ({Presence.SICK_LEAVE} if sick_pay_in_full else set())

    def days_of(*kinds: Presence) -> Decimal:
        return in_days(sum(halves[mark] for mark in kinds))

    return MonthDays(
        scheduled=Decimal(len(schedule.scheduled)),
        paid=len(scheduled) - len(asked) + days_of(*in_full),
        unpaid=days_of(*OWN_REASON),
        leave=tuple(
            Leave(kind=LEAVE[mark], days=days_of(mark))
            for mark in sorted((AT_A_SHARE - in_full) | (AS_IF_WORKED if by_pieces else set()))
            if halves[mark]
        ),
        overtime=_overtime(schedule, marks, hours, inside),
        unrecorded=tuple(gap for day in asked for gap in _gaps(day, marks.get(day))),
    )


def _gaps(day: date, marks: DayMarks | None) -> list[Gap]:
    """Return what of a scheduled day is neither worked, nor leave, nor missed."""
    halves = [half for half, mark in marks.halves if mark not in SPENT] if marks else list(Half)
    return [Gap(day)] if len(halves) == HALVES else [Gap(day, half) for half in halves]


def _overtime(
    schedule: Schedule,
    marks: Mapping[date, DayMarks],
    hours: Sequence[HoursWorked],
    inside: list[date],
) -> Overtime:
    """Return the hours beyond normal time, as they were entered or by the halves of days off."""
    extra: dict[str, Decimal] = defaultdict(Decimal)
    for of in hours:
        extra[_kind_of_overtime(schedule, of.day)] += of.overtime
        extra["lieu_hours"] += of.lieu
    entered = {of.day for of in hours}
    for day in inside:
        if day in marks and day not in entered and _is_off(schedule, day):
            worked = marks[day].count(Presence.PRESENT)
            extra[_kind_of_overtime(schedule, day)] += schedule.daily_hours * worked / HALVES
    return Overtime(**extra)


def _is_off(schedule: Schedule, day: date) -> bool:
    return day in schedule.statutory or day not in schedule.scheduled


def _kind_of_overtime(schedule: Schedule, day: date) -> str:
    if day in schedule.statutory:
        return "holiday_hours"
    return "workday_hours" if day in schedule.scheduled else "rest_day_hours"
