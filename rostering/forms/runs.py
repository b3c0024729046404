"""Days in a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from rostering.forms.facts import Facts
from rostering.forms.shapes import OFF, Stretch, Symbols
from rostering.parts import RunLimit, RunOf, Staff
from rostering.rule import Rule


def longest_work(facts: Facts) -> Iterator[Stretch]:
    """Limit worked days in a row."""
    for most, staff in _sharing(facts, lambda person: person.max_consecutive_days):
        rule = Rule.MAX_CONSECUTIVE_DAYS
        yield Stretch(rule, staff, facts.work, 1, most, None)


def shortest_work(facts: Facts) -> Iterator[Stretch]:
    """Ask for least worked days in a row."""
    for least, staff in _sharing(facts, lambda person: person.min_consecutive_days):
        if least > 1:
            yield Stretch(Rule.MIN_CONSECUTIVE_DAYS, staff, facts.work, least, None, None)


def shortest_rest(facts: Facts) -> Iterator[Stretch]:
    """Ask for least days off in a row."""
    for least, staff in _sharing(facts, lambda person: person.min_consecutive_days_off):
        if least > 1:
            off = frozenset({OFF})
            yield Stretch(Rule.MIN_CONSECUTIVE_DAYS_OFF, staff, off, least, None, None)


def runs(facts: Facts) -> Iterator[Stretch]:
    """Limit days in a row as the run limits say."""
    for item in facts.problem.runs:
        symbols, who = _symbols(facts, item), facts.who(item.staff)
        if item.minimum > 1:
            yield Stretch(Rule.RUN_MINIMUM, who, symbols, item.minimum, None, item.weight)
        if item.maximum is not None:
            yield Stretch(Rule.RUN_MAXIMUM, who, symbols, 1, item.maximum, item.weight)


def _symbols(facts: Facts, item: RunLimit) -> Symbols:
    match item.of:
        case RunOf.WORK:
            return facts.work
        case RunOf.OFF:
            return frozenset({OFF})
        case RunOf.NIGHTS:
            return facts.nights
        case RunOf.SHIFTS:
            return frozenset(facts.symbol[shift] for shift in item.shifts)


def _sharing(
    facts: Facts, limit: Callable[[Staff], int | None]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Return each limit that people have, with those who share it."""
    sharing: dict[int, list[int]] = defaultdict(list)
    for number, person in enumerate(facts.problem.staff):
        value = limit(person)
        if value is not None:
            sharing[value].append(number)
    yield from ((value, tuple(staff)) for value, staff in sharing.items())
