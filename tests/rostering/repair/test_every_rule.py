"""Explaining and mending rosters of problems that have rules of every kind."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rostering import Unavailable, check, cost, recommend, swap, why
from rostering.changes import changed
from tests.patience import repair
from tests.rostering.random_problems import random_problem, random_roster

SEEDS = st.integers(0, 10**6)


@given(seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_what_is_told_of_a_choice_is_what_a_recount_finds(seed: int) -> None:
    """Recommendations, alternatives and exchanges cost, and are allowed, as recounts say."""
    problem = random_problem(seed)
    roster = random_roster(problem, seed)
    staff, day, shift = problem.staff[0].id, seed % problem.days, problem.shift_types[0].id
    now, before = cost(problem, roster), {(v.rule, v.zh) for v in check(problem, roster)}
    choices = [
        (changed(roster, {(item.staff, day): shift}), item.difference)
        for item in recommend(problem, roster, day, shift)
    ]
    choices += [
        (changed(roster, {(staff, day): item.shift}), item.difference)
        for item in why(problem, roster, staff, day).alternatives
    ]
    other = swap(problem, roster, (staff, day), (problem.staff[1].id, 0))
    for after, difference in [*choices, (other.roster, other.difference)]:
        assert difference.cost == cost(problem, after) - now
        added = {(v.rule, v.zh) for v in check(problem, after)} - before
        assert {(v.rule, v.zh) for v in difference.new} <= added
        assert bool(added) or difference.is_allowed


@given(seed=SEEDS, most=st.integers(0, 4))
@settings(max_examples=10, deadline=None)
def test_a_repair_keeps_its_promises_under_any_rules(seed: int, most: int) -> None:
    """Few changes, nobody who is absent, and everything broken is told."""
    problem = random_problem(seed).model_copy(update={"kept": (), "max_changes": None})
    published = random_roster(problem, seed)
    absent = Unavailable(staff=problem.staff[0].id, day=problem.days - 1)
    found = repair(
        problem, published, absences=(absent,), locked_until=3, max_changes=most, iterations=200
    )
    assert found.count <= most
    assert found.roster.shift(absent.staff, absent.day) is None
    assert all(change.day >= 3 for change in found.changes)
    assert found.violations == tuple(check(found.problem, found.roster))
