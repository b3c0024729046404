"""Price everybody's rows at given duals: the rows that would better the master problem most."""

from __future__ import annotations

import numba
import numpy as np

from rostering.compiled.demand import NONE, Demand
from rostering.compiled.judge import activate, judge
from rostering.compiled.paths import Multipliers, Scratch, cheapest
from rostering.compiled.tables import Floats, Ints, Rows

TRIES = 8
"""Searches for one person, each with one more slot told apart than the one before, at most."""

SMALL = 1e-9
"""Duals off their range by less are rounding."""


@numba.njit(nogil=True, cache=True)
def discount(demand: Demand, duals: Floats, person: int, cells: Floats) -> None:
    """Take from the price of each cell what its heads are worth."""
    days, symbols = cells.shape
    for day in range(days):
        for symbol in range(symbols):
            cell = day * symbols + symbol
            for entry in range(demand.entry_from[cell], demand.entry_from[cell + 1]):
                if demand.member[demand.entry_mask[entry], person]:
                    worth = duals[demand.entry_row[entry]] * demand.entry_factor[entry]
                    cells[day, symbol] -= worth


@numba.njit(nogil=True, cache=True)
def price_everybody(
    rows: Rows,
    demand: Demand,
    work: Scratch,
    multiplier: Multipliers,
    duals: Floats,
    limits: Floats,
    steps: int,
    found: Ints,
    costs: Floats,
    paid: Floats,
    bounds: Floats,
) -> None:
    """Find for each person the row of least cost less duals, below their limit.

    Parameters
    ----------
    found
        Person × day: the rows found; as they were where none is.
    costs
        Person: cost less duals of the row found; infinite if none is below the limit.
    paid
        Person: what the row costs by itself.
    bounds
        Person: no row costs less, duals taken off.
    """
    for person in range(len(limits)):
        cells = rows.cells[person].astype(np.float64)
        discount(demand, duals, person, cells)
        costs[person], bounds[person] = np.inf, -np.inf
        for _ in range(TRIES):
            row = found[person].copy()
            cost, bound, _exact = cheapest(
                rows, work, multiplier, person, cells, row, 0, len(row), limits[person], steps
            )
            bounds[person] = max(bounds[person], bound)
            if not cost < np.inf:
                break
            own, unknown = judge(rows, person, row)
            if unknown >= 0 and activate(rows, person, unknown):
                continue
            cost = own - worth(rows, person, cells, row)
            if cost < limits[person]:
                found[person], costs[person], paid[person] = row, cost, own
            break


@numba.njit(nogil=True, cache=True)
def worth(rows: Rows, person: int, cells: Floats, row: Ints) -> float:
    """Return what duals take off the price of a row's cells."""
    total = 0.0
    for day in range(len(row)):
        if rows.cells[person, day, row[day]] < np.inf:
            total += rows.cells[person, day, row[day]] - cells[day, row[day]]
    return total


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
def heads_of(demand: Demand, person: int, row: Ints) -> tuple[Ints, Ints]:
    """Return the rows of heads that a person's row fills, and by how many; rows may repeat."""
    symbols = (len(demand.entry_from) - 1) // len(row)
    size = 0
    for day in range(len(row)):
        cell = day * symbols + row[day]
        size += demand.entry_from[cell + 1] - demand.entry_from[cell]
    index, factor = np.empty(size, np.int32), np.empty(size, np.int32)
    filled = 0
    for day in range(len(row)):
        cell = day * symbols + row[day]
        for entry in range(demand.entry_from[cell], demand.entry_from[cell + 1]):
            if demand.member[demand.entry_mask[entry], person]:
                at = -1
                for earlier in range(filled):
                    if index[earlier] == demand.entry_row[entry]:
                        at = earlier
                if at < 0:
                    index[filled] = demand.entry_row[entry]
                    factor[filled] = demand.entry_factor[entry]
                    filled += 1
                else:
                    factor[at] += demand.entry_factor[entry]
    return index[:filled], factor[:filled]
