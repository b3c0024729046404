"""Heads and loads, counted for pictures and reports, are those that the checker counts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rostering import fairness
from rostering.check import cover as checked_cover
from rostering.check import fairness as checked_fairness
from rostering.check.facts import Facts
from rostering.demand import heads
from tests.rostering.random_problems import random_problem, random_roster


@given(seed=st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_heads_and_loads_agree_with_the_checker(seed: int) -> None:
    """Two counts that share no line give the same heads and the same loads."""
    problem = random_problem(seed)
    roster = random_roster(problem, seed)
    facts = Facts(problem, roster)
    for item in problem.cover:
        assert heads(problem, roster, item) == checked_cover.heads(facts, item)
    for over, balance in fairness(problem, roster).balances.items():
        for share in balance.shares:
            person = problem.staff_by_id[share.staff]
            assert share.period == checked_fairness.given(facts, over, person)
