"""The cheapest row of a person is the cheapest of all rows, on random problems."""

from __future__ import annotations

from datetime import date
from math import inf

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rostering import Problem
from rostering.compiled.automata.build import rows_of
from rostering.compiled.cheapest.paths import cheapest, multipliers, scratch
from rostering.compiled.cheapest.soundest import soundest
from rostering.compiled.judge import activate, classify, judge
from rostering.compiled.tables import Rows
from rostering.forms import forms
from tests.rostering.compiled.brute import Case
from tests.rostering.compiled.rows import every_row
from tests.rostering.random_problems import random_problem

SEEDS = st.integers(0, 10**6)
STEPS = st.sampled_from([1, 4, 10])
SIZES = ((5, 3), (6, 2), (9, 1))
CLOSE = 1e-5


def case(seed: int, is_whole: bool) -> Case | None:
    """Return a random person with random prices; None if they have no row at all."""
    rng = np.random.default_rng(seed)
    days, shifts = SIZES[seed % 3]
    problem = random_problem(seed, 2, days, shifts, "any" if seed % 4 else "soft")
    rows = rows_of(forms(problem))
    person = int(rng.integers(2))
    possible = [row for row in every_row(days, 1 + shifts) if judge(rows, person, row) < inf]
    if not possible:
        return None
    cells = rows.cells[person] + rng.integers(-20, 20, (days, 1 + shifts)) / 4
    row = possible[rng.integers(len(possible))]
    first, last = (0, days) if is_whole else sorted(map(int, rng.integers(0, days + 1, 2)))
    return Case(rows, person, cells, row.copy(), first, last)


def activate_some(rows: Rows, person: int, share: float, seed: int) -> None:
    """Let the search know a share of a person's slots."""
    rng = np.random.default_rng(seed)
    slots = slice(rows.slot_first[person], rows.slot_first[person + 1])
    rows.is_active[slots] = rows.is_told[slots] = False
    classify(rows, person)
    for slot in range(slots.start, slots.stop):
        if rng.random() < share:
            activate(rows, person, slot)


def search(case: Case, limit: float, steps: int) -> tuple[float, float, bool, float]:
    """Return what the search says, and what the row found costs."""
    row, work = case.row.copy(), scratch(case.rows, 100_000)
    found = cheapest(
        case.rows,
        work,
        multipliers(case.rows),
        case.person,
        case.cells,
        row,
        case.first,
        case.last,
        limit,
        0.0,
        steps,
    )
    outside = [*range(case.first), *range(case.last, len(row))]
    if found[0] < inf:
        assert (row[outside] == case.row[outside]).all()
    return (*found, case.cost(row) if found[0] < inf else inf)


@pytest.mark.parametrize("is_whole", [True, False])
@pytest.mark.parametrize("share", [1.0, 0.5])
@given(seed=SEEDS, steps=STEPS)
@example(seed=1024, steps=1)
@settings(max_examples=60, deadline=None)
def test_no_row_is_cheaper(is_whole: bool, share: float, seed: int, steps: int) -> None:
    """The row found costs what it is said to cost, and no row costs less."""
    drawn = case(seed, is_whole)
    if drawn is None:
        return
    activate_some(drawn.rows, drawn.person, share, seed)
    cost, bound, is_exact, paid = search(drawn, inf, steps)
    best = drawn.best()
    assert is_exact
    if (drawn.rows.is_active & ~drawn.rows.is_told).any():  # too many sums: what they hide is free
        assert bound <= best + CLOSE
        assert cost <= paid + CLOSE
        return
    assert cost == pytest.approx(paid, abs=CLOSE)
    assert cost == pytest.approx(best, abs=CLOSE)
    assert bound <= best + CLOSE


