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

from rostering.columns.board import Board
from rostering.columns.part import Part, Tools
from rostering.columns.relaxation.ascend import Proof, climb
from rostering.columns.relaxation.master import Master
from rostering.columns.relaxation.pricing import clip, dual_value, price_rows
from rostering.compiled.judge import judged
from rostering.compiled.tables import Bools, Floats, Ints

SMOOTHING = 0.5
"""Weight of the best duals so far, and the share of the gap that pricing may lose meanwhile."""


STEPS = 30
"""Rounds of bettering the multipliers of each person."""


FEW = 0.05
"""Share of the people with new columns below which smoothing only delays the end."""

NEARBY = 0.95
"""Weight of the best duals so far in sweeps, which are to find many rows where they are."""

LONGEST, SHORTEST = 0.02, 0.002
"""Length of the first and last step of these sweeps, as shares of the middle price of a head."""

WORTH = 0.1
"""Share of the gap that a round of sweeps alone has to gain; otherwise rows are priced as well."""

MOST_COLUMNS = 60
"""Columns a person that a master keeps; the dearest go first."""


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
    sweeps: int = 0,
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
        Proof to better; sweeps need one.
    sweeps
        How many to make before rows are priced, in every round. They find many rows at once where
        these are worth most while the relaxation is far from its end.
    stop
        Told both after each round; true ends the search, as the board may.
    """
    rounds = _Rounds(tools, master, first or Proof(np.zeros(len(master.part.demand.low)), -np.inf))
    while True:
        objective = master.solve()
        if master.board.is_urgent():
            return Generated(objective, rounds.best, False)
        is_falling = sweeps > 0 and rounds.sweep(objective, sweeps)
        is_last = not is_falling and rounds.price(objective)
        bound = rounds.best.bound
        over = stop(objective, bound) or master.board.is_over()
        near = objective - bound <= tolerance or np.ceil(bound - 1e-6) >= objective - 1e-6
        if over or near or is_last or bound > cutoff - 1 + 1e-6:
            return Generated(objective, rounds.best, bool(near) or is_last)


class _Rounds:
    """Rounds of new columns, each from the duals of the master's last solution."""

    def __init__(self, tools: Tools, master: Master, first: Proof) -> None:
        self.tools, self.master, self.best = tools, master, first
        self.cells = tools.rows.cells[master.part.people].astype(np.float64)
        self.weight, self.before = SMOOTHING, np.inf

    def sweep(self, objective: float, sweeps: int) -> bool:
        """Add the rows that sweeps near the best duals find.

        Returns
        -------
        bool
            Whether the relaxation is still falling fast, so that this will do.
        """
        self.master.forget(MOST_COLUMNS * len(self.cells))
        part, tried = self.master.part, self._mixed(NEARBY)
        lengths = np.geomspace(LONGEST, SHORTEST, sweeps, endpoint=False)
        proof, rosters = climb(
            self.tools, part, tried, self.cells, lengths, range(sweeps), self.master.board
        )
        self._keep(proof)
        for rows in rosters:
            paid = judged(self.tools.rows, part.people, rows)
            self._add(rows, paid, paid < np.inf)
        gained, self.before = self.before - objective, objective
        return gained > WORTH * (objective - self.best.bound)

    def price(self, objective: float) -> bool:
        """Add everybody's cheapest rows; return whether no row would better the relaxation."""
        part, gap = self.master.part, objective - self.best.bound
        is_first = not np.isfinite(gap)
        slack = np.inf if is_first else self.weight * max(0.0, gap) / len(self.cells)
        tried = self._mixed(0.0 if is_first else self.weight)
        limits = np.full(len(self.cells), np.inf)
        rows, costs, paid, bounds = priced(
            self.tools, part, self.master.board, tried, self.cells, limits, slack, STEPS
        )
        self._keep(Proof(tried, dual_value(part.demand, tried) + bounds.sum() + part.settled))
        new = self._add(rows, paid, costs < np.inf)
        is_last = self.weight == 0 and not new
        # Smoothed duals, and good rows that are not the best, may miss what is left.
        is_rich = new > FEW * len(self.cells)
        self.weight = SMOOTHING if is_rich else max(0.0, self.weight - 0.25)
        return is_last

    def _mixed(self, weight: float) -> Floats:
        """Return the best duals so far and, for the rest of the weight, those of the solution."""
        found = self.master.duals()[1].copy()
        clip(self.master.part.demand, found)
        return weight * self.best.duals + (1 - weight) * found

    def _keep(self, proof: Proof) -> None:
        if proof.bound > self.best.bound or not np.isfinite(self.best.bound):
            self.best = proof

    def _add(self, rows: Ints, paid: Floats, sound: Bools) -> int:
        who = np.flatnonzero(sound)
        return self.master.add(who, rows[who], paid[who])


def priced(
    tools: Tools,
    part: Part,
    board: Board,
    duals: Floats,
    cells: Floats,
    limits: Floats,
    slack: float,
    steps: int,
) -> tuple[Ints, Floats, Floats, Floats]:
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
