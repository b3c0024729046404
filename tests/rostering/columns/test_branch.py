"""The bound by whole missing heads: it holds, and closes what a fraction leaves open."""

from datetime import date
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering import Cover, Problem, ShiftType, Staff, Status
from rostering.columns.board import Board
from rostering.columns.part import Tools, part_of, tools
from rostering.columns.relaxation.branch import branched
from rostering.columns.relaxation.generate import generate
from rostering.columns.relaxation.master import Master
from rostering.compiled.automata.build import rows_of
from rostering.compiled.demand import demand_of
from rostering.forms import forms
from tests.patience import solve
from tests.rostering.random_problems import random_problem


def relaxed(problem: Problem) -> tuple[Tools, Master, float]:
    """Return the master of a whole problem, generated, and its bound."""
    known = forms(problem)
    own = tools(rows_of(known), demand_of(known))
    people = len(problem.staff)
    empty = np.zeros((people, problem.days), np.int32)
    part = part_of(own, empty, np.arange(people, dtype=np.int32), 0, problem.days)
    master = Master(part, Board())
    return own, master, generate(own, master).proof.bound


@given(seed=st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_it_never_exceeds_the_optimum(seed: int) -> None:
    """Whatever the rules, both sides together lie at or below the exact optimum."""
    problem = random_problem(seed)
    exact = solve(problem, method="exact")
    own, master, _bound = relaxed(problem)
    found = branched(own, master, inf)
    if exact.status is Status.OPTIMAL:
        assert exact.cost is not None
        assert found <= exact.cost + 1e-6


@pytest.mark.parametrize("seed", [445, 625, 3556, 4046])
def test_it_gains_where_the_relaxation_misses_a_fraction(seed: int) -> None:
    """It lifts the bound, never above the optimum."""
    problem = random_problem(seed, plain=True)
    exact = solve(problem, method="exact")
    own, master, bound = relaxed(problem)
    found = branched(own, master, inf)
    assert exact.status is Status.OPTIMAL
    assert exact.cost is not None
    assert bound + 0.5 < found <= exact.cost + 1e-6


def test_where_nothing_is_missing_it_says_nothing() -> None:
    """With everybody's heads filled there is no fraction to round."""
    problem = Problem(
        start=date(2026, 10, 5),
        days=7,
        shift_types=(ShiftType(id="早", minutes=480, paid_minutes=480),),
        staff=(Staff(id="S1"), Staff(id="S2")),
        cover=tuple(Cover(day=day, shift="早", wanted=1) for day in range(7)),
    )
    own, master, _bound = relaxed(problem)
    assert branched(own, master, inf) == -inf
