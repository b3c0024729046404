"""What may follow what: successions, rest by the clock, patterns and rotations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rostering.forms.facts import Facts
from rostering.forms.shapes import OFF, Sequence, Symbols
from rostering.parts import PatternKind, ShiftType
from rostering.rule import Rule

DAY_MINUTES = 24 * 60

Pairs = Mapping[int, Symbols]
"""Symbol → symbols that may not come a given number of days later."""


def succession(facts: Facts) -> Iterator[Sequence]:
    """Keep forbidden successors off the next day."""
    shifts = facts.problem.shift_types
    pairs = {
        facts.symbol[shift.id]: frozenset(facts.symbol[after] for after in shift.forbidden_next)
        for shift in shifts
    }
    for first, later in _cliques(pairs):
        everybody = tuple(facts.everybody)
        yield from _sequence(facts, Rule.SUCCESSION, everybody, (first, later), None)


def rest(facts: Facts) -> Iterator[Sequence]:
    """Keep least rest by the clock from the end of a shift to the begin of any later one."""
    sharing: dict[int, list[int]] = defaultdict(list)
    for number, person in enumerate(facts.problem.staff):
        if person.min_rest_minutes is not None:
            sharing[person.min_rest_minutes].append(number)
    for minutes, staff in sharing.items():
        for apart, pairs in _too_close(facts, minutes):
            for first, later in _cliques(pairs):
                sets = (first, *[facts.every] * (apart - 1), later)
                yield from _sequence(facts, Rule.REST, tuple(staff), sets, None)


def patterns(facts: Facts) -> Iterator[Sequence]:
    """Keep patterns from occurring."""
    for item in facts.problem.patterns:
        sets, who = tuple(_cell(facts, cell) for cell in item.cells), facts.who(item.staff)
        yield from _sequence(facts, Rule.PATTERN, who, sets, item.weight, item.weekday)


def rotations(facts: Facts) -> Iterator[Sequence]:
    """Keep shifts in their order, over a few days off as well."""
    for item in facts.problem.rotations:
        groups = [frozenset(facts.symbol[shift] for shift in group) for group in item.order]
        who = facts.who(item.staff)
        for place, group in enumerate(groups[1:], start=1):
            earlier = frozenset[int]().union(*groups[:place])
            for off in range(item.over_days_off + 1):
                sets = (group, *[frozenset({OFF})] * off, earlier)
                yield from _sequence(facts, Rule.ROTATION, who, sets, item.weight)


def _sequence(
    facts: Facts,
    rule: Rule,
    staff: tuple[int, ...],
    sets: tuple[Symbols, ...],
    weight: int | None,
    weekday: int | None = None,
) -> Iterator[Sequence]:
    """Return a sequence on every day on which it may begin, if there is any."""
    begin = max(-facts.longest, 1 - len(sets))
    days = range(begin, facts.problem.days - len(sets) + 1)
    firsts = tuple(day for day in days if weekday is None or _weekday(facts, day) == weekday)
    if firsts and staff and all(sets):
        yield Sequence(rule, staff, firsts, sets, weight)


def _too_close(facts: Facts, minutes: int) -> Iterator[tuple[int, Pairs]]:
    """Return, for 1, 2, … days apart, the pairs between which there is too little rest."""
    shifts = facts.problem.shift_types
    reach = max(map(_end, shifts), default=0)
    for apart in range(1, 1 + -(-(reach + minutes) // DAY_MINUTES)):
        yield (
            apart,
            {
                facts.symbol[shift.id]: frozenset(
                    facts.symbol[after.id]
                    for after in shifts
                    if apart * DAY_MINUTES + (after.start or 0) - _end(shift) < minutes
                )
                for shift in shifts
            },
        )


def _cliques(pairs: Pairs) -> Iterator[tuple[Symbols, Symbols]]:
    """Return pairs joined: none of these followed by any of those.

    Cliques bound the linear relaxation more tightly than single pairs, in fewer rows.
    """
    for later in sorted({later for later in pairs.values() if later}, key=sorted):
        yield frozenset(symbol for symbol, forbids in pairs.items() if forbids >= later), later


def _end(shift: ShiftType) -> int:
    return (shift.start or 0) + shift.minutes


def _cell(facts: Facts, cell: PatternKind | tuple[str, ...]) -> Symbols:
    match cell:
        case PatternKind.OFF:
            return frozenset({OFF})
        case PatternKind.WORK:
            return facts.work
        case PatternKind.ANY:
            return facts.every
        case _:
            return frozenset(facts.symbol[shift] for shift in cell)


def _weekday(facts: Facts, day: int) -> int:
    return (facts.problem.start.weekday() + day) % 7
