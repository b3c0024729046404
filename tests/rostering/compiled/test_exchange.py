"""Small moves keep the books: what they say a roster costs is what it costs, counted anew."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rostering.columns.part import cost_of
from rostering.compiled.automata.build import rows_of
from rostering.compiled.demand import demand_of
from rostering.compiled.exchange import Ledger, cost_of_ledger, exchange, ledger_of
from rostering.compiled.judge import judge
from rostering.compiled.tables import Rows
from rostering.forms import forms
from tests.rostering.compiled.rows import symbols_of
from tests.rostering.forms.count import fit_only
from tests.rostering.random_problems import random_problem, random_roster

SEEDS = st.integers(0, 10**6)
HOT, COLD = 50.0, 0.01


@given(seed=SEEDS, warm=st.sampled_from([HOT, COLD]))
@settings(max_examples=150, deadline=None)
def test_costs_are_those_of_the_roster(seed: int, warm: float) -> None:
    """After any moves, accepted or not, costs, states, sums and heads are as if counted anew."""
    problem = random_problem(seed, staff=4, hardness="soft" if seed % 3 == 0 else "any")
    made = forms(problem)
    rows, demand = rows_of(made), demand_of(made)
    start = symbols_of(problem, fit_only(made, random_roster(problem, seed)))
    ledger = ledger_of(rows, demand, start)
    assume(len(ledger.people))
    before = cost_of_ledger(rows, demand, ledger)
    best, costs = start.copy(), np.array([before, before])

    exchange(rows, demand, ledger, best, costs, 300, warm, seed)

    assert_booked(rows, ledger, ledger_of(rows, demand, ledger.roster))
    assert np.isclose(costs[0], cost_of_ledger(rows, demand, ledger))
    assert np.isclose(costs[1], cost_of_ledger(rows, demand, ledger_of(rows, demand, best)))
    assert costs[1] <= before
    if len(ledger.people) == len(start):
        assert np.isclose(costs[1], cost_of(rows, demand, best))


@given(seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_rows_that_break_hard_rules_stay(seed: int) -> None:
    """People whose rows break hard rules are left alone; everybody else's stay sound."""
    problem = random_problem(seed, staff=4)
    made = forms(problem)
    rows, demand = rows_of(made), demand_of(made)
    start = symbols_of(problem, random_roster(problem, seed))
    ledger = ledger_of(rows, demand, start)
    assume(len(ledger.people))
    exchange(rows, demand, ledger, start.copy(), np.zeros(2), 200, HOT, seed)
    for person, row in enumerate(ledger.roster):
        is_sound = judge(rows, person, row) < np.inf
        assert is_sound == (person in ledger.people)
        assert is_sound or (row == start[person]).all()


def assert_booked(rows: Rows, kept: Ledger, anew: Ledger) -> None:
    """Assert that two ledgers of one roster say the same."""
    assert (kept.heads == anew.heads).all()
    assert (kept.people == anew.people).all()
    assert (kept.states[kept.people] == anew.states[kept.people]).all()
    assert (kept.sums == anew.sums).all()
