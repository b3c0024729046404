"""The cheapest row of a person by trying all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from rostering.compiled.judge import judge
from rostering.compiled.tables import Rows
from tests.rostering.compiled.rows import Ints, every_row

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A person of some tables, a row of theirs, prices of their cells, and a window of days."""

    rows: Rows
    person: int
    cells: Floats
    row: Ints
    first: int
    last: int

    def best(self) -> float:
        """Return the least cost of any row that differs in the window only."""
        free = every_row(self.last - self.first, self.cells.shape[1])
        tried = np.repeat(self.row[None], len(free), axis=0)
        tried[:, self.first : self.last] = free
        return min(self.cost(row) for row in tried)

    def cost(self, row: Ints) -> float:
        """Return what a row costs by active slots, less what no cell of the window decides."""
        judged = judge(known(self.rows, self.person), self.person, row)
        if not judged < np.inf:
            return np.inf
        days = np.arange(len(row))
        inside = days[self.first : self.last]
        own = self.rows.cells[self.person][days, row].sum()
        return judged - own + self.cells[inside, row[inside]].sum() - self._before() - self._apart()

    def least_whole(self) -> float:
        """Return the least cost of any whole row that differs in the window only."""
        free = every_row(self.last - self.first, self.cells.shape[1])
        tried = np.repeat(self.row[None], len(free), axis=0)
        tried[:, self.first : self.last] = free
        return min(self.whole_cost(row) for row in tried)

    def whole_cost(self, row: Ints) -> float:
        """Return what a whole row costs by all slots, with the window's cells at their price."""
        judged = judge(self.rows, self.person, row)
        if not judged < np.inf:
            return np.inf
        inside = np.arange(self.first, self.last)
        own = self.rows.cells[self.person][inside, row[inside]]
        return judged + (self.cells[inside, row[inside]] - own).sum()

    def _before(self) -> float:
        """Return what the automaton charges for days before the window."""
        rows, group = self.rows, self.rows.group[self.person]
        state, charged = rows.start[self.person], 0.0
        for day in range(self.first):
            at = group, rows.kinds[group, day], state, rows.sees[group, self.row[day]]
            charged, state = charged + rows.price[at], rows.after[at]
        return charged

    def _apart(self) -> float:
        """Return what segments cost that have no day in the window, in the row as it is."""
        rows, charged = known(self.rows, self.person), 0.0
        for slot in range(rows.slot_first[self.person], rows.slot_first[self.person + 1]):
            ends = [-1, *np.flatnonzero(rows.is_end[slot])]
            for before, end in pairwise(ends):
                begun = before + 1 + int(np.argmax(rows.ends[slot, before + 1 :] >= 0))
                if end < self.first or begun >= self.last:
                    only = np.zeros_like(rows.is_end)
                    only[slot, end] = True
                    charged += _sum_price(rows, self.person, slot, self.row, begun, end)
        return charged


def _sum_price(rows: Rows, person: int, slot: int, row: Ints, begun: int, end: int) -> float:
    group, state, total = rows.group[person], rows.start[person], 0
    for day, symbol in enumerate(row[: end + 1]):
        at = group, rows.kinds[group, day], state, rows.sees[group, symbol]
        if day >= begun:
            counted = (rows.counts[at] >> rows.bit[slot]) & 1
            total += counted if rows.bit[slot] >= 0 else rows.amounts[rows.adds[slot, day], symbol]
        state = rows.after[at]
    return float(rows.prices[rows.ends[slot, end] + min(total, rows.top[slot])])


def known(rows: Rows, person: int) -> Rows:
    """Return tables in which slots of a person that are not active cost nothing."""
    slots = slice(rows.slot_first[person], rows.slot_first[person + 1])
    ends = rows.ends.copy()
    free = ends[slots]
    free[~rows.is_active[slots] & (free >= 0).any(axis=1)] = len(rows.prices)
    return rows._replace(
        ends=ends, prices=np.concatenate([rows.prices, np.zeros(1 + rows.top.max(initial=0))])
    )
