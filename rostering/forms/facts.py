"""People, shift types and the past as numbers: what every rule family looks up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from rostering.forms.shapes import OFF, AnyArray, Symbols, Term
from rostering.parts import Measure, ShiftType, Staff
from rostering.problem import Problem

UNKNOWN = -1
"""Symbol of a past day of which nothing is known."""


@dataclass(frozen=True, eq=False)
class Facts:
    """A problem with its people and shift types numbered.

    Parameters
    ----------
    number
        Person → place in ``problem.staff``.
    symbol
        Shift type → symbol; None → OFF.
    known
        For each person the symbols of the past days, oldest first.
    fit
        For each person the symbols they may ever work.
    """

    problem: Problem
    number: dict[str, int]
    symbol: dict[str | None, int]
    work: Symbols
    every: Symbols
    nights: Symbols
    known: tuple[tuple[int, ...], ...]
    fit: tuple[Symbols, ...]
    tables: dict[tuple[int, ...], AnyArray] = field(default_factory=dict)

    @property
    def everybody(self) -> range:
        """Return the numbers of all people."""
        return range(len(self.problem.staff))

    @property
    def longest(self) -> int:
        """Return how many past days are known of the person of whom most are."""
        return max(map(len, self.known), default=0)

    def who(self, staff: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of some people; of everybody if none is named."""
        return tuple(sorted({self.number[name] for name in staff})) or tuple(self.everybody)

    def shifts(self, names: Iterable[str]) -> Symbols:
        """Return the symbols of some shift types; of all if none is named."""
        return frozenset(self.symbol[name] for name in names) or self.work

    def past(self, person: int, day: int) -> int:
        """Return what a person held on a day before 0."""
        row = self.known[person]
        return row[day] if day >= -len(row) else UNKNOWN

    def terms(
        self, staff: Iterable[int], held: Mapping[int, Symbols], factor: int = 1
    ) -> tuple[tuple[Term, ...], int]:
        """Return the terms of some people who hold some symbols on some days, and what is known.

        Days before 0 are history, and days after the period nobody knows: they count nothing.
        """
        who = frozenset(staff)
        terms = tuple(
            Term(who, day, symbols, factor)
            for day, symbols in held.items()
            if symbols and 0 <= day < self.problem.days
        )
        past = ((day, symbols) for day, symbols in held.items() if day < 0)
        known = sum(self.past(person, day) in symbols for day, symbols in past for person in who)
        return terms, factor * known

    def table(self, values: tuple[int, ...]) -> AnyArray:
        """Return an array days × symbols in which every day has the same values.

        The same values give the same array, so that people share it.
        """
        if values not in self.tables:
            self.tables[values] = np.tile(np.array(values, np.int64), (self.problem.days, 1))
        return self.tables[values]

    def amounts(self, measure: Measure, person: int, symbols: Symbols) -> tuple[int, ...]:
        """Return what each symbol adds to a measure of a person's work; others add nothing."""
        shifts = self.problem.shift_types
        match measure:
            case Measure.ASSIGNMENTS:
                each = [1] * len(shifts)
            case Measure.MINUTES:
                each = [shift.paid_minutes for shift in shifts]
            case Measure.OVERTIME:
                each = [overtime(self.problem.staff[person], shift) for shift in shifts]
        return tuple(n if s in symbols else 0 for s, n in enumerate((0, *each)))


def facts(problem: Problem) -> Facts:
    """Return a problem with its people and shift types numbered."""
    symbol: dict[str | None, int] = {None: OFF}
    symbol |= {shift.id: number for number, shift in enumerate(problem.shift_types, start=1)}
    work = frozenset(symbol.values()) - {OFF}
    past = problem.history_by_staff
    return Facts(
        problem=problem,
        number={person.id: number for number, person in enumerate(problem.staff)},
        symbol=symbol,
        work=work,
        every=work | {OFF},
        nights=frozenset(symbol[shift.id] for shift in problem.shift_types if shift.is_night),
        known=tuple(tuple(symbol[cell] for cell in past[person.id]) for person in problem.staff),
        fit=tuple(_fit(problem, person) for person in problem.staff),
    )


def padded(known: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Return rows of past days of one length, unknown days first."""
    longest = max(map(len, known), default=0)
    return tuple((UNKNOWN,) * (longest - len(row)) + tuple(row) for row in known)


def overtime(person: Staff, shift: ShiftType) -> int:
    """Return the minutes of a shift beyond the contract minutes of a person's day."""
    return 0 if person.day_minutes is None else max(0, shift.paid_minutes - person.day_minutes)


def has_skill(problem: Problem, person: Staff, skill: str | None) -> bool:
    """Return whether a person has a skill, or one that may stand in for it."""
    if skill is None or skill in person.skills:
        return True
    return not person.skills.isdisjoint(problem.substitutes.get(skill, ()))


def _fit(problem: Problem, person: Staff) -> Symbols:
    numbered = enumerate(problem.shift_types, start=1)
    return frozenset(number for number, shift in numbered if _is_fit(problem, person, shift))


def _is_fit(problem: Problem, person: Staff, shift: ShiftType) -> bool:
    limits = (0 if person.is_protected else None, person.max_day_overtime)
    return (
        has_skill(problem, person, shift.skill)
        and not (shift.is_night and (person.no_night or person.is_protected))
        and person.shift_limits.get(shift.id, 1) > 0
        and all(limit is None or overtime(person, shift) <= limit for limit in limits)
    )
