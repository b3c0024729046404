"""Working-time law for a home, read from the dated rule base."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payroll.policy import Policy, UnknownFigure
from rukang.base.calendar import STATUTORY, Calendar, fixed_by_law

WEEK_DAYS = 7


@dataclass(frozen=True)
class WorkingTime:
    """The figures of the law at a place on a day: minutes and days, and the year's holidays.

    Parameters
    ----------
    statutory
        Holidays of the year on which work pays 300 %; those fixed by law while the calendar of the
        year is provisional.
    calendar
        Which days are working days.
    """

    daily_minutes: int
    weekly_minutes: int
    weekly_rest_days: int
    part_time_daily_minutes: int
    part_time_weekly_minutes: int
    statutory: frozenset[date]
    calendar: Calendar

    @property
    def longest_run(self) -> int:
        """Return how many days may be worked running if each seven hold their rest days."""
        return WEEK_DAYS - self.weekly_rest_days


def working_time(policy: Policy, place: str, on: date) -> WorkingTime:
    """Return the working-time figures at a place on a day.

    Raises
    ------
    payroll.UnknownFigure
        If the rule base has no figure for the place and day.
    """

    def figure(name: str) -> int:
        return int(policy.value(f"working_time.{name}", place, on).value)

    return WorkingTime(
        daily_minutes=figure("daily_minutes"),
        weekly_minutes=figure("weekly_minutes"),
        weekly_rest_days=figure("weekly_rest_days"),
        part_time_daily_minutes=figure("part_time.daily_minutes"),
        part_time_weekly_minutes=figure("part_time.weekly_minutes"),
        statutory=_statutory(policy, place, on),
        calendar=Calendar.of(policy),
    )


def _statutory(policy: Policy, place: str, on: date) -> frozenset[date]:
    """Return a year's statutory holidays: the figure, or what law fixes until there is one.

    A roster may be made before the year's notice; wages wait for it.
    """
    try:
        return frozenset(policy.value(STATUTORY, place, on).value)
    except UnknownFigure:
        if not Calendar.of(policy).is_provisional(on):
            raise
        return frozenset(fixed_by_law(on.year))
