"""Column generation: solve the master, price at its duals, add columns, until none betters it.

The duals are smoothed towards those of the best bound so far, which keeps them from swinging.

References
----------
P. Wentges (1997). Weighted Dantzig–Wolfe decomposition for linear mixed-integer programming.
International Transactions in Operational Research 4(2), 151-162.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rostering.columns.ascend import Proof
from rostering.columns.board import Board
from rostering.columns.master import Master
from rostering.columns.part import Part, Tools
from rostering.columns.pricing import clip, dual_value, price_rows
from rostering.compiled.tables import Floats

SMOOTHING = 0.5
"""Weight of the best duals so far, and the share of the gap that pricing may lose meanwhile."""


STEPS = 30
"""Rounds of bettering the multipliers of each person."""


FEW = 0.05
"""Share of the people with new columns below which smoothing only delays the end."""


@dataclass(eq=False)
class Generated:
    """Where column generation ended: relaxation, best proof, and whether nothing is left to add."""

    objective: float
    proof: Proof
    is_done: bool


def generate(
    tools: Tools,
    master: Master,
    *,
    cutoff: float = np.inf,
    tolerance: float = 0.05,
    first: Proof | None = None,
    stop: Callable[[float, float], bool] = lambda _objective, _bound: False,
) -> Generated:
    """Generate columns until relaxation and bound meet.

    Parameters
    ----------
    cutoff
        End as soon as the bound shows that nothing cheaper than this exists.
    tolerance
        How near relaxation and bound have to come.
    first
        Proof to better.
    stop
        Told both after each round; true ends the search, as the board may.
    """
    part = master.part
    cells = tools.rows.cells[part.people].astype(np.float64)
    limits = np.full(len(part.people), np.inf)
    best, weight = first, SMOOTHING
    while True:
        objective = master.solve()
        _people, found_duals = master.duals()
        inside = found_duals.copy()
        clip(part.demand, inside)
        slack, tried = np.inf, inside
        if best is not None:
            slack = weight * max(0.0, objective - best.bound) / len(cells)
            tried = weight * best.duals + (1 - weight) * inside
        rows, costs, paid, bounds = priced(
            tools, part, master.board, tried, cells, limits, slack, STEPS
        )
        bound = dual_value(part.demand, tried) + bounds.sum() + part.settled
        if best is None or bound > best.bound:
            best = Proof(tried, bound)
        sound = costs < np.inf
        new = master.add(np.flatnonzero(sound), rows[sound], paid[sound])
        over = stop(objective, best.bound) or master.board.is_over()
        near = objective - best.bound <= tolerance or np.ceil(best.bound - 1e-6) >= objective - 1e-6
        if over or near or best.bound > cutoff - 1 + 1e-6:
            return Generated(objective, best, near)
        if new > FEW * len(cells):
            weight = SMOOTHING
        elif weight == 0 and not new:
            return Generated(objective, best, True)
        else:  # smoothed duals, and good rows that are not the best, may miss what is left
            weight = max(0.0, weight - 0.25)


def priced(
    tools: Tools,
    part: Part,
    board: Board,
    duals: Floats,
    cells: Floats,
    limits: Floats,
    slack: float,
    steps: int,
) -> tuple[np.ndarray, Floats, Floats, Floats]:
    """Return the cheapest rows of everybody in a part, their costs, own prices and bounds."""
    size = len(part.people)
    found = part.roster[part.people].copy()
    costs, paid, bounds = np.zeros(size), np.zeros(size), np.zeros(size)
    span = part.first, part.last
    price_rows(
        *tools, duals, part.people, *span, cells, limits, slack, steps, found, costs, paid, bounds
    )
    board.clock.tick(size)
    return found, costs, paid, bounds
