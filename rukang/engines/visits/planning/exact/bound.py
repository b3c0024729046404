"""What every plan costs at least, where the model of the first stage would be too large.

A linear relaxation over trips, that is tours with their two inspectors, by column generation
(Gilmore and Gomory 1961). Each home is in a trip or left out; an inspector makes no more trips
than the days they can give; the spread holds as in `model.py`. Of all the pairs of a tour only
those that the duals ask for are ever written down. Whatever the duals, their value less the reduced
costs of the best trips of every home is a bound of every plan (Lagrange), so it may end after any
round.

PuLP has no way to keep a basis from round to round, so HiGHS is called directly here
(docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from rostering.exact.controls import rounded_up
from rostering.exact.highs import prepare_highs
from rukang.engines.visits.planning.remaining import Remaining
from rukang.engines.visits.planning.tours import (
    Tour,
    cost_done,
    cost_of_going,
    cost_of_moving,
    may_go,
    needs_of,
)

Floats = npt.NDArray[np.float64]

BARRED = 1e9
"""Price of an inspector on a tour that is not for them."""

A_ROUND = 2000
"""Trips added in a round at most, the best first."""

ENOUGH = 1e-6
"""Reduced costs nearer to zero than this end the rounds."""


class Tours:
    """What each inspector on each tour costs, and which pairs have the skills for it."""

    def __init__(self, remaining: Remaining, candidates: Sequence[Tour]) -> None:
        problem = remaining.problem
        people = problem.inspectors
        self.tours = candidates
        self.going = np.array(
            [
                [
                    cost_of_going(remaining, one.code, tour)
                    if may_go(remaining, one, tour)
                    else BARRED
                    for one in people
                ]
                for tour in candidates
            ],
            dtype=np.float64,
        ).reshape(len(candidates), len(people))
        self.moving = np.array([cost_of_moving(remaining, tour) for tour in candidates], np.float64)
        self.pairs = np.array(list(combinations(range(len(people)), 2)), np.int64).reshape(-1, 2)
        place = {home.code: number for number, home in enumerate(remaining.homes)}
        self.homes = [[place[code] for code in tour.homes] for tour in candidates]
        unskilled: dict[frozenset[str], Floats] = {}
        for tour in candidates:
            needs = needs_of(problem, tour)
            if needs not in unskilled:
                fit = [needs <= people[i].skills | people[j].skills for i, j in self.pairs]
                unskilled[needs] = np.where(fit, 0.0, BARRED)
        self.unskilled = [unskilled[needs_of(problem, tour)] for tour in candidates]

    @property
    def variables(self) -> int:
        """Return how many choices of an inspector for a tour there are."""
        return int((self.going < BARRED).sum())

    def best(self, duals: Duals) -> tuple[Floats, npt.NDArray[np.int64]]:
        """Return the least reduced cost of each tour, and the number of the pair that has it."""
        costs, chosen = np.zeros(len(self.tours)), np.zeros(len(self.tours), np.int64)
        one, other = self.pairs.T
        for number, homes in enumerate(self.homes):
            going = self.going[number] - duals.inspectors
            pairs = going[one] + going[other] + self.unskilled[number]
            chosen[number] = pairs.argmin()
            costs[number] = pairs[chosen[number]] + self.moving[number] - duals.homes[homes].sum()
        return costs, chosen


@dataclass(frozen=True)
class Duals:
    """Prices of a home's visit and of an inspector's day, as the relaxation sees them."""

    homes: Floats
    inspectors: Floats


def least_cost(remaining: Remaining, tours: Tours, rounds: int, is_over: Callable[[], bool]) -> int:
    """Return a cost that no plan is below, from some rounds of columns at most."""
    if not tours.tours or not len(tours.pairs):
        return remaining.problem.prices.left_out * len(remaining.homes) + cost_done(remaining)
    relaxation, bound = _Relaxation(remaining), 0.0
    for _ in range(rounds):
        value, duals = relaxation.solve()
        reduced, pairs = tours.best(duals)
        bound = max(bound, value + _slack(tours, reduced, len(remaining.homes)))
        wanted = np.argsort(reduced)[:A_ROUND]
        wanted = wanted[reduced[wanted] < -ENOUGH]
        if not len(wanted) or is_over():
            break
        relaxation.add(tours, wanted, pairs[wanted])
    return (rounded_up(bound) or 0) + cost_done(remaining)


def _slack(tours: Tours, reduced: Floats, count: int) -> float:
    """Return by how much trips not written down could be cheaper: each home is in one at most."""
    gains = np.zeros(count)
    for homes, cost in zip(tours.homes, reduced, strict=True):
        for home in homes:
            gains[home] = min(gains[home], cost / len(homes))
    return float(gains.sum())


class _Relaxation:
    """The linear program: rows of homes, then three of each inspector, then the spread."""

    def __init__(self, remaining: Remaining) -> None:
        prepare_highs()
        model: Any = highspy.Highs
        self.model, self.homes = model(), len(remaining.homes)
        self.model.setOptionValue("output_flag", False)
        self.model.setOptionValue("threads", 1)
        self.people = [
            (remaining.most_days[one.code], sum(remaining.days_left[one.code].values()),
             len(remaining.busy_done[one.code]))
            for one in remaining.problem.inspectors
        ]  # fmt: skip
        infinite, prices = highspy.kHighsInf, remaining.problem.prices
        for _ in range(self.homes):
            self.model.addRow(1.0, infinite, 0, [], [])
        for most, left, done in self.people:
            self.model.addRow(-infinite, float(left), 0, [], [])
            # 100 days <= most x high, and >= most x low; nobody counts who can give no day
            self.model.addRow(-infinite, -100.0 * done if most else infinite, 0, [], [])
            self.model.addRow(-100.0 * done if most else -infinite, infinite, 0, [], [])
        self.model.addRow(0.0, infinite, 0, [], [])
        for home in range(self.homes):
            self._column(float(prices.left_out), [home], [1.0])
        last = self.homes + 3 * len(self.people)
        rated = [(row, most) for row, (most, _, _) in enumerate(self.people) if most]
        high = [(self.homes + 3 * row + 1, -float(most)) for row, most in rated]
        low = [(self.homes + 3 * row + 2, -float(most)) for row, most in rated]
        self._column(0.0, *zip(*[*high, (last, -1.0)], strict=True))
        self._column(0.0, *zip(*[*low, (last, 1.0)], strict=True))
        self._column(float(prices.spread_point), [last], [1.0])

    def solve(self) -> tuple[float, Duals]:
        """Return the cost of the relaxation over the columns so far, and its duals."""
        self.model.run()
        found = np.array(self.model.getSolution().row_dual)
        rows = found[self.homes : self.homes + 3 * len(self.people)].reshape(-1, 3)
        days = rows[:, 0] + 100.0 * (rows[:, 1] + rows[:, 2])
        value = float(self.model.getInfo().objective_function_value)
        return value, Duals(found[: self.homes], days)

    def add(
        self, tours: Tours, wanted: npt.NDArray[np.int64], pairs: npt.NDArray[np.int64]
    ) -> None:
        """Add trips, each a tour with one of its pairs."""
        for number, pair in zip(wanted.tolist(), tours.pairs[pairs].tolist(), strict=True):
            cost = float(tours.going[number][pair].sum() + tours.moving[number])
            rows = list(tours.homes[number])
            values = [1.0] * len(rows)
            for who in pair:
                first = self.homes + 3 * who
                rows += [first, first + 1, first + 2]
                values += [1.0, 100.0, 100.0]
            self._column(cost, rows, values)

    def _column(self, cost: float, rows: Sequence[int], values: Sequence[float]) -> None:
        index, value = np.array(rows, np.int32), np.array(values, np.float64)
        self.model.addCol(cost, 0.0, highspy.kHighsInf, len(index), index, value)