@given(seed=SEEDS, steps=STEPS, share=st.sampled_from([0.0, 0.5]))
@settings(max_examples=100, deadline=None)
def test_bounds_hold_for_sums_that_are_priced_but_not_told(
    seed: int, steps: int, share: float
) -> None:
    """Without telling sums apart the search counts no more than the cheapest row costs."""
    drawn = case(seed, is_whole=seed % 2 == 0)
    if drawn is None:
        return
    activate_some(drawn.rows, drawn.person, 1.0, seed)
    told = drawn.rows.is_told
    told &= (np.random.default_rng(seed).random(len(told)) < share) | (drawn.rows.bit >= 0)
    multiplier = multipliers(drawn.rows)
    multiplier.price[:] = np.random.default_rng(seed).normal(0, 3, len(multiplier.price))
    row, best = drawn.row.copy(), drawn.best()
    work = scratch(drawn.rows, 100_000)
    _cost, bound, _is_exact = cheapest(
        drawn.rows,
        work,
        multiplier,
        drawn.person,
        drawn.cells,
        row,
        drawn.first,
        drawn.last,
        inf,
        0.0,
        steps,
    )
    assert bound <= best + CLOSE


@given(seed=SEEDS, steps=STEPS, tries=st.sampled_from([1, 3, 20]))
@settings(max_examples=100, deadline=None)
def test_the_soundest_row_keeps_every_rule(seed: int, steps: int, tries: int) -> None:
    """It costs what it is said to, and with enough tries no row costs less; the bound holds."""
    drawn = case(seed, is_whole=seed % 2 == 0)
    if drawn is None or drawn.first == drawn.last:
        return
    activate_some(drawn.rows, drawn.person, 0.3, seed)
    row, work = drawn.row.copy(), scratch(drawn.rows, 100_000)
    cost, paid, bound = soundest(
        drawn.rows,
        work,
        multipliers(drawn.rows),
        drawn.person,
        drawn.cells,
        row,
        drawn.first,
        drawn.last,
        inf,
        0.0,
        steps,
        tries,
    )
    least = drawn.least_whole()
    assert bound <= least + CLOSE
    if cost < inf:
        assert paid == judge(drawn.rows, drawn.person, row)
        assert cost == pytest.approx(drawn.whole_cost(row), abs=CLOSE)
        assert cost >= least - CLOSE
    if tries == 20:
        assert cost == pytest.approx(least, abs=CLOSE)


def test_weeks_are_bounded_as_tightly_as_they_are_priced() -> None:
    """A limit on shifts of each week, and a wish for more, meet in the multipliers alone."""
    given = Problem.model_validate(
        {
            "start": date(2026, 10, 5),
            "days": 28,
            "shift_types": [{"id": "早", "minutes": 480, "paid_minutes": 480}],
            "staff": [{"id": "甲", "max_week_minutes": 1440}],
        }
    )
    rows = rows_of(forms(given))
    slot = int(np.flatnonzero(rows.is_end.sum(axis=1) == 4)[0])
    activate(rows, 0, slot)
    assert rows.is_told[slot]
    rows.is_told[slot] = False
    cells = rows.cells[0].copy()
    cells[:, 1] -= 1 + np.arange(28) / 100
    expected = sum(np.sort(cells[week : week + 7, 1])[:3].sum() for week in range(0, 28, 7))
    row = np.zeros(28, np.int32)
    work, multiplier = scratch(rows, 10_000), multipliers(rows)
    _cost, bound, _is_exact = cheapest(rows, work, multiplier, 0, cells, row, 0, 28, inf, 0.0, 60)
    assert bound == pytest.approx(expected, abs=0.05)
    assert bound <= expected + CLOSE


@given(seed=SEEDS, steps=STEPS, above=st.sampled_from([-7.0, -0.5, 0.0, 0.25, 3.0]))
@settings(max_examples=100, deadline=None)
def test_only_rows_below_a_limit_are_found(seed: int, steps: int, above: float) -> None:
    """A row is found exactly if one is cheaper than the limit, and then it is the cheapest."""
    drawn = case(seed, is_whole=seed % 2 == 0)
    if drawn is None:
        return
    activate_some(drawn.rows, drawn.person, 1.0, seed)
    best = drawn.best()
    limit = best + above
    cost, bound, is_exact, paid = search(drawn, limit, steps)
    assert is_exact
    assert bound <= best + CLOSE
    if above > 0:
        assert cost == pytest.approx(best, abs=CLOSE)
        assert paid == pytest.approx(best, abs=CLOSE)
    else:
        assert cost == inf or cost >= limit - CLOSE
        assert bound >= limit - CLOSE
