"""What a contract and the law allow one person in a month's roster."""

from __future__ import annotations

from datetime import date

import rostering
from rukang.base.spans import holds
from rukang.bodies.homes import Home
from rukang.people import HoursSystem, Sex, Staff
from rukang.rosters.law.working_time import WorkingTime

SEXES = {Sex.FEMALE: rostering.Sex.FEMALE, Sex.MALE: rostering.Sex.MALE}

LEAST_SHARE = 80
"""Per cent of the period's minutes, leave taken off, that everybody is given at least.

A contract pays a full month; the rest is left to the solver, which would otherwise give some
people nothing."""


def terms_of(
    member: Staff,
    law: WorkingTime,
    home: Home,
    days: list[date],
    off: set[date],
) -> rostering.Staff:
    """Return a contract as the limits of the roster problem.

    Parameters
    ----------
    off
        Days on which the person may not be asked to work; they lower the least hours.
    """
    normal = normal_day(member, law)
    most = period_limit(member, law, days)
    free = [day for day in days if day not in off]
    return rostering.Staff(
        id=member.code,
        name=member.person.name,
        skills=frozenset(member.skills),
        sex=SEXES[member.person.sex],
        min_minutes=min(most, period_limit(member, law, free)) * LEAST_SHARE // 100,
        max_minutes=most,
        max_week_minutes=weekly_limit(member, law),
        max_consecutive_days=min(member.max_consecutive_days, law.longest_run),
        max_weekends=member.max_weekends,
        min_rest_minutes=home.rest_minutes,
        day_minutes=normal,
        max_day_overtime=None if normal is None else 0,  # no overtime is planned ahead
        is_protected=member.protected,
        no_night=not member.night_allowed,
    )


def weekly_limit(member: Staff, law: WorkingTime) -> int | None:
    """Return the most minutes in one calendar week, or None where only the period counts.

    Standard hours may not exceed the law's week; comprehensive hours are averaged over the period
    (劳部发〔1994〕503号).
    """
    match member.hours_system:
        case HoursSystem.STANDARD:
            return min(member.weekly_minutes, law.weekly_minutes)
        case HoursSystem.PART_TIME:
            return min(member.weekly_minutes, law.part_time_weekly_minutes)
        case HoursSystem.COMPREHENSIVE:
            return None


def period_limit(member: Staff, law: WorkingTime, days: list[date]) -> int:
    """Return the most minutes over the days given.

    As many workdays of the calendar as the contract covers, at the contract's share of the week.
    """
    inside = [day for day in days if under_contract(member, day)]
    share = min(member.weekly_minutes, law.weekly_minutes)
    return law.calendar.workdays(inside) * law.daily_minutes * share // law.weekly_minutes


def normal_day(member: Staff, law: WorkingTime) -> int | None:
    """Return the paid minutes of a day beyond which there is overtime.

    None where a day may be longer and only the period counts; not for the protected, who do no
    overtime on any day (女职工劳动保护特别规定 art. 6 and 9).
    """
    match member.hours_system:
        case HoursSystem.STANDARD:
            return law.daily_minutes
        case HoursSystem.PART_TIME:
            return law.part_time_daily_minutes
        case HoursSystem.COMPREHENSIVE:
            return law.daily_minutes if member.protected else None


def under_contract(member: Staff, day: date) -> bool:
    """Return whether the contract holds on a day."""
    return holds(member.contract_from, member.contract_to, day)
