"""The master problem of everybody, solved from within by an interior point method.

With thousands of rows of heads nearly all vertices are alike, and the simplex wanders among them
for minutes where a few dozen steps from within take a second. The duals lie in the middle of their
range instead of at its ends, too, so that they swing less from round to round. There is no basis to
go on from: small masters, as of parts, are better off with the simplex.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rostering.columns.board import Board
from rostering.columns.part import Part
from rostering.columns.relaxation.ascend import is_large
from rostering.columns.relaxation.master import PRIMAL_SIMPLEX, Master
from rostering.compiled.tables import Floats, Ints

EXACT = 1e-4
"""Relative difference of primal and dual at which to stop.

J. Gondzio, P. González-Brevis and P. Munari (2013), New developments in the primal-dual column
generation technique, European Journal of Operational Research 224(1), 41-51: duals from well within
lead to fewer rounds than exact ones.
"""

USED = 1e-5
"""Shares above this count as used: from within, all are a little above 0."""

WORK = 10_000
"""Entries of the matrix times iterations that count as a step of the clock."""


class Interior(Master):
    """A master whose solutions are no vertices."""

    def __init__(self, part: Part, board: Board) -> None:
        super().__init__(part, board)
        self.cost: float | None = None
        for option, value in {
            "solver": "ipm",
            "run_crossover": "off",
            "presolve": "on",
            "ipm_optimality_tolerance": EXACT,
        }.items():
            self.model.setOptionValue(option, value)
        self.model.cbIpmInterrupt.subscribe(self._look_up)

    def solve(self, strategy: int = PRIMAL_SIMPLEX) -> float:
        """Solve the relaxation afresh if it has changed; return its cost, settled costs included.

        Infinite if it was stopped, as what it then holds means nothing.
        """
        model, board = self.model, self.board
        if self.cost is not None:
            return self.cost
        if not board.clock.is_counted:
            model.setOptionValue("time_limit", model.getRunTime() + max(0.1, board.left()))
        model.clearSolver()
        model.run()
        info = model.getInfo()
        board.clock.tick(info.ipm_iteration_count * model.getNumNz() / WORK)
        if board.is_urgent():
            return np.inf
        self.cost = float(info.objective_function_value) + self.part.settled
        return self.cost

    def add(self, of: npt.NDArray[np.integer[Any]], rows: Ints, paid: Floats) -> int:
        """Add columns that are new; return how many are."""
        new = super().add(of, rows, paid)
        self.cost = None if new else self.cost
        return new

    def forbid(self, columns: npt.NDArray[np.int64]) -> None:
        """Let columns be used no more."""
        super().forbid(columns)
        self.cost = None

    def is_basic(self) -> npt.NDArray[np.bool_]:
        """Return which columns are used."""
        used: npt.NDArray[np.bool_] = self.shares() > USED
        return used

    def drop(self, gone: npt.NDArray[np.int64]) -> None:
        """Delete columns."""
        if len(gone):
            self._forget_columns(gone)
            self.cost = None

    def thinned(self, keep: npt.NDArray[np.int64]) -> Master:
        """Return a master of its own with some of the columns.

        A dive changes little from turn to turn: unless it is large, the simplex goes on quicker.
        """
        people, days = len(self.part.people), self.part.last - self.part.first
        kind = Interior if is_large(people, days) else Master
        other = kind(self.part, self.board)
        other.add(self.who[keep], self.rows[keep], self.paid[keep])
        return other

    def _look_up(self, event: Any) -> None:
        """Let HiGHS stop where there is a reason to."""
        if self.board.is_urgent():
            event.interrupt()
