"""The tables judge a row as the forms say, on random problems with rules of every kind."""

from __future__ import annotations

from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from rostering.compiled.automata.build import rows_of
from rostering.compiled.demand import HARD, count, demand_of, total_price
from rostering.compiled.judge import judge
from rostering.forms import forms
from tests.rostering.compiled.rows import cost_of_heads, own_cost, symbols_of
from tests.rostering.forms.count import fit_only
from tests.rostering.random_problems import random_problem, random_roster

SEEDS = st.integers(0, 10**6)


@given(seed=SEEDS)
@settings(max_examples=150, deadline=None)
def test_a_row_is_judged_as_its_forms_say(seed: int) -> None:
    """A row costs what its soft forms say, and is infinite exactly if it breaks a hard one."""
    problem = random_problem(seed, hardness="soft" if seed % 3 == 0 else "any")
    given = forms(problem)
    rows = rows_of(given)
    for drawn in range(3):
        roster = random_roster(problem, seed + drawn)
        if drawn:
            roster = fit_only(given, roster)
        symbols = symbols_of(problem, roster)
        for person in range(len(problem.staff)):
            cost = judge(rows, person, symbols[person])
            assert cost == own_cost(given, person, roster)


@given(seed=SEEDS)
@settings(max_examples=100, deadline=None)
def test_heads_cost_what_their_forms_say(seed: int) -> None:
    """Heads counted person by person cost what the forms say, hard ones at their price."""
    problem = random_problem(seed, staff=4)
    given = forms(problem)
    demand = demand_of(given)
    roster = random_roster(problem, seed)
    symbols = symbols_of(problem, roster)
    heads = demand.base.copy()
    for person in range(len(problem.staff)):
        count(demand, heads, person, symbols[person], 0, problem.days, 1)
    assert total_price(demand, heads) == cost_of_heads(given, roster, HARD) < inf
    for person in range(len(problem.staff)):
        count(demand, heads, person, symbols[person], 0, problem.days, -1)
    assert (heads == demand.base).all()
