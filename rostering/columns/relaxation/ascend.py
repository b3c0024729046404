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
from rostering.columns.relaxation.pricing import clip, discount, dual_value
from rostering.compiled.cheapest.memory import Scratch
from rostering.compiled.cheapest.multipliers import Multipliers, better, reset
from rostering.compiled.cheapest.window import choose_symbols, follow_tails, window_of
from rostering.compiled.demand import Demand, count
from rostering.compiled.tables import Floats, Ints, Rows

SWEEPS, FEWEST = 800, 100
"""Steps of the ascent, and how many of them it has at least, however long they take."""

SHARE = 1 / 3
"""Share of the time that is left for it; where that is short, there are fewer steps."""

KEPT = 30
"""Of the last sweeps every second is kept as columns, so many in all."""

LONGEST, SHORTEST = 0.2, 0.001
"""Length of the first and last step, as shares of the middle price of a head."""

INERTIA = 0.9
"""Weight of the last direction; less of it in the first steps, which have none yet."""

LARGE_CELLS = 12_000
"""People × days from which people take turns, since a few hundred sweeps are all there is time for.

They bring the duals as near then as twice to four times as many without turns. Where there is time
for more, turns end no higher, and lower in half of the public instances.
"""

TURNS = 10
"""Groups that take turns."""

APPROACH = 0.8
"""Share of the sweeps in turns; the rest climb from there, everybody at a time."""

FAR, NEAR, NEAREST = 0.03, 0.001, 0.0003
"""Length of the first and last step in turns, and of the last one after them."""

LITTLE_INERTIA = 0.3
"""Weight of the last direction in turns, where the people not asked are inertia enough."""

A_SWEEP = 0.1
"""Steps of the clock for a person in a sweep."""

STEPS = 3
"""Rounds of bettering the multipliers in a sweep."""


@dataclass(frozen=True, eq=False)
class Proof:
    """Duals of the heads, and the bound on the cost of all that they prove."""

    duals: Floats
    bound: float


def is_large(people: int, days: int) -> bool:
    """Return whether a problem is so large that methods are chosen for want of time."""
    return people * days > LARGE_CELLS


def ascend(tools: Tools, part: Part, board: Board) -> tuple[Proof, list[Ints]]:
    """Climb from duals of nothing, in as many sweeps as there is time for.

    Returns
    -------
    tuple
        The best proof met, and rows of the people from the last sweeps; some of them break rules.
    """
    cells = tools.rows.cells[part.people].astype(np.float64)
    duals, began = np.zeros(len(part.demand.low)), board.clock.now()
    reset(tools.multiplier)
    climb(tools, part, duals, cells, np.array([LONGEST]), range(0), board)
    a_sweep = max(board.clock.now() - began, 1e-6)
    sweeps = int(np.clip(SHARE * board.left() / a_sweep, FEWEST, SWEEPS))
    lengths = np.geomspace(LONGEST, SHORTEST, sweeps, endpoint=False)
    if is_large(len(cells), part.last - part.first):
        rounds = int(APPROACH * sweeps)
        duals = _approach(tools, part, cells, rounds, board)
        lengths = np.geomspace(2 * NEAR, NEAREST, sweeps - rounds, endpoint=False)
    kept = range(max(0, len(lengths) - 2 * KEPT + 1), len(lengths), 2)
    return climb(tools, part, duals, cells, lengths, kept, board)


def _approach(tools: Tools, part: Part, cells: Floats, rounds: int, board: Board) -> Floats:
    """Return duals near the best: groups of people take turns, and duals move after each.

    Asked all at once, people who are alike all want the same cells. Nothing is proven on the way.

    X. Zhao, P. B. Luh and J. Wang (1999), Surrogate gradient algorithm for Lagrangian relaxation,
    Journal of Optimization Theory and Applications 100(3), 699-712.
    """
    base, span = part.demand.base, (part.first, part.last)
    groups = [np.arange(n, len(part.people), TURNS) for n in range(TURNS)]
    asked = [(part.people[group], cells[group]) for group in groups if len(group)]
    filled = np.zeros((len(asked), len(base)), np.int32)
    duals = np.zeros(len(base))
    steps = _Steps(part, LITTLE_INERTIA)
    for length in np.repeat(np.geomspace(FAR, NEAR, rounds), len(asked)):
        if board.is_over():
            break
        number = steps.taken % len(asked)
        people, own = asked[number]
        found, heads = part.roster[people].copy(), base.copy()
        sweep(*tools, duals, people, *span, own, found, np.zeros(len(people)), heads, STEPS)
        board.clock.tick(A_SWEEP * len(people))
        filled[number] = heads - base
        steps.take(duals, base + filled.sum(axis=0), length)
    return duals


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
    best, rosters = Proof(duals.copy(), -np.inf), []
    steps = _Steps(part, INERTIA)
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
        if not steps.take(duals, heads, length):
            break
    return best, rosters


class _Steps:
    """Steps of the duals by the heads that are missing; each keeps some of the last direction."""

    def __init__(self, part: Part, inertia: float) -> None:
        self.demand, self.touched, self.inertia = part.demand, part.touched, inertia
        self.price = middle_price(part)
        self.direction = np.zeros(len(part.demand.low))
        self.taken = 0

    def take(self, duals: Floats, heads: Ints, length: float) -> bool:
        """Move the duals; return whether there was anything to better."""
        gradient = np.zeros(len(duals))  # rows that the part cannot change are settled
        gradient[self.touched] = _missing(self.demand, duals, heads)[self.touched]
        norm = np.sqrt((gradient**2).mean())
        self.taken += 1
        if not norm:
            return False
        self.direction = self.inertia * self.direction + (1 - self.inertia) * gradient
        begun = 1 - self.inertia**self.taken
        duals += self.price * length / norm / begun * self.direction
        clip(self.demand, duals)
        return True


def middle_price(part: Part) -> float:
    """Return the median of what a head too few costs, or one too many where that is dearer.

    Where some heads must not be missing at any price, of the others only.
    """
    prices = np.maximum(part.demand.under, part.demand.over)[part.touched]
    soft = prices[prices < part.demand.hard]
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
