"""The first duals: their bound holds, and rises above that of no duals."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering import Status, solve
from rostering.columns.ascend import ascend
from rostering.columns.board import Board
from rostering.columns.part import part_of, tools
from rostering.columns.pricing import clip
from rostering.compiled.build import rows_of
from rostering.compiled.demand import demand_of
from rostering.forms import forms
from tests.rostering.random_problems import random_problem


@given(seed=st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_bound_never_exceeds_the_optimum(seed: int) -> None:
    """Whatever the rules, the proof lies at or below the exact optimum, its duals in range."""
    problem = random_problem(seed)
    exact = solve(problem, method="exact", time_limit=20)
    given_forms = forms(problem)
    own = tools(rows_of(given_forms), demand_of(given_forms))
    people = len(problem.staff)
    empty = np.zeros((people, problem.days), np.int32)
    part = part_of(own, empty, np.arange(people, dtype=np.int32), 0, problem.days)
    proof, rosters = ascend(own, part, Board())
    if exact.status is Status.OPTIMAL:
        assert exact.cost is not None
        assert proof.bound <= exact.cost + 1e-6
    inside = proof.duals.copy()
    clip(part.demand, inside)
    assert np.allclose(inside, proof.duals)
    assert all(roster.shape == empty.shape for roster in rosters)
