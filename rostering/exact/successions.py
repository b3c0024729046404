"""Which shifts may not follow which, and the rows that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rostering.exact.row import Row
from rostering.exact.variables import Variables
from rostering.parts import ShiftType, Staff
from rostering.problem import Problem
from rostering.rule import Rule

DAY_MINUTES = 24 * 60

Pairs = Mapping[str, frozenset[str]]
"""Shift type → types that may not come a given number of days later."""


def forbidden_pairs(problem: Problem) -> Pairs:
    """Return the successors that the shift types themselves forbid."""
    return {shift.id: frozenset(shift.forbidden_next) for shift in problem.shift_types}


def too_close_pairs(problem: Problem, person: Staff) -> Iterator[tuple[int, Pairs]]:
    """Return, for 1, 2, … days apart, the pairs that leave a person too little rest."""
    if person.min_rest_minutes is None:
        return
    reach = max((_end(shift) for shift in problem.shift_types), default=0)
    for apart in range(1, 1 + -(-(reach + person.min_rest_minutes) // DAY_MINUTES)):
        yield (
            apart,
            {
                shift.id: frozenset(
                    after.id
                    for after in problem.shift_types
                    if apart * DAY_MINUTES + (after.start or 0) - _end(shift)
                    < person.min_rest_minutes
                )
                for shift in problem.shift_types
            },
        )


def follow_ons(
    problem: Problem, v: Variables, person: Staff, rule: Rule, apart: int, pairs: Pairs
) -> Iterator[Row]:
    """Forbid the pairs on every two days so far apart; the first may lie in the history.

    Pairs are joined into cliques (at most one of these today or those later), which bound the
    linear relaxation more tightly than single pairs, in fewer rows.
    """
    past = problem.history_by_staff[person.id]
    for day in range(min(apart, problem.days)):
        before = past[day - apart] if apart - day <= len(past) else None
        if before is not None and pairs[before]:
            yield Row(rule, person.id, day, v.shifts(person.id, day, pairs[before]), "<=", 0)
    for first, later in _cliques(pairs):
        for day in range(apart, problem.days):
            today = v.shifts(person.id, day - apart, first)
            yield Row(rule, person.id, day, today + v.shifts(person.id, day, later), "<=", 1)


def _cliques(pairs: Pairs) -> list[tuple[frozenset[str], frozenset[str]]]:
    followers = sorted({later for later in pairs.values() if later}, key=sorted)
    return [
        (frozenset(shift for shift, forbids in pairs.items() if forbids >= later), later)
        for later in followers
    ]


def _end(shift: ShiftType) -> int:
    return (shift.start or 0) + shift.minutes
