"""Weekends of a person: how many, how many in a row, and whether whole."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.check.breach import HARD, About, Breach, many
from rostering.check.facts import Facts, Weekend
from rostering.parts import Staff, WeekendLimit
from rostering.rule import Rule


def max_weekends(facts: Facts) -> Iterator[Breach]:
    """Find more worked weekends than the person's own limit."""
    ends = facts.weekends
    for person in facts.problem.staff:
        yield from _too_many(facts, ends, person, person.max_weekends, HARD)


def weekends(facts: Facts) -> Iterator[Breach]:
    """Find what weekend limits forbid or price."""
    ends = facts.weekends
    for number, limit in enumerate(facts.problem.weekend_limits):
        about: About = {"weight": limit.weight, "where": ("weekend_limits", number)}
        for person in facts.bound(limit.staff):
            before = limit.past.get(person.id, 0)
            yield from _too_many(facts, ends, person, limit.maximum, about, before)
            yield from _too_many_running(facts, ends, person, limit, about)
            yield from _incomplete(facts, ends, person, limit, about)


def _is_worked(facts: Facts, person: Staff, end: Weekend) -> bool:
    return any(facts.known[person.id].get(day) is not None for day in end)


def _too_many(
    facts: Facts,
    ends: list[Weekend],
    person: Staff,
    most: int | None,
    about: About,
    before: int = 0,
) -> Iterator[Breach]:
    """Find more weekends than the limit, those before the period included."""
    if most is None:
        return
    count = before + sum(end[-1] >= 0 and _is_worked(facts, person, end) for end in ends)
    if count > most:
        said = (
            f"{count} 个周末上班，上限 {most} 个",
            f"{many(count, 'weekend')} worked, limit {most}",
        )
        yield facts.breach(Rule.WEEKENDS, person.id, None, count - most, said, **about)


def _too_many_running(
    facts: Facts, ends: list[Weekend], person: Staff, limit: WeekendLimit, about: About
) -> Iterator[Breach]:
    most, running = limit.max_consecutive, 0
    for end in ends:
        running = running + 1 if _is_worked(facts, person, end) else 0
        if most is not None and running > most and end[-1] >= 0:
            said = (
                f"连续第 {running} 个周末上班，最多连续 {most} 个",
                f"{many(running, 'weekend')} worked in a row by then, at most {most}",
            )
            yield facts.breach(
                Rule.CONSECUTIVE_WEEKENDS, person.id, max(end[0], 0), 1, said, **about
            )


def _incomplete(
    facts: Facts, ends: list[Weekend], person: Staff, limit: WeekendLimit, about: About
) -> Iterator[Breach]:
    known = facts.known[person.id]
    for end in ends if limit.complete else ():
        if len(end) < 2 or end[-1] < 0 or end[0] not in known:
            continue
        saturday, sunday = (known[day] is not None for day in end)
        if saturday != sunday:
            said = (
                f"周末只在{'周六' if saturday else '周日'}上班，应两天都上或都不上",
                f"works {'Saturday' if saturday else 'Sunday'} only: both days or neither",
            )
            yield facts.breach(Rule.COMPLETE_WEEKENDS, person.id, max(end[0], 0), 1, said, **about)
