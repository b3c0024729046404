"""Working-time law for a home, read from the dated rule base (policy section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payroll.policy import Policy, Resolved
from rukang.calendar import workdays
from rukang.people import HoursSystem, Staff

WEEK_DAYS = 7


@dataclass(frozen=True)
class WorkingTime:
    """The figures of the law at a place on a day; minutes and days."""

    daily_minutes: int
    weekly_minutes: int
    weekly_rest_days: int
    part_time_daily_minutes: int
    part_time_weekly_minutes: int
    sources: tuple[Resolved, ...]

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
    figures = [
        policy.value(f"working_time.{name}", place, on)
        for name in (
            "daily_minutes",
            "weekly_minutes",
            "weekly_rest_days",
            "part_time.daily_minutes",
            "part_time.weekly_minutes",
        )
    ]
    return WorkingTime(*(int(figure.value) for figure in figures), sources=tuple(figures))


def weekly_limit(member: Staff, law: WorkingTime) -> int | None:
    """Return the most minutes in one calendar week, or None where only the period counts.

    Standard hours may not exceed the law's week (no overtime is planned ahead); comprehensive
    hours are averaged over the period (劳部发〔1994〕503号).
    """
    match member.hours_system:
        case HoursSystem.STANDARD:
            return min(member.weekly_minutes, law.weekly_minutes)
        case HoursSystem.PART_TIME:
            return min(member.weekly_minutes, law.part_time_weekly_minutes)
        case HoursSystem.COMPREHENSIVE:
            return None


def period_limit(member: Staff, law: WorkingTime, days: list[date]) -> int:
    """Return the most minutes over the days given, inclusive of nothing outside the contract.

    As many workdays of the calendar as the contract covers, at the contract's share of the week.
    """
    inside = [day for day in days if _under_contract(member, day)]
    share = min(member.weekly_minutes, law.weekly_minutes)
    return workdays(inside) * law.daily_minutes * share // law.weekly_minutes


def longest_shift(member: Staff, law: WorkingTime) -> int | None:
    """Return the longest shift in paid minutes that may be planned, or None for no limit."""
    match member.hours_system:
        case HoursSystem.STANDARD:
            return law.daily_minutes
        case HoursSystem.PART_TIME:
            return law.part_time_daily_minutes
        case HoursSystem.COMPREHENSIVE:
            return law.daily_minutes if member.protected else None


def _under_contract(member: Staff, day: date) -> bool:
    return member.contract_from <= day and (member.contract_to is None or day <= member.contract_to)
