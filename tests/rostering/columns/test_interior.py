"""The master from within finds the relaxation that the simplex finds."""

from __future__ import annotations

import numpy as np
import pytest

from rostering.columns.anneal import first_roster
from rostering.columns.board import Board
from rostering.columns.part import Tools, part_of, tools
from rostering.columns.relaxation.generate import generate
from rostering.columns.relaxation.interior import Interior
from rostering.columns.relaxation.master import Master
from rostering.compiled.automata.build import rows_of
from rostering.compiled.demand import demand_of
from rostering.compiled.judge import judged
from rostering.forms import forms
from tests.rostering.test_solve import planted


def both() -> tuple[Tools, Master, Interior]:
    """Return the same master twice, with the rows of a first roster."""
    problem, _ = planted(5, staff=8, days=21)
    made = forms(problem)
    own = tools(rows_of(made), demand_of(made))
    people = np.arange(8, dtype=np.int32)
    roster = first_roster(own, Board())
    part = part_of(own, roster, people, 0, problem.days)
    masters = Master(part, Board()), Interior(part, Board())
    for master in masters:
        master.add(people, roster, judged(own.rows, people, roster))
    return own, *masters


def test_both_ways_end_at_the_same_relaxation() -> None:
    """Generated to the end, both relaxations cost the same, and both bounds hold."""
    own, plain, interior = both()
    by_simplex, within = generate(own, plain), generate(own, interior)
    assert within.objective == pytest.approx(by_simplex.objective, rel=1e-3)
    assert within.proof.bound <= by_simplex.objective + 1e-6
    assert by_simplex.proof.bound <= within.objective * (1 + 1e-3)


def test_what_has_not_changed_is_not_solved_again() -> None:
    """A second solve says the same; after columns were deleted the relaxation is another."""
    own, _, interior = both()
    generate(own, interior)
    cost = interior.solve()
    assert interior.solve() == cost
    interior.drop(np.flatnonzero(interior.is_basic()))
    assert interior.solve() > cost + 1


def test_stopped_it_says_that_it_knows_nothing() -> None:
    """Once its board is over, a solve costs infinitely much."""
    _, _, interior = both()
    interior.board.stop()
    assert interior.solve() == np.inf
