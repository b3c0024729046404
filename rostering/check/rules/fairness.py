"""Who has more than their fair share, over the period and the year so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from rostering.check.breach import Breach, hours
from rostering.check.facts import Facts
from rostering.check.rules.wishes import is_granted
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
        sharers = [
            one for one in facts.bound(rule.staff) if may_have(facts.problem, one, rule.over)
        ]
        if not sharers:
            continue
        part_of = contracts(sharers, rule)
        whole = sum(rule.past.get(person.id, 0) for person in sharers)
        whole += expected(facts, rule.over)
        parts = sum(part_of.values())
        for person in sharers:
            share = -(-whole * part_of[person.id] // parts)
            yield from _above(facts, rule, person, share)


def may_have(problem: Problem, person: Staff, over: FairOver) -> bool:
    """Return whether a roster could give somebody any of it: only such people are compared.

    Whoever is on leave on every day on which there is any cannot; if there is no such day at all,
    being fit is enough.
    """
    if over is FairOver.REFUSALS:
        return True
    if over is FairOver.WEEKENDS and person.max_weekends == 0:
        return False
    kinds = (kind for kind in problem.shift_types if kind.is_night or over is not FairOver.NIGHTS)
    fit = [kind.id for kind in kinds if problem.may_work(person, kind)]
    away = {item.day for item in problem.unavailable if item.staff == person.id}
    barred = {(item.day, item.shift) for item in problem.forbidden if item.staff == person.id}
    days = [day for day in _days(problem, over) if day not in away]
    return any((day, kind) not in barred for day in days for kind in fit)


def _days(problem: Problem, over: FairOver) -> list[int]:
    """Return the days on which there is any of it; all days if there are none."""
    everyday = list(range(problem.days))
    match over:
        case FairOver.WEEKENDS:
            return problem.rest_days() or everyday
        case FairOver.HOLIDAYS:
            return [day for day in everyday if day in problem.holidays] or everyday
        case _:
            return everyday


def contracts(sharers: list[Staff], rule: Fairness) -> dict[str, int]:
    """Return by person the part they take; hours by the contract, if everybody has such a limit."""
    if rule.over is FairOver.MINUTES and not rule.shares:
        for field in ("max_minutes", "max_month_minutes", "max_week_minutes"):
            limits = {person.id: getattr(person, field) for person in sharers}
            if all(limits.values()):
                return limits
    return {person.id: rule.shares.get(person.id, FULL) for person in sharers}


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
