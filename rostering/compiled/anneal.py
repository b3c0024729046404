"""Take a few people out of a roster and put each back in the cheapest way; accept by annealing."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from rostering.compiled.cheapest.paths import Multipliers, Scratch
from rostering.compiled.cheapest.soundest import soundest
from rostering.compiled.demand import Demand, count, marginal, total_price
from rostering.compiled.tables import Floats, Ints, Rows

TRIES = 20
"""Searches for one person's row, each knowing more of what must not be, at most."""

APART = 0.5
"""Chance that the days taken out lie in two windows apart from each other.

What a year's limits leave of work is spread over its weeks; only such a move takes it from one
month to another.
"""

WEEK = 7


class Span(NamedTuple):
    """Days first … hold − 1 and until … last − 1, which may change; those in between stay."""

    first: int
    hold: int
    until: int
    last: int


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
    span: Span,
    slack: float,
    steps: int,
) -> bool:
    """Give a person, who is out of the heads on the days of a span, the cheapest cells there.

    By up to ``slack`` they may be dearer, where that is quicker.
    Their row then counts again. False, and the row as it was, if none is found.
    """
    first, last = span.first, span.last
    row = plan.roster[person].copy()
    cells = rows.cells[person].astype(np.float64)
    marginal(demand, plan.heads, person, first, span.hold, cells)
    marginal(demand, plan.heads, person, span.until, last, cells)
    for day in range(first, last):  # rows of equal cost are many; which one is left to chance
        is_held = span.hold <= day < span.until
        for symbol in range(cells.shape[1]):
            if is_held and symbol != row[day]:
                cells[day, symbol] = np.inf
            else:
                cells[day, symbol] += 0.5 * np.random.random() / (last - first)
    _cost, paid, _bound = soundest(
        rows, work, multiplier, person, cells, row, first, last, np.inf, slack, steps, TRIES
    )
    is_found = paid < np.inf
    if is_found:
        plan.roster[person, :] = row
        plan.paid[person] = paid
    fill(demand, plan.heads, person, plan.roster[person], span, 1)
    return is_found


@numba.njit(nogil=True, cache=True)
def fill(demand: Demand, heads: Ints, person: int, row: Ints, span: Span, by: int) -> None:
    """Add a person's cells on the days of a span to the heads, or take them away."""
    count(demand, heads, person, row, span.first, span.hold, by)
    count(demand, heads, person, row, span.until, span.last, by)


@numba.njit(nogil=True, cache=True)
def choose_span(days: int, width: int) -> Span:
    """Choose so many days by chance, whole weeks, in one window or two; all if as many.

    The last window takes in what the period is longer than whole weeks.
    """
    if width >= days:
        return Span(0, days, days, days)
    if width < 2 * WEEK or np.random.random() >= APART:
        first = WEEK * np.random.randint(0, (days - width) // WEEK + 1)
        last = _last(days, first + width)
        return Span(first, last, last, last)
    half = width // 2 // WEEK * WEEK
    first = WEEK * np.random.randint(0, (days - 2 * half) // WEEK + 1)
    hold = first + half
    until = hold + WEEK * np.random.randint(0, (days - half - hold) // WEEK + 1)
    return Span(first, hold, until, _last(days, until + half))


@numba.njit(nogil=True, cache=True)
def _last(days: int, last: int) -> int:
    """Return the end of a window, or that of the period if no whole week is left after it."""
    return days if days - last < WEEK else last


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
        span = choose_span(days, width)
        kept = np.empty((size, days), np.int32)
        kept_paid = np.empty(size)
        for n in range(size):
            kept[n] = plan.roster[chosen[n]]
            kept_paid[n] = plan.paid[chosen[n]]
            fill(demand, plan.heads, chosen[n], kept[n], span, -1)
        for n in range(size):
            refill(rows, demand, work, multiplier, plan, chosen[n], span, slack, 4)
        cost = total_price(demand, plan.heads) + plan.paid.sum()
        if cost <= costs[0] - warm * np.log(np.random.random()):
            costs[0] = cost
            accepted += 1
            if cost < costs[1] - 1e-6:
                costs[1] = cost
                best[:] = plan.roster
        else:
            for n in range(size):
                fill(demand, plan.heads, chosen[n], plan.roster[chosen[n]], span, -1)
            for n in range(size):
                plan.roster[chosen[n]] = kept[n]
                plan.paid[chosen[n]] = kept_paid[n]
                fill(demand, plan.heads, chosen[n], kept[n], span, 1)
    return accepted
