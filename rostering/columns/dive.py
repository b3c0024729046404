"""Diving: fix the cells that the relaxation is surest of, price again, until all are whole.

Only fractional cells are fixed. Those that are whole already stay free, so that the next rounds may
change their minds; fixing them as well ends in rosters that cost a tenth more.

A dive has a master of its own, with few columns: those that disagree with what is fixed are
deleted, and so are dear ones, since the time of a relaxation goes by their number. After each
fixing some sweeps of subgradients from the duals before any (:func:`climb`) give every person
several rows at a time, of which the relaxation makes good what the fixing cost. Rows priced at its
own duals come one at a time, and it takes many relaxations until they do.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

from rostering.columns.part import Tools
from rostering.columns.relaxation.ascend import climb, middle_price
from rostering.columns.relaxation.generate import priced
from rostering.columns.relaxation.master import DUAL_SIMPLEX, Master, has_everybody
from rostering.columns.relaxation.pricing import clip
from rostering.compiled.judge import judged
from rostering.compiled.tables import Floats, Ints

WHOLE = 0.999

ALMOST = 1e-3
"""Slack of rows in a dive, which proves nothing."""

SWEEPS = (4, 15)
"""Few and many sweeps after each fixing, one or the other in turn.

Many keep relaxations that end near the best roster where they are, and spare others of their kind.
Where the relaxation is far below any roster, few are better: with too many rows a dive learns too
late what a fixing costs.
"""

LONGEST, SHORTEST = 0.02, 0.002
"""Length of their first and last step, as shares of the middle price of a head."""

CHEAP, DEAR = 0.05, 0.02
"""Columns of less reduced cost a dive starts with, and those of more it drops on the way.

Shares of the middle price of a head, as all that follow.
"""

NOTHING, LITTLE, MUCH = 0.005, 0.02, 0.1
"""Losses of a fixing: below the first no more rows are priced, below the second it goes faster,
above the third slower. A round of pricing that gains less than the first is the last."""

FASTER, FASTEST = 1.4, 0.2
"""Factor by which the share fixed at a time changes, and the most that it comes to.

