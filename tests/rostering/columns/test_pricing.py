"""Rows priced at duals, and the bound they give, on random problems small enough to enumerate."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering.columns.relaxation.pricing import clip, dual_value, heads_of, price_rows
from rostering.compiled.automata.build import rows_of
from rostering.compiled.cheapest.paths import multipliers, scratch
from rostering.compiled.demand import NONE, Demand, count, demand_of, total_price
from rostering.compiled.judge import judge
from rostering.compiled.tables import Rows
from rostering.forms import forms
from tests.rostering.compiled.rows import Ints, every_row
from tests.rostering.random_problems import random_problem

Floats = npt.NDArray[np.float64]

SEEDS = st.integers(0, 10**6)
CLOSE = 1e-5
DAYS, SHIFTS = 3, 2


@dataclass(frozen=True)
class Small:
    """Two people, and all rows that they may hold: what each costs, and the heads it fills."""

    rows: Rows
    demand: Demand
    paid: list[Floats]
    heads: list[Ints]

    def optimum(self) -> float:
        """Return the least cost of any roster."""
        return min(
            (
                one + other + total_price(self.demand, self.demand.base + first + second)
                for one, first in zip(self.paid[0], self.heads[0], strict=True)
                for other, second in zip(self.paid[1], self.heads[1], strict=True)
                if one + other < inf
            ),
            default=inf,
        )

    def least(self, person: int, duals: Floats) -> float:
        """Return the least cost less duals of any row of a person."""
        return float((self.paid[person] - self.heads[person] @ duals).min())


def small(seed: int) -> Small:
    """Return a random problem with its rows."""
    problem = random_problem(seed, 2, DAYS, SHIFTS, "any" if seed % 3 else "soft")
    given = forms(problem)
    rows, demand = rows_of(given), demand_of(given)
    every = every_row(DAYS, 1 + SHIFTS)
    paid, heads = [], []
    for person in range(2):
        paid.append(np.array([judge(rows, person, row) for row in every]))
        filled = np.zeros((len(every), len(demand.base)), np.int32)
        for row, into in zip(every, filled, strict=True):
            count(demand, into, person, row, 0, DAYS, 1)
        heads.append(filled)
    return Small(rows, demand, paid, heads)


def random_duals(demand: Demand, seed: int) -> Floats:
    """Return duals within their range, some at its ends."""
    rng = np.random.default_rng(seed)
    duals = rng.uniform(-demand.over, demand.under) * rng.choice([0.01, 1, 1, 9], len(demand.low))
    clip(demand, duals)
    return duals


def heads_of_row(demand: Demand, person: int, row: Ints) -> tuple[Ints, Floats]:
    """Return the rows of heads that one person's row fills, and by how many."""
    place = np.arange(len(demand.low), dtype=np.int32)
    people = np.array([person], np.int32)
    _, index, factor = heads_of(demand, people, row[None], 0, len(row), place)
    return index, factor


@given(seed=SEEDS, steps=st.sampled_from([1, 4, 10]), limit=st.sampled_from([inf, 3.0, -2.0]))
@settings(max_examples=100, deadline=None)
def test_each_finds_their_cheapest_row_and_the_bound_holds(
    seed: int, steps: int, limit: float
) -> None:
    """Rows found are the cheapest below the limit; bounds and duals never exceed the optimum."""
    drawn = small(seed)
    rows, demand = drawn.rows, drawn.demand
    duals = random_duals(demand, seed)
    found = np.zeros((2, DAYS), np.int32)
    costs, paid, bounds = np.zeros(2), np.zeros(2), np.zeros(2)
    price_rows(
        rows,
        demand,
        scratch(rows, 10_000),
        multipliers(rows),
        duals,
        np.arange(2, dtype=np.int32),
        0,
        DAYS,
        rows.cells.astype(np.float64),
        np.full(2, limit),
        0.0,
        steps,
        found,
        costs,
        paid,
        bounds,
    )
    for person in range(2):
        least = drawn.least(person, duals)
        assert bounds[person] <= least + CLOSE
        if least < limit:
            assert costs[person] == pytest.approx(least, abs=CLOSE)
            assert paid[person] == judge(rows, person, found[person])
            index, factor = heads_of_row(demand, person, found[person])
            taken = (duals[index] * factor).sum()
            assert costs[person] == pytest.approx(paid[person] - taken, abs=CLOSE)
        else:
            assert costs[person] == inf
    assert bounds.sum() + dual_value(demand, duals) <= drawn.optimum() + CLOSE


@given(seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_duals_beyond_their_range_give_no_bound(seed: int) -> None:
    """A dual beyond the price of a head, or of a missing limit, makes the bound worthless."""
    demand = small(seed).demand
    for row in range(len(demand.low)):
        duals = random_duals(demand, seed)
        assert dual_value(demand, duals) > -inf
        most = demand.under[row] if demand.low[row] > -NONE else 0
        duals[row] = most + 0.1
        assert dual_value(demand, duals) == -inf
        least = demand.over[row] if demand.high[row] < NONE else 0
        duals[row] = -least - 0.1
        assert dual_value(demand, duals) == -inf


@given(seed=SEEDS)
@settings(max_examples=50, deadline=None)
def test_heads_of_a_row_are_those_counted(seed: int) -> None:
    """The heads of a row, no row of heads named twice, are those that it adds to a count."""
    problem = random_problem(seed)
    given = forms(problem)
    demand = demand_of(given)
    rng = np.random.default_rng(seed)
    for person in range(len(problem.staff)):
        row = rng.integers(0, 4, problem.days).astype(np.int32)
        index, factor = heads_of_row(demand, person, row)
        assert len(set(index)) == len(index)
        counted = np.zeros_like(demand.base)
        count(demand, counted, person, row, 0, problem.days, 1)
        told = np.zeros_like(demand.base)
        told[index] = factor
        assert (told == counted).all()
