"""Price the rows of a part at given duals: those that would better its master problem most."""

from __future__ import annotations

import numba
import numpy as np

from rostering.compiled.cheapest.paths import Multipliers, Scratch
from rostering.compiled.cheapest.soundest import soundest
from rostering.compiled.demand import NONE, Demand
from rostering.compiled.tables import Floats, Ints, Rows

TRIES = 8
"""Searches for one person, each with one more slot told apart than the one before, at most."""

SMALL = 1e-9
"""Duals off their range by less are rounding."""


@numba.njit(nogil=True, cache=True)
def discount(
    demand: Demand, duals: Floats, person: int, first: int, last: int, cells: Floats
) -> None:
    """Take from the price of each cell what its heads are worth."""
    symbols, entry_from = cells.shape[1], demand.entry_from[demand.kind[person]]
    for day in range(first, last):
        for symbol in range(symbols):
            cell = day * symbols + symbol
            for entry in range(entry_from[cell], entry_from[cell + 1]):
                worth = duals[demand.entry_row[entry]] * demand.entry_factor[entry]
                cells[day, symbol] -= worth


@numba.njit(nogil=True, cache=True)
def price_rows(
    rows: Rows,
    demand: Demand,
    work: Scratch,
    multiplier: Multipliers,
    duals: Floats,
    people: Ints,
    first: int,
    last: int,
    cells: Floats,
    limits: Floats,
    slack: float,
    steps: int,
    found: Ints,
    costs: Floats,
    paid: Floats,
    bounds: Floats,
) -> None:
    """Find for each person of a part the row of least cost less duals, below their limit.

    Parameters
    ----------
    cells
        Person of the part × day × symbol: price of the cell by itself; infinite where it must not
        be, for reasons of the person or of the search.
    limits
        Person of the part: rows that cost as much, duals taken off, are not looked for.
    slack
        By how much rows may be dearer than the bounds, where that is quicker.
    found
        Person of the part × day: rows as they are on other days; the rows found, afterwards.
    costs
        What the row found costs, duals taken off; infinite if none is below the limit.
    paid
        What it costs by the person's own rules.
    bounds
        No row costs less, duals taken off.
    """
    costs[:], bounds[:] = np.inf, -np.inf  # of whom a halt leaves out
    for n in range(len(people)):
        if work.halt[0]:
            break
        person = people[n]
        own = cells[n].copy()
        discount(demand, duals, person, first, last, own)
        costs[n], paid[n], bounds[n] = soundest(
            rows,
            work,
            multiplier,
            person,
            own,
            found[n],
            first,
            last,
            limits[n],
            slack,
            steps,
            TRIES,
        )


@numba.njit(nogil=True, cache=True)
def clip(demand: Demand, duals: Floats) -> None:
    """Bring duals into their range, from minus the price of a head above to that of one below.

    A row without a least has none above 0, one without a most none below.
    """
    for row in range(len(duals)):
        most = demand.under[row] if demand.low[row] > -NONE else 0.0
        least = -demand.over[row] if demand.high[row] < NONE else 0.0
        duals[row] = min(max(duals[row], least), most)


@numba.njit(nogil=True, cache=True)
def dual_value(demand: Demand, duals: Floats) -> float:
    """Return what duals are worth at the heads themselves: the bound without the people.

    Minus infinity if a dual is out of its range (see :func:`clip`), where heads would earn more
    than they cost and the bound means nothing.
    """
    right = duals.copy()
    clip(demand, right)
    total = 0.0
    for row in range(len(duals)):
        if abs(right[row] - duals[row]) > SMALL:
            return -np.inf
        if right[row] != 0.0:
            at = demand.low[row] if right[row] > 0 else demand.high[row]
            total += right[row] * (at - demand.base[row])
    return total


@numba.njit(nogil=True, cache=True)
def heads_of(
    demand: Demand, people: Ints, found: Ints, first: int, last: int, place: Ints
) -> tuple[Ints, Ints, Floats]:
    """Return the heads that rows fill, as columns: starts, indices by ``place``, and values."""
    symbols = (demand.entry_from.shape[1] - 1) // found.shape[1]
    starts = np.zeros(len(people) + 1, np.int32)
    size = 0
    for n in range(len(people)):
        entry_from = demand.entry_from[demand.kind[people[n]]]
        for day in range(first, last):
            cell = day * symbols + found[n, day]
            size += entry_from[cell + 1] - entry_from[cell]
    index, value = np.empty(size + len(people), np.int32), np.empty(size + len(people))
    filled = 0
    for n in range(len(people)):
        begin, entry_from = filled, demand.entry_from[demand.kind[people[n]]]
        for day in range(first, last):
            cell = day * symbols + found[n, day]
            for entry in range(entry_from[cell], entry_from[cell + 1]):
                row, at = place[demand.entry_row[entry]], -1
                for earlier in range(filled - 1, begin - 1, -1):
                    if index[earlier] == row:
                        at = earlier
                        break
                if at < 0:
                    at = filled
                    index[at], value[at] = row, 0.0
                    filled += 1
                value[at] += demand.entry_factor[entry]
        starts[n + 1] = filled
    return starts, index[:filled], value[:filled]
