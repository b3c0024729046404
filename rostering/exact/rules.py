"""The hard rules as rows: one function a rule family, called in the order of ``FAMILIES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pulp import lpSum

from rostering.exact.row import Row
from rostering.exact.runs import longest_runs, shortest_runs
from rostering.exact.successions import follow_ons, forbidden_pairs, too_close_pairs
from rostering.exact.variables import Variables, paid
from rostering.problem import Problem
from rostering.rule import Rule

Family = Callable[[Problem, Variables], Iterator[Row]]


def one_shift_a_day(problem: Problem, v: Variables) -> Iterator[Row]:
    """Tie ``work`` to the shifts of the day, of which there is one at most."""
    every = frozenset(problem.shift_by_id)
    for (staff, day), work in v.work.items():
        yield Row(None, staff, day, v.shifts(staff, day, every) - work, "==", 0)


def leave(problem: Problem, v: Variables) -> Iterator[Row]:
    """Keep everybody off on days they are unavailable."""
    for item in problem.unavailable:
        yield Row(Rule.LEAVE, item.staff, item.day, lpSum(v.work[item.staff, item.day]), "<=", 0)


def fixed(problem: Problem, v: Variables) -> Iterator[Row]:
    """Keep the shift or the day off of a pinned cell."""
    for item in problem.fixed:
        if item.shift is None:
            work = lpSum(v.work[item.staff, item.day])
            yield Row(Rule.FIXED, item.staff, item.day, work, "<=", 0)
        else:
            worked = v.shifts(item.staff, item.day, frozenset({item.shift}))
            yield Row(Rule.FIXED, item.staff, item.day, worked, ">=", 1)


def succession(problem: Problem, v: Variables) -> Iterator[Row]:
    """Keep forbidden successors off the next day."""
    pairs = forbidden_pairs(problem)
    for person in problem.staff:
        yield from follow_ons(problem, v, person, Rule.SUCCESSION, 1, pairs)


def rest(problem: Problem, v: Variables) -> Iterator[Row]:
    """Keep a person's least rest by the clock between two shifts."""
    for person in problem.staff:
        for apart, pairs in too_close_pairs(problem, person):
            yield from follow_ons(problem, v, person, Rule.REST, apart, pairs)


def shift_limits(problem: Problem, v: Variables) -> Iterator[Row]:
    """Keep to the limit of how often a person works a shift type."""
    for person in problem.staff:
        for shift, limit in person.shift_limits.items():
            if 0 < limit < problem.days:
                worked = [v.shifts(person.id, d, frozenset({shift})) for d in range(problem.days)]
                yield Row(Rule.SHIFT_LIMIT, person.id, None, lpSum(worked), "<=", limit)


def minutes(problem: Problem, v: Variables) -> Iterator[Row]:
    """Keep paid minutes of the period between the person's least and most."""
    for person in problem.staff:
        total = paid(problem, v, person.id, range(problem.days))
        if person.min_minutes > 0:
            yield Row(Rule.MIN_MINUTES, person.id, None, total, ">=", person.min_minutes)
        if person.max_minutes is not None:
            yield Row(Rule.MAX_MINUTES, person.id, None, total, "<=", person.max_minutes)


def week_minutes(problem: Problem, v: Variables) -> Iterator[Row]:
    """Keep paid minutes of a calendar week within the limit; past days count."""
    for person in problem.staff:
        if person.max_week_minutes is None:
            continue
        for week in problem.weeks():
            total = paid(problem, v, person.id, week)
            day = max(week.start, 0)
            yield Row(Rule.WEEK_MINUTES, person.id, day, total, "<=", person.max_week_minutes)


def weekends(problem: Problem, v: Variables) -> Iterator[Row]:
    """Keep to the limit of weekends that a person works."""
    for (staff, number), weekend in v.weekend.items():
        for day in problem.weekends()[number]:
            yield Row(None, staff, day, v.work[staff, day] - weekend, "<=", 0)
    for person in problem.staff:
        if person.max_weekends is not None:
            worked = [v.weekend[person.id, n] for n in range(len(problem.weekends()))]
            yield Row(Rule.WEEKENDS, person.id, None, lpSum(worked), "<=", person.max_weekends)


def cover(problem: Problem, v: Variables) -> Iterator[Row]:
    """Count heads against what is wanted, and keep them between the hard limits."""
    for number, item in enumerate(problem.cover):
        heads = lpSum(
            v.shifts(person.id, item.day, frozenset({item.shift}))
            for person in problem.staff
            if item.skill is None or item.skill in person.skills
        )
        counted = heads + v.under[number] - v.over[number]
        yield Row(None, None, item.day, counted, "==", item.wanted)
        if item.minimum > 0:
            yield Row(Rule.COVER_MINIMUM, None, item.day, heads, ">=", item.minimum)
        if item.maximum is not None:
            yield Row(Rule.COVER_MAXIMUM, None, item.day, heads, "<=", item.maximum)


FAMILIES: tuple[Family, ...] = (
    one_shift_a_day,
    leave,
    fixed,
    succession,
    rest,
    shift_limits,
    minutes,
    week_minutes,
    longest_runs,
    shortest_runs,
    weekends,
    cover,
)


def rows(problem: Problem, v: Variables) -> Iterator[Row]:
    """State every hard rule of a problem."""
    for family in FAMILIES:
        yield from family(problem, v)
