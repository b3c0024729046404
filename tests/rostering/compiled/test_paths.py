"""The cheapest row of a person is the cheapest of all rows, on random problems."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering.compiled.build import rows_of
from rostering.compiled.judge import activate, classify, judge
from rostering.compiled.paths import cheapest, multipliers, scratch
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
    possible = [row for row in every_row(days, 1 + shifts) if judge(rows, person, row)[0] < inf]
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
    rows.is_active[slots] = False
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
    assert cost == pytest.approx(paid, abs=CLOSE)
    assert cost == pytest.approx(best, abs=CLOSE)
    assert bound <= best + CLOSE


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
