"""The restricted master problem: choose a row for each person so that the heads cost least.

Its linear relaxation is solved again and again as columns come in, each time from the last basis.
PuLP has no way to keep one, so HiGHS is called directly here (docs/decisions/0006).
"""

from __future__ import annotations

import math
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from rostering.columns.board import Board
from rostering.columns.part import Part
from rostering.columns.relaxation.pricing import heads_of
from rostering.compiled.tables import Floats, Ints
from rostering.exact.highs import prepare_highs

ARTIFICIAL = 1e6
"""Price of giving a person no row at all."""

PRIMAL_SIMPLEX, DUAL_SIMPLEX = 4, 1
"""HiGHS' numbers for them.

After new columns the last basis is feasible but no longer optimal, and the primal simplex goes on
from there; after columns were forbidden it is the other way round, and the dual one is three times
as fast.
"""

SLICE, SLICE_STEPS = 0.5, 10
"""Seconds, or steps where work is counted, after which a solve looks whether it should stop."""

SLICED = (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kIterationLimit)
"""How HiGHS ends a slice."""

PIVOTS = 20_000
"""Pivots times rows of the master that count as a step of the clock."""


class Master:
    """The linear relaxation over the columns so far; a column is a person's row.

    Attributes
    ----------
    who, rows, paid
        Column: number of the person within the part, symbols by day, price by itself.
    """

    def __init__(self, part: Part, board: Board) -> None:
        self.part = part
        self.board = board
        self.who: Ints = np.zeros(0, np.int32)
        self.rows: npt.NDArray[np.int32] = np.zeros((0, part.roster.shape[1]), np.int32)
        self.paid: Floats = np.zeros(0)
        self.seen: set[tuple[int, bytes]] = set()
        self.place = np.full(len(part.demand.low), -1, np.int32)
        self.place[part.touched] = len(part.people) + np.arange(len(part.touched))
        self.model = _model(part)
        self.first_column = self.model.getNumCol()

    def add(self, of: npt.NDArray[np.integer[Any]], rows: Ints, paid: Floats) -> int:
        """Add columns that are new; return how many are."""
        first, last = self.part.first, self.part.last
        who = of.astype(np.int32)
        keys = [(int(n), row[first:last].tobytes()) for n, row in zip(who, rows, strict=True)]
        fresh = [at for at, key in enumerate(keys) if key not in self.seen]
        if not fresh:
            return 0
        self.seen.update(keys[at] for at in fresh)
        who, rows, paid = who[fresh], rows[fresh], paid[fresh]
        demand, people = self.part.demand, self.part.people
        starts, index, value = heads_of(demand, people[who], rows, first, last, self.place)
        starts, index, value = _with_person(who, starts, index, value)
        count = len(fresh)
        self.model.addCols(
            count, paid, np.zeros(count), np.full(count, np.inf), len(index), starts, index, value
        )
        self.who = np.append(self.who, who.astype(np.int32))
        self.rows = np.vstack([self.rows, rows])
        self.paid = np.append(self.paid, paid)
        return count

    def solve(self, strategy: int = PRIMAL_SIMPLEX) -> float:
        """Solve the relaxation; return its cost, settled costs included.

        Works in slices, each from where the last one stopped, so that it can be stopped; what it
        returns then is no bound.
        """
        model, board, over = self.model, self.board, False
        pivots_a_step = PIVOTS / model.getNumRow()
        model.setOptionValue("simplex_strategy", strategy)
        while not over:
            if board.clock.is_counted:
                most = math.ceil(SLICE_STEPS * pivots_a_step)
                model.setOptionValue("simplex_iteration_limit", most)
            else:
                spent = model.getRunTime()  # the limit is on all runs of a model together
                model.setOptionValue("time_limit", spent + min(SLICE, max(0.0, board.left())))
            model.run()
            board.clock.tick(model.getInfo().simplex_iteration_count / pivots_a_step)
            over = model.getModelStatus() not in SLICED or board.is_over()
        return float(self.model.getInfo().objective_function_value) + self.part.settled

    def duals(self) -> tuple[Floats, Floats]:
        """Return the duals of the people, and those of all rows of heads (0 if not touched)."""
        found = np.array(self.model.getSolution().row_dual)
        count = len(self.part.people)
        heads = np.zeros(len(self.place))
        heads[self.part.touched] = found[count : count + len(self.part.touched)]
        return found[:count], heads

    def shares(self) -> Floats:
        """Return how much of each column the solution uses."""
        return np.array(self.model.getSolution().col_value)[self.first_column :]

    def missing(self) -> Floats:
        """Return by how much the solution misses each row of heads (0 if not touched)."""
        values = np.array(self.model.getSolution().col_value)
        people, touched = len(self.part.people), self.part.touched
        missing = np.zeros(len(self.place))
        missing[touched] = values[people : people + len(touched)]
        return missing

    def forget(self, most: int) -> None:
        """Drop the columns of greatest reduced cost, where there are more than ``most``.

        All of them have to have been in the last solution.
        """
        if len(self.who) <= most:
            return
        gone = np.sort(np.argsort(self.reduced())[most // 2 :])
        self.drop(gone[~self.is_basic()[gone]])

    def drop(self, gone: npt.NDArray[np.int64]) -> None:
        """Delete columns; the basis stays, as long as none of them is in it."""
        basis = self.model.getBasis()
        basis.col_status = self._statuses(basis, self._forget_columns(gone))
        self.model.setBasis(basis)

    def _forget_columns(self, gone: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Delete columns; return the numbers that the others had."""
        first, last = self.part.first, self.part.last
        self.seen -= {(int(self.who[at]), self.rows[at, first:last].tobytes()) for at in gone}
        keep = np.setdiff1d(np.arange(len(self.who)), gone)
        index = (gone + self.first_column).astype(np.int32)
        self.model.deleteCols(len(index), index)
        self.who, self.rows, self.paid = self.who[keep], self.rows[keep], self.paid[keep]
        return keep

    def thinned(self, keep: npt.NDArray[np.int64]) -> Master:
        """Return a master of its own with some of the columns, those of the basis among them."""
        other = Master(self.part, self.board)
        other.add(self.who[keep], self.rows[keep], self.paid[keep])
        basis = self.model.getBasis()
        basis.col_status = self._statuses(basis, keep)
        other.model.setBasis(basis)
        return other

    def _statuses(self, basis: Any, keep: npt.NDArray[np.int64]) -> list[Any]:
        """Return what is in a basis, without all columns but some."""
        status = basis.col_status
        return [*status[: self.first_column], *(status[self.first_column + at] for at in keep)]

    def is_basic(self) -> npt.NDArray[np.bool_]:
        """Return which columns are in the basis."""
        basic = highspy.HighsBasisStatus.kBasic
        return np.array(
            [s == basic for s in self.model.getBasis().col_status[self.first_column :]], np.bool_
        )

    def reduced(self) -> Floats:
        """Return the reduced cost of each column."""
        return np.array(self.model.getSolution().col_dual)[self.first_column :]

    def forbid(self, columns: npt.NDArray[np.int64]) -> None:
        """Let columns be used no more."""
        index = (columns + self.first_column).astype(np.int32)
        nothing = np.zeros(len(index))
        self.model.changeColsBounds(len(index), index, nothing, nothing)


def _with_person(who: Ints, starts: Ints, index: Ints, value: Floats) -> tuple[Ints, Ints, Floats]:
    """Let each column name its person as well."""
    return (
        (starts[:-1] + np.arange(len(who))).astype(np.int32),
        np.insert(index, starts[:-1], who).astype(np.int32),
        np.insert(value, starts[:-1], 1.0),
    )


def _model(part: Part) -> Any:
    prepare_highs()
    model: Any = highspy.Highs  # its constructor has no types
    model = model()
    for option, value in {
        "output_flag": False,
        "threads": 1,
        "presolve": "off",
    }.items():
        model.setOptionValue(option, value)
    demand, touched = part.demand, part.touched
    people, heads = len(part.people), len(touched)
    base = demand.base[touched]
    none = np.zeros(0, np.int32)
    low = np.append(
        np.ones(people), np.where(demand.low[touched] < -1e5, -np.inf, demand.low[touched] - base)
    )
    high = np.append(
        np.ones(people), np.where(demand.high[touched] > 1e5, np.inf, demand.high[touched] - base)
    )
    total = people + heads
    model.addRows(total, low, high, 0, np.zeros(total, np.int32), none, np.zeros(0))
    rows = np.concatenate([np.arange(people), people + np.arange(heads), people + np.arange(heads)])
    values = np.concatenate([np.ones(people + heads), -np.ones(heads)])
    costs = np.concatenate(
        [np.full(people, ARTIFICIAL), demand.under[touched], demand.over[touched]]
    )
    size = people + 2 * heads
    model.addCols(
        size,
        costs,
        np.zeros(size),
        np.full(size, np.inf),
        size,
        np.arange(size, dtype=np.int32),
        rows.astype(np.int32),
        values,
    )
    return model


def has_everybody(objective: float) -> bool:
    """Return whether everybody has a row in a solution."""
    return objective < ARTIFICIAL / 2
