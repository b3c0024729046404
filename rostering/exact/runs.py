"""Runs of worked days and of days off, as rows."""

from __future__ import annotations

from collections.abc import Iterator

from pulp import lpSum

from rostering.exact.row import Row
from rostering.exact.variables import Variables, work_on
from rostering.parts import Staff
from rostering.problem import Problem
from rostering.rule import Rule


def longest_runs(problem: Problem, v: Variables) -> Iterator[Row]:
    """Keep every window one day longer than the longest run from being worked throughout."""
    for person in problem.staff:
        longest = person.max_consecutive_days
        for day in range(problem.days) if longest is not None else ():
            window = range(day - (longest or 0), day + 1)
            worked = [work_on(problem, v, person.id, d) for d in window]
            # An unknown day is taken as off and ends the run. (`None in worked` would ask PuLP
            # variables for equality, which makes a constraint and is true.)
            if all(known is not None for known in worked):
                total = lpSum(worked)
                yield Row(Rule.MAX_CONSECUTIVE_DAYS, person.id, day, total, "<=", longest or 0)


def shortest_runs(problem: Problem, v: Variables) -> Iterator[Row]:
    """Keep runs of work and of days off long enough where both their ends are known.

    These are the turn-on and turn-off inequalities of unit commitment: together with the
    definition of ``begin`` they describe the convex hull of such sequences.

    References
    ----------
    D. Rajan and S. Takriti (2005). Minimum up/down polytopes of the unit commitment problem with
    start-up costs. IBM Research Report RC23628.
    """
    for person in problem.staff:
        if (person.id, 0) in v.begin:
            yield from _begins(problem, v, person)
            yield from _shortest_work(problem, v, person)
            yield from _shortest_off(problem, v, person)


def _begins(problem: Problem, v: Variables, person: Staff) -> Iterator[Row]:
    """Tie ``begin`` to a worked day after a day off; nothing begins after an unknown day."""
    for day in range(problem.days):
        before = work_on(problem, v, person.id, day - 1)
        begin = v.begin[person.id, day]
        if before is None:
            yield Row(None, person.id, day, lpSum(begin), "==", 0)
        else:
            risen = v.work[person.id, day] - before - begin
            yield Row(None, person.id, day, lpSum(risen), "<=", 0)


def _shortest_work(problem: Problem, v: Variables, person: Staff) -> Iterator[Row]:
    """Who began within the last days of a shortest run works today."""
    shortest = person.min_consecutive_days
    for day in range(problem.days) if shortest > 1 else ():
        begun = [_begun(problem, v, person, d) for d in range(day - shortest + 1, day + 1)]
        total = lpSum(begun) - v.work[person.id, day]
        yield Row(Rule.MIN_CONSECUTIVE_DAYS, person.id, day, total, "<=", 0)


def _shortest_off(problem: Problem, v: Variables, person: Staff) -> Iterator[Row]:
    """Who begins within the next days was off today already."""
    shortest = person.min_consecutive_days_off
    for day in range(-shortest, problem.days - 1) if shortest > 1 else ():
        work = work_on(problem, v, person.id, day)
        days = [d for d in range(day + 1, day + shortest + 1) if 0 <= d < problem.days]
        if work is not None and days:
            total = lpSum(v.begin[person.id, d] for d in days) + work
            yield Row(Rule.MIN_CONSECUTIVE_DAYS_OFF, person.id, day, lpSum(total), "<=", 1)


def _begun(problem: Problem, v: Variables, person: Staff, day: int) -> object:
    if day >= 0:
        return v.begin[person.id, day]
    return int(
        work_on(problem, v, person.id, day) == 1 and work_on(problem, v, person.id, day - 1) == 0
    )
