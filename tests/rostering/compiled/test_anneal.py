"""What annealing takes out lies in one window or two, and is put back in the cheapest way."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering.columns.part import cost_of, tools
from rostering.compiled.anneal import Plan, Span, choose_span, fill, refill, seed_chance
from rostering.compiled.automata.build import rows_of
from rostering.compiled.demand import demand_of
from rostering.compiled.judge import judged
from rostering.compiled.tables import Ints
from rostering.forms import forms
from tests.rostering.compiled.rows import every_row
from tests.rostering.random_problems import random_problem

SEEDS = st.integers(0, 10**6)
DAYS, SHIFTS = 6, 2


@given(days=st.integers(1, 400), weeks=st.integers(1, 6), seed=SEEDS)
@settings(deadline=None)
def test_a_span_lies_in_the_period_and_is_no_longer_than_told(
    days: int, weeks: int, seed: int
) -> None:
    """Both windows have days, in order, and together the width, at the end some days more."""
    seed_chance(seed)
    span = choose_span(days, 7 * weeks)
    assert 0 <= span.first < span.hold <= span.until <= span.last <= days
    taken = span.hold - span.first + span.last - span.until
    assert taken == days if 7 * weeks >= days else taken < 7 * weeks + 7


def test_some_spans_are_apart_and_reach_both_ends() -> None:
    """Of many spans some leave months between their windows, and all days are reached."""
    seed_chance(0)
    spans = [choose_span(365, 14) for _ in range(2000)]
    assert any(span.until - span.hold > 200 for span in spans)
    assert any(span.until == span.hold for span in spans)
    reached = np.zeros(365, np.bool_)
    for span in spans:
        reached[span.first : span.hold] = reached[span.until : span.last] = True
    assert reached.all()


@given(seed=SEEDS, first=st.integers(0, 2), gap=st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_a_person_gets_the_cheapest_cells_of_a_span(seed: int, first: int, gap: int) -> None:
    """Of all rows that differ on the span only, the one put back costs the whole roster least."""
    given_forms = forms(random_problem(seed, 2, DAYS, SHIFTS, "soft" if seed % 2 else "any"))
    own = tools(rows_of(given_forms), demand_of(given_forms))
    span = Span(first, first + 2, min(first + 2 + gap, DAYS), DAYS)
    roster: Ints = np.zeros((2, DAYS), np.int32)
    paid = judged(own.rows, np.arange(2, dtype=np.int32), roster)
    plan = Plan(roster.copy(), own.demand.base.copy(), paid)
    for person in range(2):
        fill(own.demand, plan.heads, person, roster[person], Span(0, DAYS, DAYS, DAYS), 1)
    fill(own.demand, plan.heads, 0, roster[0], span, -1)
    seed_chance(seed)
    is_found = refill(*own, plan, 0, span, 0.0, 10)

    changed = np.zeros(DAYS, np.bool_)
    changed[span.first : span.hold] = changed[span.until : span.last] = True
    rows = every_row(DAYS, 1 + SHIFTS)
    rows = rows[(rows[:, ~changed] == roster[0, ~changed]).all(axis=1)]
    tried = [cost_of(own.rows, own.demand, np.array([row, roster[1]])) for row in rows]
    assert (plan.roster[0, ~changed] == roster[0, ~changed]).all()
    if np.isfinite(paid[1]):
        assert is_found == np.isfinite(min(tried))
    if is_found:
        assert cost_of(own.rows, own.demand, plan.roster) <= min(tried) + 1e-6