Losses of more than a fifth of the cells at a time are not made good.
"""

HASTIEST = 0.5
"""Share fixed at a time when time is up: all at once would contradict itself."""


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
        Share of the fractional cells that is fixed at a time even if they are not sure; more while
        that costs little.
    noise
        Random addition to shares when cells are ranked.
    rounds
        Rounds of pricing after each fixing, at most.
    sweeps
        Sweeps after each fixing.
    """

    sure: float = 0.75
    most: float = 0.04
    least: float = 0.1
    noise: float = 0.0
    rounds: int = 4
    sweeps: int = SWEEPS[-1]


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

    The master stays as it is.

    Parameters
    ----------
    cutoff
        Dives that come to cost as much are given up.
    until
        Time by which it hurries to be done: it then fixes more at a time.
    """
    return _Dive(tools, master, manner, rng, until).run(cutoff)


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
        self.tools, self.manner, self.rng = tools, manner, rng
        self.price = middle_price(part)
        self.start = master.solve()
        self.duals = master.duals()[1].copy()
        clip(part.demand, self.duals)
        few = master.is_basic() | (master.reduced() < CHEAP * self.price)
        self.master = master.thinned(np.flatnonzero(few))
        self.cells = tools.rows.cells[part.people].astype(np.float64)
        self.fixed = np.zeros((len(part.people), part.last - part.first), np.bool_)
        self.alive = np.ones(len(self.master.who), np.bool_)
        self.board = master.board
        self.share, self.until, self.turned = manner.least, until, self.board.clock.now()

    def run(self, cutoff: float) -> Ints | None:
        """Fix and price in turn."""
        objective = self.master.solve()
        while not self.board.is_over():
            if objective >= cutoff - 1e-6 or not has_everybody(
                objective - self.master.part.settled
            ):
                return None
            shares = self.master.shares()
            top, symbol = self.cell_shares(shares)
            if (top > WHOLE).all():
                return self.rows(symbol)
            self.fix(top, symbol, shares)
            self.drop()
            self.sweep()
            objective = self.master.solve(DUAL_SIMPLEX)
            self.pace(objective)
            objective = self.priced(objective, cutoff)
        return None

    def drop(self) -> None:
        """Delete columns that disagree with what is fixed, and dear ones."""
        dear = self.master.reduced() > DEAR * self.price
        gone = (~self.alive | dear) & ~self.master.is_basic()
        self.master.drop(np.flatnonzero(gone))
        self.alive = self.alive[~gone]

    def sweep(self) -> None:
        """Add the rows that sweeps find under what is fixed, and keep their best duals."""
        part, all_sweeps = self.master.part, range(self.manner.sweeps)
        lengths = np.geomspace(LONGEST, SHORTEST, self.manner.sweeps, endpoint=False)
        proof, rosters = climb(
            self.tools, part, self.duals, self.cells, lengths, all_sweeps, self.board
        )
        self.duals = proof.duals
        everybody, days = np.arange(len(part.people)), np.arange(part.first, part.last)
        for rows in rosters:
            paid = judged(self.tools.rows, part.people, rows)
            agrees = self.cells[everybody[:, None], days, rows[:, days]] < np.inf
            self.add(everybody[agrees.all(axis=1) & (paid < np.inf)], rows, paid)

    def add(self, people: npt.NDArray[np.int64], rows: Ints, paid: Floats) -> int:
        """Add rows of some people as columns; return how many are new."""
        new = self.master.add(people, rows[people], paid[people])
        self.alive = np.append(self.alive, np.ones(new, np.bool_))
        return new

    def pace(self, objective: float) -> None:
        """Fix more at a time while that costs little."""
        loss = objective - self.start
        if loss < LITTLE * self.price:
            self.share = min(FASTEST, self.share * FASTER)
        elif loss > MUCH * self.price:
            self.share = max(self.manner.least, self.share / FASTER)

    def priced(self, objective: float, cutoff: float) -> float:
        """Price rows at the duals of the relaxation, while that gains something and time allows.

        Where the dive would be given up otherwise, it is tried in any case.
        """
        gain = np.inf
        for done in range(self.manner.rounds):
            near = objective < self.start + NOTHING * self.price
            little = self.haste() > self.share or gain < NOTHING * self.price
            if near or (done and little and objective < cutoff - 1e-6):
                break
            people, heads = self.master.duals()
            rows, costs, paid, _ = priced(
                self.tools,
                self.master.part,
                self.board,
                heads,
                self.cells,
                people - 1e-4,
                ALMOST,
                6,
            )
            new = np.flatnonzero(costs < people - 1e-4)
            if self.board.is_over() or not self.add(new, rows, paid):
                break
            before, objective = objective, self.master.solve()
            gain = before - objective
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
        least = max(1, int(max(self.share, self.haste()) * len(order)))
        self.turned = self.board.clock.now()
        count = max(least, min(sure, int(manner.most * self.fixed.size)))
        chosen: dict[int, list[int]] = {}
        for at in order[:count]:
            chosen.setdefault(int(people[at]), []).append(int(days[at]))
        for person, some in chosen.items():
            self.hold(person, some, symbol[person], shares)

    def haste(self) -> float:
        """Return the share of the cells to fix at a time to be done when time is up.

        A turn takes as long as it has cells to fix, nearly. So if always the same share of them is
        fixed, all turns to come together take as long as this one divided by that share.
        """
        now = self.board.clock.now()
        left = self.until - now
        return min(HASTIEST, (now - self.turned) / left) if left > 0 else HASTIEST

    def hold(self, person: int, days: list[int], symbol: Ints, shares: Floats) -> None:
        """Fix cells of a person that one of their columns in use has together."""
        first = self.master.part.first
        own = np.flatnonzero((self.master.who == person) & self.alive)
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
        self.master.forbid(own[~agrees])

    def rows(self, symbol: Ints) -> Ints:
        """Return the people's whole rows."""
        part = self.master.part
        rows = part.roster[part.people].copy()
        rows[:, part.first : part.last] = symbol
        return rows
