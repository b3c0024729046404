"""People who work together, apart, or in company."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.forms.clock import meet, moments
from rostering.forms.facts import Facts
from rostering.forms.shapes import Heads, Symbols, Term
from rostering.parts import Company
from rostering.rule import Rule


def company(facts: Facts) -> Iterator[Heads]:
    """Give company to shifts that need it."""
    rule = Rule.COMPANY
    for number, item in enumerate(facts.problem.company):
        by, where = frozenset(facts.who(item.by)), ("company", number)
        with_whom = _company_of(facts, item)
        for person in facts.who(item.staff):
            alone, others = frozenset({person}), by - {person}
            for symbol in sorted(with_whom.keys() & facts.fit[person]):
                for day in range(facts.problem.days):
                    terms = (
                        Term(alone, day, frozenset({symbol}), -1),
                        Term(others, day, with_whom[symbol]),
                    )
                    yield Heads(
                        rule, rule, person, day, where, terms, 0, 0, None, item.weight, None
                    )


def together(facts: Facts) -> Iterator[Heads]:
    """Ask team mates to work the same shifts."""
    rule = Rule.TOGETHER
    for number, item in enumerate(facts.problem.together):
        one, other = (frozenset({facts.number[name]}) for name in item.staff)
        for day in range(facts.problem.days):
            for symbol in sorted(facts.work):
                only = frozenset({symbol})
                terms = (Term(one, day, only), Term(other, day, only, -1))
                where, weight = ("together", number), item.weight
                yield Heads(rule, rule, None, day, where, terms, 0, 0, 0, weight, weight)


def apart(facts: Facts) -> Iterator[Heads]:
    """Keep people from being at one place at one time."""
    rule = Rule.APART
    groups = _present(facts)
    for number, item in enumerate(facts.problem.apart):
        staff, where = frozenset(facts.who(item.staff)), ("apart", number)
        for day in range(facts.problem.days):
            for symbols in groups:
                terms = (Term(staff, day, symbols),)
                yield Heads(rule, rule, None, day, where, terms, 0, None, 1, None, item.weight)


def key_workers(facts: Facts) -> Iterator[Heads]:
    """Ask for one of a resident's key workers on each of their days."""
    rule = Rule.KEY_WORKER
    for number, item in enumerate(facts.problem.key_workers):
        staff, symbols = frozenset(facts.who(item.staff)), facts.shifts(item.shifts)
        for day in sorted(set(item.days)):
            terms, where = (Term(staff, day, symbols),), ("key_workers", number)
            yield Heads(rule, rule, None, day, where, terms, 0, 1, None, item.weight, None)


def _company_of(facts: Facts, item: Company) -> dict[int, Symbols]:
    """Return, for each shift type that needs company, those that give it."""
    shifts = facts.problem.shift_types
    return {
        facts.symbol[shift.id]: frozenset(
            facts.symbol[other.id]
            for other in shifts
            if (shift.id == other.id if item.same_shift else meet(shift, other))
        )
        for shift in shifts
        if not item.shifts or shift.id in item.shifts
    }


def _present(facts: Facts) -> list[Symbols]:
    """Return the shift types that are present at each moment of each place.

    A shift without a start meets its own type only.
    """
    shifts = facts.problem.shift_types
    timed = [shift for shift in shifts if shift.start is not None]
    groups = [[shift] for shift in shifts if shift.start is None]
    for place in dict.fromkeys(shift.place for shift in timed):
        groups += moments([shift for shift in timed if shift.place == place])
    return [frozenset(facts.symbol[shift.id] for shift in group) for group in groups if group]
