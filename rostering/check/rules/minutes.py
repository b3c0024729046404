"""Limits of a person on paid minutes and overtime: of the period, of weeks, months and days."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.check.breach import Breach, hours
from rostering.check.facts import Facts
from rostering.parts import ShiftType, Staff
from rostering.rule import Rule


def overtime(person: Staff, kind: ShiftType) -> int:
    """Return the minutes of a shift beyond the person's contract day; 0 if they have none."""
    if person.day_minutes is None:
        return 0
    return max(0, kind.paid_minutes - person.day_minutes)


def minutes(facts: Facts) -> Iterator[Breach]:
    """Find totals of paid minutes outside the person's limits of the period."""
    for person in facts.problem.staff:
        total = sum(kind.paid_minutes for _, kind in facts.worked[person.id])
        least, most = person.min_minutes, person.max_minutes
        if total < least:
            said = (
                f"周期工时 {hours(total)} 小时，少于 {hours(least)} 小时",
                f"{hours(total)} h in the period, at least {hours(least)} h due",
            )
            yield facts.breach(Rule.MIN_MINUTES, person.id, None, least - total, said)
        if most is not None and total > most:
            said = (
                f"周期工时 {hours(total)} 小时，超过 {hours(most)} 小时",
                f"{hours(total)} h in the period, at most {hours(most)} h allowed",
            )
            yield facts.breach(Rule.MAX_MINUTES, person.id, None, total - most, said)


def week_minutes(facts: Facts) -> Iterator[Breach]:
    """Find calendar weeks with more paid minutes than the person may work, past days included."""
    for person in facts.problem.staff:
        most = person.max_week_minutes
        for week in facts.problem.weeks() if most is not None else ():
            total = _paid(facts, person, week)
            if most is not None and total > most:
                said = (
                    f"所在周工时 {hours(total)} 小时，超过 {hours(most)} 小时",
                    f"{hours(total)} h in this week, at most {hours(most)} h allowed",
                )
                day = max(week[0], 0)
                yield facts.breach(Rule.WEEK_MINUTES, person.id, day, total - most, said)


def month_minutes(facts: Facts) -> Iterator[Breach]:
    """Find calendar months with more paid minutes than the person may work, past days included."""
    for person in facts.problem.staff:
        most = person.max_month_minutes
        for month in facts.problem.months() if most is not None else ():
            total = _paid(facts, person, month)
            if most is not None and total > most:
                said = (
                    f"所在月工时 {hours(total)} 小时，超过 {hours(most)} 小时",
                    f"{hours(total)} h in this month, at most {hours(most)} h allowed",
                )
                day = max(month[0], 0)
                yield facts.breach(Rule.MONTH_MINUTES, person.id, day, total - most, said)


def day_overtime(facts: Facts) -> Iterator[Breach]:
    """Find shifts with more overtime than a day of the person may have."""
    for person in facts.problem.staff:
        most = person.max_day_overtime
        for day, kind in facts.worked[person.id] if most is not None else ():
            extra = overtime(person, kind)
            if most is not None and extra > most:
                said = (
                    f"{facts.label(kind.id)}加班 {hours(extra)} 小时，每日最多 {hours(most)} 小时",
                    f"{hours(extra)} h of overtime in {kind.id}, at most {hours(most)} h a day",
                )
                yield facts.breach(
                    Rule.DAY_OVERTIME, person.id, day, extra - most, said, shift=kind.id
                )


def month_overtime(facts: Facts) -> Iterator[Breach]:
    """Find calendar months with more overtime than the person may work, past days included."""
    for person in facts.problem.staff:
        most = person.max_month_overtime
        for month in facts.problem.months() if most is not None else ():
            kinds = [facts.kind(person.id, day) for day in month]
            total = sum(overtime(person, kind) for kind in kinds if kind is not None)
            if most is not None and total > most:
                said = (
                    f"所在月加班 {hours(total)} 小时，最多 {hours(most)} 小时",
                    f"{hours(total)} h of overtime in this month, at most {hours(most)} h",
                )
                day = max(month[0], 0)
                yield facts.breach(Rule.MONTH_OVERTIME, person.id, day, total - most, said)


def _paid(facts: Facts, person: Staff, days: range) -> int:
    kinds = (facts.kind(person.id, day) for day in days)
    return sum(kind.paid_minutes for kind in kinds if kind is not None)
