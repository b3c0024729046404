"""Fair shares: every unit above a person's share costs, up to the third more than the one before.

The excess over the share, over the share and a unit, and over the share and two units are priced
alike; together they cost the weight once, twice and three times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from rostering.forms.cells import granting
from rostering.forms.facts import Facts
from rostering.forms.shapes import AnyArray, Ends, Total
from rostering.forms.weekends import weekends
from rostering.parts import Fairness, FairOver, Measure
from rostering.rule import Rule

STEPS = range(3)


def fair_totals(facts: Facts) -> Iterator[Total]:
    """Share nights, work on holidays, minutes and refusals."""
    everyday = tuple(range(facts.problem.days))
    for item in facts.problem.fairness:
        for person, past, most in _shares(facts, item) if item.over != FairOver.WEEKENDS else ():
            amounts = _amounts(facts, item.over, person)
            for step in STEPS:
                high = most + step * item.unit
                given = (Rule.FAIRNESS, person, everyday, amounts, past, None, high)
                yield Total(*given, item.unit, item.weight)


def fair_weekends(facts: Facts) -> Iterator[Ends]:
    """Share weekends with work, by their days within the period."""
    blocks, none = weekends(facts), frozenset[int]()
    for item in facts.problem.fairness:
        for person, past, most in _shares(facts, item) if item.over == FairOver.WEEKENDS else ():
            for step in STEPS:
                given = (Rule.FAIRNESS, person, blocks, none, past, most + step)
                yield Ends(*given, item.weight)


def _shares(facts: Facts, item: Fairness) -> Iterator[tuple[int, int, int]]:
    """Return each sharer with their past load and their fair share, rounded up."""
    who = [person for person in facts.who(item.staff) if _may(facts, item.over, person)]
    names = [facts.problem.staff[person].id for person in who]
    parts = _parts(facts, item, who)
    load = sum(item.past.get(name, 0) for name in names) + _expected(facts, item.over)
    for name, part in zip(names, parts, strict=True):
        share = -(-load * part // sum(parts))
        yield facts.number[name], item.past.get(name, 0), share


def _may(facts: Facts, over: FairOver, person: int) -> bool:
    """Return whether somebody may have any of what is shared; wishes anybody may have.

    There has to be a cell for it that leave and bars leave open, on a day on which there is any.
    """
    if over is FairOver.REFUSALS:
        return True
    problem = facts.problem
    if over is FairOver.WEEKENDS and problem.staff[person].max_weekends == 0:
        return False
    fit = facts.fit[person] & (facts.nights if over is FairOver.NIGHTS else facts.work)
    cells = dict.fromkeys(_days(facts, over) or range(problem.days), fit)
    cells |= {i.day: frozenset() for i in problem.unavailable if facts.number[i.staff] == person}
    for bar in problem.forbidden:
        if facts.number[bar.staff] == person:
            cells[bar.day] = cells.get(bar.day, frozenset()) - {facts.symbol[bar.shift]}
    return any(cells.values())


def _days(facts: Facts, over: FairOver) -> set[int]:
    """Return the days of the period on which alone there is any of something."""
    match over:
        case FairOver.WEEKENDS:
            return {day for block in weekends(facts) for day in block}
        case FairOver.HOLIDAYS:
            return set(facts.problem.holidays) & set(range(facts.problem.days))
        case _:
            return set()


def _parts(facts: Facts, item: Fairness, who: list[int]) -> list[int]:
    """Return the part that each takes: as the rule says, of minutes else by contract."""
    people = [facts.problem.staff[person] for person in who]
    if item.over is FairOver.MINUTES and not item.shares:
        for contract in (
            [person.max_minutes for person in people],
            [person.max_month_minutes for person in people],
            [person.max_week_minutes for person in people],
        ):
            known = [minutes for minutes in contract if minutes]
            if len(known) == len(people):
                return known
    return [item.shares.get(person.id, 100) for person in people]


def _expected(facts: Facts, over: FairOver) -> int:
    """Return the load that the wanted cover of shift types gives."""
    wanted = _wanted(facts)
    shift = facts.problem.shift_by_id
    match over:
        case FairOver.NIGHTS:
            return sum(n for (_, name), n in wanted.items() if shift[name].is_night)
        case FairOver.MINUTES:
            return sum(n * shift[name].paid_minutes for (_, name), n in wanted.items())
        case FairOver.HOLIDAYS:
            return sum(_by_day(wanted)[day] for day in set(facts.problem.holidays))
        case FairOver.WEEKENDS:
            return sum(max(_by_day(wanted)[d] for d in days) for days in weekends(facts))
        case FairOver.REFUSALS:
            return 0


def _wanted(facts: Facts) -> dict[tuple[int, str], int]:
    """Return the heads wanted by day and shift type: of several requirements the largest."""
    wanted: dict[tuple[int, str], int] = defaultdict(int)
    for item in facts.problem.cover:
        if item.shift is not None:
            key = item.day, item.shift
            wanted[key] = max(wanted[key], item.wanted)
    return wanted


def _by_day(wanted: dict[tuple[int, str], int]) -> dict[int, int]:
    heads: dict[int, int] = defaultdict(int)
    for (day, _), count in wanted.items():
        heads[day] += count
    return heads


def _amounts(facts: Facts, over: FairOver, person: int) -> AnyArray:
    """Return what each symbol of each day adds to a person's load, days × symbols."""
    match over:
        case FairOver.NIGHTS:
            return facts.table(facts.amounts(Measure.ASSIGNMENTS, person, facts.nights))
        case FairOver.MINUTES:
            return facts.table(facts.amounts(Measure.MINUTES, person, facts.work))
        case FairOver.REFUSALS:
            return _refusals(facts, person)
        case _:
            worked = facts.table(facts.amounts(Measure.ASSIGNMENTS, person, facts.work))
            days = np.zeros((facts.problem.days, 1), np.int64)
            days[[day for day in facts.problem.holidays if day < len(days)]] = 1
            return worked * days


def _refusals(facts: Facts, person: int) -> AnyArray:
    refused = np.zeros((facts.problem.days, len(facts.every)), np.int64)
    for item in facts.problem.requests:
        if facts.number[item.staff] == person:
            refused[item.day, sorted(facts.every - granting(facts, item))] += 1
    return refused
