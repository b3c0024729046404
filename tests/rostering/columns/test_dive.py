"""Dives: what they leave alone, what they come to, and the small masters they work on."""

from __future__ import annotations

import numpy as np
import pytest

from rostering.columns.dive import Manner, dive
from rostering.columns.part import Tools, cost_of
from rostering.columns.relaxation.generate import generate
from rostering.columns.relaxation.master import Master
from tests.rostering.columns.test_search import whole
from tests.rostering.test_solve import planted


def relaxed(seed: int) -> tuple[Tools, Master, float]:
    """Return tools, a master with all the columns that matter, and the cost of its relaxation."""
    problem, _ = planted(seed, staff=6, days=21)
    own, _, master = whole(problem)
    return own, master, generate(own, master).objective


@pytest.mark.parametrize("seed", range(4))
def test_it_comes_out_no_cheaper_than_the_relaxation(seed: int) -> None:
    """Its roster keeps everybody's own rules, and costs what the relaxation does or more."""
    own, master, objective = relaxed(seed)
    rows = dive(own, master, Manner(), np.random.default_rng(seed))
    assert rows is not None
    assert objective - 1e-6 <= cost_of(own.rows, own.demand, rows) < np.inf


def test_the_master_stays_as_it_is() -> None:
    """Neither its columns nor its relaxation change, so that the next dive starts afresh."""
    own, master, objective = relaxed(1)
    before = master.rows.copy()
    dive(own, master, Manner(), np.random.default_rng(1))
    assert (master.rows == before).all()
    assert master.solve() == pytest.approx(objective)


def test_a_dive_without_time_ends() -> None:
    """When time is up before it starts, all is fixed at once."""
    own, master, _ = relaxed(2)
    rows = dive(own, master, Manner(), np.random.default_rng(2), until=master.board.clock.now())
    assert rows is not None
    assert cost_of(own.rows, own.demand, rows) < np.inf


def test_above_the_cutoff_nothing_comes_back() -> None:
    """Where the relaxation costs as much already, no roster is looked for."""
    own, master, objective = relaxed(3)
    assert dive(own, master, Manner(), np.random.default_rng(3), cutoff=objective) is None


def test_a_thinned_master_has_the_same_relaxation() -> None:
    """The columns of the basis suffice for it."""
    _, master, _ = relaxed(1)
    objective = master.solve()
    thin = master.thinned(np.flatnonzero(master.is_basic()))
    assert len(thin.who) < len(master.who)
    assert thin.solve() == pytest.approx(objective)


def test_dropped_columns_can_come_back() -> None:
    """What is not in the basis can go without changing the relaxation, and be added again."""
    _, master, _ = relaxed(1)
    objective = master.solve()
    gone = np.flatnonzero(~master.is_basic())
    who, rows, paid = master.who[gone], master.rows[gone], master.paid[gone]
    master.drop(gone)
    assert master.solve() == pytest.approx(objective)
    assert master.add(who, rows, paid) == len(gone)
    assert master.solve() == pytest.approx(objective)


def test_forbidden_columns_are_not_used() -> None:
    """Without the columns of a solution the relaxation is dearer or the same."""
    _, master, _ = relaxed(1)
    objective = master.solve()
    used = np.flatnonzero(master.shares() > 0)
    master.forbid(used)
    assert master.solve() >= objective - 1e-6
    assert (master.shares()[used] <= 1e-6).all()
