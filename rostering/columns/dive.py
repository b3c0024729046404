"""Diving: fix the cells that the relaxation is surest of, price again, until all are whole.

Only fractional cells are fixed. Those that are whole already stay free, so that the next rounds may
change their minds; fixing them as well ends in rosters that cost a tenth more.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from rostering.columns.generate import priced
from rostering.columns.master import DUAL_SIMPLEX, Master, is_sound
from rostering.columns.part import Tools
from rostering.compiled.tables import Floats, Ints

WHOLE = 0.999

ALMOST = 1e-3
"""Slack of rows in a dive, which proves nothing."""


@dataclass(frozen=True)
class Manner:
    """How a dive goes about it.

    Parameters
    ----------
    sure
        Cells whose share is at least this are fixed together.
    most
        Share of all cells that is fixed at a time, at most.
    least
        Share of the fractional cells that is fixed at a time even if they are not sure.
    noise
        Random addition to shares when cells are ranked.
    rounds
        Rounds of pricing after each fixing.
    """

    sure: float = 0.75
    most: float = 0.04
    least: float = 0.1
    noise: float = 0.0
    rounds: int = 4


def dive(
    tools: Tools,
    master: Master,
    manner: Manner,
    rng: np.random.Generator,
    *,
    cutoff: float = np.inf,
    until: float = inf,
) -> Ints | None:
    """Return rows for the people of a part, or None if the dive came out above the cutoff.

    The master keeps the columns found on the way; all are allowed again afterwards.

    Parameters
    ----------
    cutoff
        Dives that come to cost as much are given up.
    until
        Time by which it hurries to be done: it then fixes more at a time.
    """
    state = _Dive(tools, master, manner, rng, until)
    try:
        return state.run(cutoff)
    finally:
        master.allow(np.arange(len(master.who)), True)


class _Dive:
    """A dive under way: which cells are fixed and which columns still agree with them."""

    def __init__(
        self,
        tools: Tools,
        master: Master,
        manner: Manner,
        rng: np.random.Generator,
        until: float,
    ) -> None:
        part = master.part
        self.tools, self.master, self.manner, self.rng = tools, master, manner, rng
        self.cells = tools.rows.cells[part.people].astype(np.float64)
        self.fixed = np.zeros((len(part.people), part.last - part.first), np.bool_)
        self.alive = np.ones(len(master.who), np.bool_)
        self.clock = master.board.clock
        self.began, self.until, self.rounds = self.clock.now(), until, 0

    def run(self, cutoff: float) -> Ints | None:
        """Fix and price in turn."""
        objective = self.master.solve()
        while True:
            objective = self.priced(objective)
            if objective >= cutoff - 1e-6 or not is_sound(objective - self.master.part.settled):
                return None
            shares = self.master.shares()
            top, symbol = self.cell_shares(shares)
            if (top > WHOLE).all():
                return self.rows(symbol)
            if self.master.board.is_over():
                return None
            self.fix(top, symbol, shares)
            objective = self.master.solve(DUAL_SIMPLEX)

    def priced(self, objective: float) -> float:
        """Generate some columns that agree with what is fixed."""
        master, part = self.master, self.master.part
        for _ in range(self.manner.rounds):
            people, heads = master.duals()
            rows, costs, paid, _ = priced(
                self.tools, master, heads, self.cells, people - 1e-4, ALMOST, 6
            )
            better = np.flatnonzero(costs < people - 1e-4)
            if master.board.is_over() or not master.add(better, rows[better], paid[better]):
                break
            more = len(master.who) - len(self.alive)
            self.alive = np.append(self.alive, np.ones(more, np.bool_))
            before, objective = objective, master.solve()
            if before - objective < 0.05 and before < objective + part.settled:
                break
        return objective

    def cell_shares(self, shares: Floats) -> tuple[Floats, Ints]:
        """Return the largest share of any symbol in each cell, and which symbol it is."""
        part, master = self.master.part, self.master
        people, days = self.fixed.shape
        value = np.zeros((people, days, self.cells.shape[2]))
        used = np.flatnonzero(shares > 1e-6)
        cells = master.rows[used, part.first : part.last]
        np.add.at(
            value, (master.who[used][:, None], np.arange(days)[None], cells), shares[used][:, None]
        )
        return value.max(axis=2), value.argmax(axis=2).astype(np.int32)

    def fix(self, top: Floats, symbol: Ints, shares: Floats) -> None:
        """Fix the surest fractional cells; at least one.

        Fixing one at a time where none is sure would take most of the time and gain nothing.
        """
        manner = self.manner
        open_cells = ~self.fixed & (top <= WHOLE)
        score = top + manner.noise * self.rng.random(top.shape)
        people, days = np.nonzero(open_cells)
        order = np.argsort(-score[people, days])
        sure = int((score[people, days] >= manner.sure).sum())
        least = max(1, int(manner.least * len(order)))
        count = max(least, min(sure, int(manner.most * self.fixed.size)), self.haste(len(order)))
        chosen: dict[int, list[int]] = {}
        for at in order[:count]:
            chosen.setdefault(int(people[at]), []).append(int(days[at]))
        for person, some in chosen.items():
            self.hold(person, some, symbol[person], shares)

    def haste(self, cells: int) -> int:
        """Return how many cells to fix at a time to be done with so many when time is up."""
        self.rounds += 1
        now = self.clock.now()
        rounds_left = (self.until - now) * self.rounds / max(now - self.began, 1e-3)
        return cells if rounds_left <= 1 else int(cells / rounds_left)

    def hold(self, person: int, days: list[int], symbol: Ints, shares: Floats) -> None:
        """Fix cells of a person that one of their columns in use has together."""
        first = self.master.part.first
        own = np.flatnonzero((self.master.who == person) & self.alive[: len(self.master.who)])
        used = own[shares[own] > 1e-6]
        kept: list[int] = []
        for day in days:
            agreeing = used[self.master.rows[used, first + day] == symbol[day]]
            if len(agreeing):
                kept.append(day)
                used = agreeing
        for day in kept:
            price = self.cells[person, first + day, symbol[day]]
            self.cells[person, first + day] = np.inf
            self.cells[person, first + day, symbol[day]] = price
        self.fixed[person, kept] = True
        at = first + np.array(kept)
        agrees = (self.master.rows[own][:, at] == symbol[kept]).all(axis=1)
        self.alive[own[~agrees]] = False
        self.master.allow(own[~agrees], False)

    def rows(self, symbol: Ints) -> Ints:
        """Return the people's whole rows."""
        part = self.master.part
        rows = part.roster[part.people].copy()
        rows[:, part.first : part.last] = symbol
        return rows
