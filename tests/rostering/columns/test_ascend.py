"""The first duals: their bound holds, and rises above that of no duals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering import Problem, Status
from rostering.columns.board import Board
from rostering.columns.part import part_of, tools
from rostering.columns.relaxation import ascend as ascending
from rostering.columns.relaxation.ascend import Proof, ascend, sweep
from rostering.columns.relaxation.pricing import clip
from rostering.compiled.automata.build import rows_of
from rostering.compiled.demand import demand_of
from rostering.compiled.tables import Ints
from rostering.forms import forms
from tests.patience import solve
from tests.rostering.compiled.brute import Case
from tests.rostering.random_problems import random_problem
from tests.rostering.test_solve import planted


def ascended(problem: Problem) -> tuple[Proof, list[Ints]]:
    """Return where the ascent of everybody ends; its duals are in their range."""
    given_forms = forms(problem)
    own = tools(rows_of(given_forms), demand_of(given_forms))
    people = len(problem.staff)
    empty = np.zeros((people, problem.days), np.int32)
    part = part_of(own, empty, np.arange(people, dtype=np.int32), 0, problem.days)
    proof, rosters = ascend(own, part, Board())
    inside = proof.duals.copy()
    clip(part.demand, inside)
    assert np.allclose(inside, proof.duals)
    assert all(roster.shape == empty.shape for roster in rosters)
    return proof, rosters


@pytest.mark.parametrize("cells", [0, ascending.LARGE_CELLS], ids=["in turns", "all at once"])
@given(seed=st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_bound_never_exceeds_the_optimum(cells: int, seed: int) -> None:
    """Whatever the rules, the proof lies at or below the exact optimum, in turns or all at once."""
    problem = random_problem(seed)
    exact = solve(problem, method="exact")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ascending, "LARGE_CELLS", cells)
        proof, _ = ascended(problem)
    if exact.status is Status.OPTIMAL:
        assert exact.cost is not None
        assert proof.bound <= exact.cost + 1e-6


@pytest.mark.parametrize("cells", [0, ascending.LARGE_CELLS], ids=["in turns", "all at once"])
def test_ascent_comes_near_the_relaxation(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a planted problem either way ends within a tenth below the proven optimum's cost."""
    problem, _ = planted(5, staff=12, days=28)
    monkeypatch.setattr(ascending, "LARGE_CELLS", cells)
    proof, _ = ascended(problem)
    best = solve(problem, method="columns", iterations=5000)
    assert best.bound is not None
    assert 0.9 * best.bound <= proof.bound <= best.bound + 1


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_sweeps_that_go_on_never_say_too_much(seed: int) -> None:
    """However many sweeps go on from each other, no bound exceeds the cheapest of all rows."""
    rng = np.random.default_rng(seed)
    given_forms = forms(random_problem(seed, 2, 6, 2, "soft"))
    own = tools(rows_of(given_forms), demand_of(given_forms))
    people = np.array([int(rng.integers(2))], np.int32)
    row, bounds = np.zeros((1, 6), np.int32), np.zeros(1)
    duals, heads = np.zeros(len(own.demand.low)), own.demand.base.copy()
    cells = own.rows.cells[people] + rng.integers(-20, 20, (1, 6, 3)) / 4
    for _ in range(12):
        cells = cells + rng.normal(0, 0.5, cells.shape)
        sweep(*own, duals, people, 0, 6, cells, row.copy(), bounds, heads, 3)
        case = Case(own.rows, people[0], cells[0], row[0], 0, 6)
        assert bounds[0] <= case.least_whole() + 1e-6
