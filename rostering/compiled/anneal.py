"""Take a few people out of a roster and put each back in the cheapest way; accept by annealing."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from rostering.compiled.demand import Demand, count, marginal, total_price
from rostering.compiled.paths import Multipliers, Scratch
from rostering.compiled.soundest import soundest
from rostering.compiled.tables import Floats, Ints, Rows

TRIES = 20
"""Searches for one person's row, each knowing more of what must not be, at most."""


class Plan(NamedTuple):
    """A roster under way.

    Parameters
    ----------
    roster
        Person × day: symbols.
    heads
        Row of the demand: heads.
    paid
        Person: what their row costs by itself.
    """

    roster: Ints
    heads: Ints
    paid: Floats


@numba.njit(nogil=True, cache=True)
def seed_chance(seed: int) -> None:
    """Begin the random numbers of compiled code on this thread."""
    np.random.seed(seed)


@numba.njit(nogil=True, cache=True)
def refill(
    rows: Rows,
    demand: Demand,
    work: Scratch,
    multiplier: Multipliers,
    plan: Plan,
    person: int,
    first: int,
    last: int,
    slack: float,
    steps: int,
) -> bool:
    """Give a person, who is out of the heads on days first … last − 1, the cheapest cells there.

    By up to ``slack`` they may be dearer, where that is quicker.
    Their row then counts again. False, and the row as it was, if none is found.
    """
    before = plan.roster[person].copy()
    cells = rows.cells[person].astype(np.float64)
    marginal(demand, plan.heads, person, first, last, cells)
    for day in range(first, last):  # rows of equal cost are many; which one is left to chance
        for symbol in range(cells.shape[1]):
            cells[day, symbol] += 0.5 * np.random.random() / (last - first)
    row = before.copy()
    _cost, paid, _bound = soundest(
        rows, work, multiplier, person, cells, row, first, last, np.inf, slack, steps, TRIES
    )
    is_found = paid < np.inf
    if is_found:
        plan.roster[person, :] = row
        plan.paid[person] = paid
    count(demand, plan.heads, person, plan.roster[person], first, last, 1)
    return is_found


@numba.njit(nogil=True, cache=True)
def anneal(
    rows: Rows,
    demand: Demand,
    work: Scratch,
    multiplier: Multipliers,
    plan: Plan,
    best: Ints,
    costs: Floats,
    rounds: int,
    most: int,
    width: int,
    warm: float,
    slack: float,
    seed: int,
) -> int:
    """Run some rounds; ``costs`` holds the cost now and the best, ``best`` the best roster.

    Parameters
    ----------
    most
        People taken out at a time, at most.
    width
        Days taken out at a time; the whole period if as long.
    warm
        Temperature.
    slack
        By how much rows may be dearer than the cheapest, where that is quicker.
    """
    np.random.seed(seed)
    people, days = plan.roster.shape
    accepted = 0
    for _ in range(rounds):
        if work.halt[0]:
            break
        size = min(people, 1 + np.random.randint(most))
        chosen = np.random.choice(people, size, replace=False)
        first, last = 0, days
        if width < days:
            first = 7 * np.random.randint(0, (days - width) // 7 + 1)
            last = min(days, first + width)
        kept = plan.roster[chosen[0] : chosen[0] + 1].copy()
        kept = np.empty((size, days), np.int32)
        kept_paid = np.empty(size)
        for n in range(size):
            kept[n] = plan.roster[chosen[n]]
            kept_paid[n] = plan.paid[chosen[n]]
            count(demand, plan.heads, chosen[n], kept[n], first, last, -1)
        for n in range(size):
            refill(rows, demand, work, multiplier, plan, chosen[n], first, last, slack, 4)
        cost = total_price(demand, plan.heads) + plan.paid.sum()
        if cost <= costs[0] - warm * np.log(np.random.random()):
            costs[0] = cost
            accepted += 1
            if cost < costs[1] - 1e-6:
                costs[1] = cost
                best[:] = plan.roster
        else:
            for n in range(size):
                count(demand, plan.heads, chosen[n], plan.roster[chosen[n]], first, last, -1)
            for n in range(size):
                plan.roster[chosen[n]] = kept[n]
                plan.paid[chosen[n]] = kept_paid[n]
                count(demand, plan.heads, chosen[n], kept[n], first, last, 1)
    return accepted
