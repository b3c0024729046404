"""People who work together, apart, or in company."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.forms.clock import DAY_MINUTES, begins, covers, meet, pieces, reach
from rostering.forms.facts import Facts
from rostering.forms.shapes import Heads, Symbols, Term
from rostering.parts import Company, ShiftType
from rostering.rule import Rule


def company(facts: Facts) -> Iterator[Heads]:
    """Give company to shifts that need it, also that of a shift of the days beside."""
    rule = Rule.COMPANY
    for number, item in enumerate(facts.problem.company):
        by, where = frozenset(facts.who(item.by)), ("company", number)
        with_whom = _company_of(facts, item)
        for person in facts.who(item.staff):
            alone, others = frozenset({person}), by - {person}
            for symbol in sorted(with_whom.keys() & facts.fit[person]):
                for day in range(facts.problem.days):
                    beside = {day + later: held for later, held in with_whom[symbol].items()}
                    given, known = facts.terms(others, beside)
                    terms = (Term(alone, day, frozenset({symbol}), -1), *given)
                    yield Heads(
                        rule, rule, person, day, where, terms, known, 0, None, item.weight, None
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
    moments = list(_moments(facts))
    for number, item in enumerate(facts.problem.apart):
        staff, where = facts.who(item.staff), ("apart", number)
        for day, held in moments:
            terms, known = facts.terms(staff, held)
            if terms:
                yield Heads(
                    rule,
                    rule,
                    None,
                    day,
                    where,
                    terms,
                    known,
                    None,
                    max(1, known),
                    None,
                    item.weight,
                )


def key_workers(facts: Facts) -> Iterator[Heads]:
    """Ask for one of a resident's key workers on each of their days."""
    rule = Rule.KEY_WORKER
    for number, item in enumerate(facts.problem.key_workers):
        staff, symbols = frozenset(facts.who(item.staff)), facts.shifts(item.shifts)
        for day in sorted(set(item.days)):
            terms, where = (Term(staff, day, symbols),), ("key_workers", number)
            yield Heads(rule, rule, None, day, where, terms, 0, 1, None, item.weight, None)


def _company_of(facts: Facts, item: Company) -> dict[int, dict[int, Symbols]]:
    """Return, for each shift type that needs company, which give it, by how many days later."""
    shifts = facts.problem.shift_types
    far = 0 if item.same_shift else reach(shifts)
    return {
        facts.symbol[shift.id]: {
            later: frozenset(
                facts.symbol[other.id]
                for other in shifts
                if (shift.id == other.id if item.same_shift else meet(shift, other, later))
            )
            for later in range(-far, far + 1)
        }
        for shift in shifts
        if not item.shifts or shift.id in item.shifts
    }


def _moments(facts: Facts) -> Iterator[tuple[int, dict[int, Symbols]]]:
    """Return for each moment at which a piece begins its day, and who is there: day → symbols.

    A shift type without a clock is a moment of its own on each day. A piece of the last day may
    begin after it.
    """
    shifts, days = facts.problem.shift_types, facts.problem.days
    for shift in shifts:
        if not pieces(shift):
            yield from ((day, {day: frozenset({facts.symbol[shift.id]})}) for day in range(days))
    for place in dict.fromkeys(shift.place for shift in shifts):
        here = [shift for shift in shifts if shift.place == place]
        far = reach(here)
        for minute, since in begins(here).items():
            present = [
                frozenset(facts.symbol[shift.id] for shift in here if _is_there(shift, minute, n))
                for n in range(far + 1)
            ]
            for day in range(days + since):
                yield min(day, days - 1), {day - n: held for n, held in enumerate(present)}


def _is_there(shift: ShiftType, minute: int, days_since: int) -> bool:
    at = minute + days_since * DAY_MINUTES
    return covers(shift, at, at + 1)
