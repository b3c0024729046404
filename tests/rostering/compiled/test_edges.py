"""People without any row, problems without people, and searches with too little memory."""

from __future__ import annotations

from datetime import date
from math import inf
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering import Problem
from rostering.compiled.automata.automaton import automaton
from rostering.compiled.automata.build import rows_of
from rostering.compiled.automata.watch import BlockWatch
from rostering.compiled.cheapest.paths import cheapest, multipliers, scratch
from rostering.compiled.demand import demand_of, total_price
from rostering.compiled.judge import LARGEST_PRODUCT, activate, judge, product
from rostering.forms import forms
from tests.rostering.compiled.test_paths import CLOSE, activate_some, case
from tests.rostering.random_problems import random_problem

DAYS = 28
EARLY = {"id": "早", "start": 420, "minutes": 480, "paid_minutes": 480}
NIGHT = {"id": "夜", "start": 1260, "minutes": 480, "paid_minutes": 470, "skill": "护理"}


def problem(**parts: Any) -> Problem:
    """Return a problem of four weeks and two shift types."""
    given = {"start": date(2026, 10, 1), "days": DAYS, "shift_types": [EARLY, NIGHT], "staff": []}
    return Problem.model_validate(given | parts)


HOPELESS = {
    "no shift that they can work": {"skills": ["无"], "shift_limits": {"早": 0}, "min_minutes": 9},
    "a sum between two that can be": {"min_minutes": 5000, "max_minutes": 5005},
    "more shifts than their runs allow": {
        "min_assignments": 20,
        "max_consecutive_days": 2,
        "min_consecutive_days_off": 2,
    },
}


@pytest.mark.parametrize("limits", HOPELESS.values(), ids=list(HOPELESS))
@pytest.mark.parametrize("steps", [1, 4, 10])
def test_a_person_without_any_row_is_found_out(limits: dict[str, Any], steps: int) -> None:
    """The search ends and says that there is no row."""
    rows = rows_of(forms(problem(staff=[{"id": "甲"} | limits])))
    row = np.zeros(DAYS, np.int32)
    work, multiplier = scratch(rows, 100_000), multipliers(rows)
    found = cheapest(rows, work, multiplier, 0, rows.cells[0], row, 0, DAYS, inf, 0.0, steps)
    assert found == (inf, inf, True)


def test_pinned_cells_may_contradict_a_rule() -> None:
    """Pins that break a hard run leave no row."""
    pins = [{"staff": "甲", "day": day, "shift": "早"} for day in (3, 4, 5)]
    rows = rows_of(forms(problem(staff=[{"id": "甲", "max_consecutive_days": 2}], fixed=pins)))
    row = np.zeros(DAYS, np.int32)
    work, multiplier = scratch(rows, 1_000), multipliers(rows)
    found = cheapest(rows, work, multiplier, 0, rows.cells[0], row, 0, DAYS, inf, 0.0, 4)
    assert found == (inf, inf, True)


def test_nobody_costs_nothing() -> None:
    """A problem without people has tables, and no heads cost nothing."""
    given = forms(problem())
    rows, demand = rows_of(given), demand_of(given)
    assert len(rows.group) == len(multipliers(rows).price) == 0
    assert len(scratch(rows, 1).state) == 1
    assert total_price(demand, demand.base) == 0


def test_large_weights_are_exact() -> None:
    """Weights of a cell add up to the unit however large they are."""
    wishes = [
        {"staff": "甲", "day": 0, "shift": shift, "wanted": True, "weight": 2**30 + 1}
        for shift in ("早", "夜")
    ]
    rows = rows_of(forms(problem(staff=[{"id": "甲"}], requests=wishes)))
    assert judge(rows, 0, np.zeros(DAYS, np.int32)) == 2**31 + 2


def test_more_blocks_than_bits_are_refused() -> None:
    """An automaton counts as many blocks as a number has bits, and says so."""
    watches = [BlockWatch(((day,),), frozenset()) for day in range(33)]
    with pytest.raises(ValueError, match="33 kinds of blocks"):
        automaton(watches, DAYS, 2, [(0,) * 33])


@given(seed=st.integers(0, 10**6))
@settings(max_examples=50, deadline=None)
def test_active_sums_fit_into_memory(seed: int) -> None:
    """However many slots ask for it, no more sums are told apart than there is memory for."""
    rows = rows_of(forms(random_problem(seed, days=28, hardness="soft")))
    work = scratch(rows, 1)
    for person in range(len(rows.group)):
        for slot in range(rows.slot_first[person], rows.slot_first[person + 1]):
            activate(rows, person, slot)
        assert product(rows, person) <= LARGEST_PRODUCT
        assert product(rows, person) * rows.after.shape[2] <= len(work.place)


@given(seed=st.integers(0, 10**6), labels=st.sampled_from([1, 4, 16]))
@settings(max_examples=60, deadline=None)
def test_with_too_little_memory_bounds_still_hold(seed: int, labels: int) -> None:
    """Where labels are lost the search says so; its bound holds, and its row costs what it says."""
    drawn = case(seed, is_whole=True)
    if drawn is None:
        return
    activate_some(drawn.rows, drawn.person, 1.0, seed)
    row, best = drawn.row.copy(), drawn.best()
    work, multiplier = scratch(drawn.rows, labels), multipliers(drawn.rows)
    cost, bound, is_exact = cheapest(
        drawn.rows, work, multiplier, drawn.person, drawn.cells, row, 0, len(row), inf, 0.0, 1
    )
    assert bound <= best + CLOSE
    assert cost >= best - CLOSE
    if cost < inf:
        assert cost == pytest.approx(drawn.cost(row), abs=CLOSE)
    if is_exact:
        assert cost == pytest.approx(best, abs=CLOSE)
