"""The cheapest row of a person that keeps every hard rule, also those that the search left out.

A search tells few sums apart. What it finds is recounted, and the sum that hides most of the cost
is told apart from then on; where that would be too much, its multipliers are moved instead.
"""

from __future__ import annotations

import numba
import numpy as np

from rostering.compiled.cheapest.memory import Scratch
from rostering.compiled.cheapest.multipliers import SAME, Multipliers, allowed, wanted
from rostering.compiled.cheapest.paths import cheapest
from rostering.compiled.judge import activate, judge, write_sums
from rostering.compiled.tables import Floats, Ints, Rows

FIRST_PUSH, MORE_PUSH = 1.0, 1.6
"""By how much a multiplier moves first, in costs of the largest amount, and by what factor then."""


@numba.njit(nogil=True, cache=True)
def soundest(
    rows: Rows,
    work: Scratch,
    multiplier: Multipliers,
    person: int,
    cells: Floats,
    row: Ints,
    first: int,
    last: int,
    limit: float,
    slack: float,
    steps: int,
    tries: int,
) -> tuple[float, float, float]:
    """Find the cheapest row that keeps all rules and differs from ``row`` in a window only.

    Parameters
    ----------
    tries
        Searches at most. The best row so far is kept, and the best bound.

    Other parameters, what a search counts, and how ``row`` is used: see :func:`cheapest`.

    Returns
    -------
    tuple
        What the whole row costs, cells of the window at their price in ``cells``, infinite if none
        is found below the limit; what it costs by the person's own rules; and a lower bound on the
        first for all rows.
    """
    before, found = row.copy(), row.copy()
    best, best_paid, best_bound = np.inf, np.inf, -np.inf
    outside, push = _outside(rows, person, row, first, last), FIRST_PUSH
    kept = multiplier.price[:0]
    for _ in range(tries):
        found[:] = before
        cost, bound, _exact = cheapest(
            rows, work, multiplier, person, cells, found, first, last, limit - outside, slack, steps
        )
        best_bound = max(best_bound, bound + outside)
        if not cost < np.inf:
            break
        paid = judge(rows, person, found)
        cost = paid
        for day in range(first, last):
            cost += cells[day, found[day]] - rows.cells[person, day, found[day]]
        if cost < min(best, limit):
            best, best_paid = cost, paid
            row[:] = found
        slot = _worst(rows, multiplier, person, found)
        if slot < 0 or work.halt[0] or best <= best_bound + max(slack, SAME):
            break
        if not activate(rows, person, slot):
            if paid < np.inf or not rows.is_active[slot]:
                break
            if push == FIRST_PUSH:
                kept = multiplier.price.copy()
            _push(rows, multiplier, person, slot, found, push)
            push *= MORE_PUSH
            steps = 1  # more would move the multipliers back
    if len(kept):
        multiplier.price[:] = kept
    return best, best_paid, best_bound


@numba.njit(nogil=True, cache=True)
def _outside(rows: Rows, person: int, row: Ints, first: int, last: int) -> float:
    """Return what a row costs that no cell of a window can change."""
    group, state = rows.group[person], rows.start[person]
    cost = 0.0
    for day in range(len(row)):
        if day < first or day >= last:
            cost += rows.cells[person, day, row[day]]
        if day < first:
            kind, seen = rows.kinds[group, day], rows.sees[group, row[day]]
            cost += rows.price[group, kind, state, seen]
            state = rows.after[group, kind, state, seen]
            if state < 0:
                return np.inf
    for slot in range(rows.slot_first[person], rows.slot_first[person + 1]):
        if rows.bit[slot] < 0:  # blocks are counted over the whole period
            cost += _segments_outside(rows, slot, row, first, last)
    return cost


@numba.njit(nogil=True, cache=True)
def _segments_outside(rows: Rows, slot: int, row: Ints, first: int, last: int) -> float:
    """Return what the segments of a slot cost that have no day in a window."""
    cost, total, is_inside = 0.0, 0, False
    for day in range(len(row)):
        total += rows.amounts[rows.adds[slot, day], row[day]]
        is_inside = is_inside or (first <= day < last and rows.segment[slot, day] >= 0)
        if rows.is_end[slot, day]:
            if not is_inside:
                cost += rows.prices[rows.ends[slot, day] + min(total, rows.top[slot])]
            total, is_inside = 0, False
    return cost


@numba.njit(nogil=True, cache=True)
def _worst(rows: Rows, multiplier: Multipliers, person: int, row: Ints) -> int:
    """Return the slot that hides most of what a row costs; −1 if none hides anything."""
    sums = np.empty(len(row), np.int32)
    worst, most = -1, SAME
    for slot in range(rows.slot_first[person], rows.slot_first[person + 1]):
        if rows.is_told[slot]:
            continue
        write_sums(rows, person, slot, row, sums)
        hidden = 0.0
        for day in range(len(row)):
            if rows.is_end[slot, day]:
                price = multiplier.price[rows.segment[slot, day]]
                hidden += _hidden(rows, slot, rows.ends[slot, day], price, sums[day])
        if hidden > most:
            worst, most = slot, hidden
    return worst


@numba.njit(nogil=True, cache=True)
def _hidden(rows: Rows, slot: int, table: int, price: float, total: int) -> float:
    """Return how much more a sum costs than the bound at this multiplier counts on."""
    if not rows.is_active[slot]:
        return rows.prices[table + min(total, rows.top[slot])]
    at = wanted(rows, slot, table, 0, price)
    least = rows.prices[table + at] - price * at
    return rows.prices[table + min(total, rows.top[slot])] - price * total - least


@numba.njit(nogil=True, cache=True)
def _push(
    rows: Rows, multiplier: Multipliers, person: int, slot: int, row: Ints, by: float
) -> None:
    """Move the multipliers of a slot towards the sums that its prices want."""
    sums = np.empty(len(row), np.int32)
    write_sums(rows, person, slot, row, sums)
    largest = 1
    for day in range(len(row)):
        largest = max(largest, rows.amounts[rows.adds[slot, day]].max())
        if rows.is_end[slot, day]:
            table, segment = rows.ends[slot, day], rows.segment[slot, day]
            price = multiplier.price[segment]
            gradient = np.sign(sums[day] - wanted(rows, slot, table, 0, price))
            moved = price + gradient * by / largest
            multiplier.price[segment] = allowed(rows, slot, table, moved)
