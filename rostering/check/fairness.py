"""Who has more than their fair share, over the period and the year so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from rostering.check.breach import Breach, hours
from rostering.check.facts import Facts
from rostering.check.wishes import is_granted
from rostering.parts import Fairness, FairOver, Staff
from rostering.problem import Problem
from rostering.rule import Rule

FULL = 100
"""The share of a person who is not named; any number would do, this one reads as per cent."""

STEPS = 3
"""From this unit on, every unit above the share costs the same: so many times the weight."""

NAMES = {
    FairOver.NIGHTS: ("夜班", "nights"),
    FairOver.WEEKENDS: ("周末班", "weekends"),
    FairOver.HOLIDAYS: ("节假日班", "holiday shifts"),
    FairOver.MINUTES: ("工时", "paid hours"),
    FairOver.REFUSALS: ("未满足的意愿", "refused requests"),
}


def fairness(facts: Facts) -> Iterator[Breach]:
    """Price what people have above their fair share, by steps that grow dearer."""
    for rule in facts.problem.fairness:
        sharers = facts.bound(rule.staff)
        whole = sum(rule.past.get(person.id, 0) for person in sharers)
        whole += expected(facts, rule.over)
        parts = sum(rule.shares.get(person.id, FULL) for person in sharers)
        for person in sharers:
            share = -(-whole * rule.shares.get(person.id, FULL) // parts)
            yield from _above(facts, rule, person, share)


def _above(facts: Facts, rule: Fairness, person: Staff, share: int) -> Iterator[Breach]:
    before = rule.past.get(person.id, 0)
    load = before + given(facts, rule.over, person)
    unit = 1 if rule.over is FairOver.WEEKENDS else rule.unit
    units = -(-(load - share) // unit)
    if units > 0:
        said = _said(rule, load, before, share)
        found = facts.breach(Rule.FAIRNESS, person.id, None, units, said)
        yield replace(found, cost=rule.weight * steps(units))


def steps(units: int) -> int:
    """Return how often units above a share are paid: 1, 2, 3, 3, … for each, in all."""
    if units < STEPS:
        return units * (units + 1) // 2
    return STEPS * (STEPS + 1) // 2 + STEPS * (units - STEPS)


def given(facts: Facts, over: FairOver, person: Staff) -> int:
    """Return the load that a roster gives to a person on the days of the period."""
    worked = facts.worked[person.id]
    match over:
        case FairOver.NIGHTS:
            return sum(kind.is_night for _, kind in worked)
        case FairOver.WEEKENDS:
            days = {day for day, _ in worked}
            return sum(not days.isdisjoint(end) for end in facts.weekends)
        case FairOver.HOLIDAYS:
            return sum(day in facts.problem.holidays for day, _ in worked)
        case FairOver.MINUTES:
            return sum(kind.paid_minutes for _, kind in worked)
        case FairOver.REFUSALS:
            wishes = (item for item in facts.problem.requests if item.staff == person.id)
            return sum(not is_granted(facts, item, item.day) for item in wishes)


def expected(facts: Facts, over: FairOver) -> int:
    """Return the load that the cover of shift types is known to bring."""
    wanted = _wanted(facts.problem)
    kinds = facts.problem.shift_by_id
    match over:
        case FairOver.NIGHTS:
            return sum(heads for (_, shift), heads in wanted.items() if kinds[shift].is_night)
        case FairOver.WEEKENDS:
            of_day: dict[int, int] = defaultdict(int)
            for (day, _), heads in wanted.items():
                of_day[day] += heads
            return sum(max(of_day.get(day, 0) for day in end) for end in facts.weekends)
        case FairOver.HOLIDAYS:
            return sum(n for (day, _), n in wanted.items() if day in facts.problem.holidays)
        case FairOver.MINUTES:
            return sum(heads * kinds[shift].paid_minutes for (_, shift), heads in wanted.items())
        case FairOver.REFUSALS:
            return 0


def _wanted(problem: Problem) -> dict[tuple[int, str], int]:
    """Return the heads wanted by day and shift type: those with a skill are heads of it as well."""
    found: dict[tuple[int, str], int] = {}
    for item in problem.cover:
        if item.shift is not None:
            key = item.day, item.shift
            found[key] = max(found.get(key, 0), item.wanted)
    return found


def _said(rule: Fairness, load: int, before: int, share: int) -> tuple[str, str]:
    zh, en = NAMES[rule.over]
    in_hours = rule.over is FairOver.MINUTES
    has, had, fair = (hours(n) if in_hours else str(n) for n in (load, before, share))
    return (
        f"{zh}累计 {has}（此前 {had}），公平份额 {fair}",
        f"{has} {en} so far, {had} of them before; the fair share is {fair}",
    )
