"""First duals and columns: the Lagrange bound climbs by subgradients before any master is solved.

Far from the optimum a master costs seconds and its duals swing from one end of their range to the
other. A sweep, which relaxes everybody's sums, costs a tenth of a millisecond a person, and a few
hundred of them bring the duals near enough that a fraction of the masters is left to solve.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np

from rostering.columns.board import Board
from rostering.columns.part import Part, Tools
from rostering.columns.pricing import clip, discount, dual_value
from rostering.compiled.demand import HARD, Demand, count
from rostering.compiled.memory import Scratch
from rostering.compiled.multipliers import Multipliers, better, reset
from rostering.compiled.tables import Floats, Ints, Rows
from rostering.compiled.window import choose_symbols, follow_tails, window_of

SWEEPS = 800
"""Steps of the ascent."""

KEPT = 30
"""Of the last sweeps every second is kept as columns, so many in all."""

LONGEST, SHORTEST = 0.2, 0.001
"""Length of the first and last step, as shares of the middle price of a head."""

INERTIA = 0.9
"""Weight of the last direction; less of it in the first sweeps, which have none yet."""

A_SWEEP = 0.1
"""Steps of the clock for a person in a sweep."""

STEPS = 3
"""Rounds of bettering the multipliers in a sweep."""


@dataclass(frozen=True, eq=False)
class Proof:
    """Duals of the heads, and the bound on the cost of all that they prove."""

    duals: Floats
    bound: float


def ascend(tools: Tools, part: Part, board: Board) -> tuple[Proof, list[Ints]]:
    """Climb from duals of nothing.

    Returns
    -------
    tuple
        The best proof met, and rows of the people from the last sweeps; some of them break rules.
    """
    cells = tools.rows.cells[part.people].astype(np.float64)
    lengths = np.geomspace(LONGEST, SHORTEST, SWEEPS, endpoint=False)
    kept = range(SWEEPS - 2 * KEPT + 1, SWEEPS, 2)
    reset(tools.multiplier)
    return climb(tools, part, np.zeros(len(part.demand.low)), cells, lengths, kept, board)


def climb(
    tools: Tools,
    part: Part,
    duals: Floats,
    cells: Floats,
    lengths: Floats,
    kept: range,
    board: Board,
) -> tuple[Proof, list[Ints]]:
    """Climb from given duals.

    Parameters
    ----------
    cells
        Person of the part × day × symbol: price of the cell by itself; infinite where it must not
        be.
    lengths
        Of the steps, as shares of the middle price of a head.
    kept
        Numbers of the sweeps whose rows are returned.

    Returns
    -------
    tuple
        The best proof met, and rows of the people; some of them break rules.
    """
    demand, people = part.demand, part.people
    found, heads = part.roster[people].copy(), demand.base.copy()
    bounds, duals = np.zeros(len(people)), duals.copy()
    direction, price = np.zeros(len(heads)), middle_price(part)
    best, rosters = Proof(duals.copy(), -np.inf), []
    for number, length in enumerate(lengths):
        if board.is_over():
            break
        span = part.first, part.last
        sweep(*tools, duals, people, *span, cells, found, bounds, heads, STEPS)
        board.clock.tick(A_SWEEP * len(people))
        bound = dual_value(demand, duals) + bounds.sum() + part.settled
        if bound > best.bound:
            best = Proof(duals.copy(), bound)
        if number in kept:
            rosters.append(found.copy())
        gradient = np.zeros(len(heads))  # rows that the part cannot change are settled
        gradient[part.touched] = _missing(demand, duals, heads)[part.touched]
        direction = INERTIA * direction + (1 - INERTIA) * gradient
        norm = np.sqrt((gradient**2).mean())
        if not norm:
            break
        duals += price * length / norm / (1 - INERTIA ** (number + 1)) * direction
        clip(demand, duals)
    return best, rosters


def middle_price(part: Part) -> float:
    """Return the median of what a head too few costs, or one too many where that is dearer.

    Where some heads must not be missing at any price, of the others only.
    """
    prices = np.maximum(part.demand.under, part.demand.over)[part.touched]
    soft = prices[prices < HARD]
    return float(np.median(soft if len(soft) else prices)) if len(prices) else 0.0


def _missing(demand: Demand, duals: Floats, heads: Ints) -> Floats:
    """Return the heads that are missing at each dual, as a number; too many count below 0."""
    wanted = np.where(duals > 0, demand.low, np.where(duals < 0, demand.high, heads))
    return (np.clip(wanted, demand.low, demand.high) - heads).astype(np.float64)


@numba.njit(nogil=True, cache=True)
def sweep(
    rows: Rows,
    demand: Demand,
    work: Scratch,
    multiplier: Multipliers,
    duals: Floats,
    people: Ints,
    first: int,
    last: int,
    cells: Floats,
    found: Ints,
    bounds: Floats,
    heads: Ints,
    steps: int,
) -> None:
    """Relax everybody's sums once: write rows, their bounds and the heads that they fill.

    Parameters
    ----------
    cells
        Person of the part × day × symbol: price of the cell by itself.
    found
        Person of the part × day: rows as they are on other days; changed in between.
    """
    heads[:] = demand.base
    for n, person in enumerate(people):
        own = cells[n].copy()
        discount(demand, duals, person, first, last, own)
        window = window_of(rows, person, found[n], first, last)
        choose_symbols(rows, work, window, own)
        follow_tails(rows, work, window, found[n])
        bounds[n], _ = better(rows, work, multiplier, window, found[n], np.inf, steps, True)
        count(demand, heads, person, found[n], first, last, 1)
