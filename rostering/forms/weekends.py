"""Weekends: how many, how many in a row, and whether whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from rostering.forms.facts import Facts
from rostering.forms.shapes import Chain, Ends
from rostering.rule import Rule

Blocks = tuple[tuple[int, ...], ...]

SATURDAY = 5


def most_weekends(facts: Facts) -> Iterator[Ends]:
    """Limit the weekends that people work, as they themselves and as the limits say."""
    blocks = weekends(facts)
    limits: list[tuple[tuple[int, ...], int | None, int | None, Mapping[str, int]]] = [
        ((number,), person.max_weekends, None, {})
        for number, person in enumerate(facts.problem.staff)
    ]
    limits += [
        (facts.who(item.staff), item.maximum, item.weight, item.past)
        for item in facts.problem.weekend_limits
    ]
    for staff, most, weight, past in limits:
        for person in staff if most is not None else ():
            worked = _begun(facts, person, blocks)
            base = past.get(facts.problem.staff[person].id, 0)
            yield Ends(Rule.WEEKENDS, person, blocks, worked, base, most or 0, weight)


def consecutive_weekends(facts: Facts) -> Iterator[Chain]:
    """Limit weekends worked in a row; those of the history count."""
    for item in facts.problem.weekend_limits:
        if item.max_consecutive is not None:
            for person in facts.who(item.staff):
                blocks, most = _known(facts, person), item.max_consecutive
                yield Chain(Rule.CONSECUTIVE_WEEKENDS, person, blocks, most, item.weight)


def complete_weekends(facts: Facts) -> Iterator[Chain]:
    """Ask for both days of a weekend or neither."""
    for item in facts.problem.weekend_limits:
        for person in facts.who(item.staff) if item.complete else ():
            known = _known(facts, person)
            pairs = tuple(days for days in known if len(days) == 2 and days[1] >= 0)
            yield Chain(Rule.COMPLETE_WEEKENDS, person, pairs, None, item.weight)


def weekends(facts: Facts) -> Blocks:
    """Return the weekends of the period."""
    return tuple(map(tuple, facts.problem.weekends()))


def _begun(facts: Facts, person: int, blocks: Blocks) -> frozenset[int]:
    """Return the weekends, by number, whose Saturday a person worked before the period."""
    from_sunday = facts.problem.start.weekday() > SATURDAY and blocks[:1] == ((0,),)
    return frozenset({0} if from_sunday and facts.past(person, -1) > 0 else ())


def _known(facts: Facts, person: int) -> Blocks:
    """Return the weekends among a person's known days."""
    skipped, first = set(facts.problem.make_up_days), facts.problem.start.weekday()
    days = range(-len(facts.known[person]), facts.problem.days)
    ends = [day for day in days if (day + first) % 7 >= SATURDAY and day not in skipped]
    return tuple(tuple(group) for _, group in groupby(ends, lambda day: (day + first) // 7))
