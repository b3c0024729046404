"""Improve a roster by parts: each is solved again by column generation and a dive.

Literature: E. Rahimian, K. Akartunalı and J. Levine (2017), A hybrid integer programming and
variable neighbourhood search algorithm to solve nurse rostering problems, European Journal of
Operational Research 258(2), 411-423, whose neighbourhoods are people and days likewise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rostering.columns.board import Board
from rostering.columns.dive import SWEEPS, Manner, dive
from rostering.columns.part import Part, Tools, cost_of, part_of
from rostering.columns.relaxation.generate import generate
from rostering.columns.relaxation.master import Master
from rostering.compiled.judge import judged
from rostering.compiled.tables import Ints

FEW_CELLS, MANY_CELLS = 150.0, 20_000.0
"""Parts have about so many cells; the size follows how long they take."""

PATIENT, HASTY = 2.0, 0.5
"""Seconds for a part: above the one parts get smaller, below the other larger."""

WEEK = 7


@dataclass
class Improver:
    """Chooses parts, solves them and learns how large they may be."""

    tools: Tools
    board: Board
    rng: np.random.Generator
    cells: float = 600.0

    def turn(self) -> bool:
        """Solve one part of the best roster; return whether that bettered it."""
        self.board.clock.tick(1)  # given up at once, too, it brings counted work nearer its end
        roster, cost = self.board.roster, self.board.cost
        if roster is None:
            return False
        began = self.board.clock.now()
        people, first, last = self.choose(roster)
        better = self.solve(part_of(self.tools, roster, people, first, last), cost)
        took = self.board.clock.now() - began
        factor = 0.9 if took > PATIENT else 1.1 if took < HASTY else 1.0
        most = min(MANY_CELLS, 1.0 * roster.size)
        self.cells = float(np.clip(self.cells * factor, min(FEW_CELLS, most), most))
        return better

    def choose(self, roster: Ints) -> tuple[Ints, int, int]:
        """Return people and days of a part: some people for long, or many for some weeks."""
        people, days = roster.shape
        weeks = -(-days // WEEK)
        span = int(self.rng.choice([2, 3, 4, 6, 8, weeks]))
        span = weeks if days <= 6 * WEEK and self.rng.random() < 0.6 else min(span, weeks)
        size = int(np.clip(self.cells / (WEEK * span), min(people, 2), people))
        first = WEEK * int(self.rng.integers(0, weeks - span + 1))
        last = min(days, first + WEEK * span)
        chosen = self.rng.choice(people, size, replace=False)
        return np.sort(chosen).astype(np.int32), first, last

    def solve(self, part: Part, cost: float) -> bool:
        """Solve a part; return whether the whole got better."""
        board, tools = self.board, self.tools
        master = Master(part, board)
        own = part.roster[part.people]
        paid = judged(tools.rows, part.people, own)
        master.add(np.arange(len(own), dtype=np.int32), own, paid)
        found = generate(tools, master, cutoff=cost, tolerance=0.3)
        if found.proof.bound > cost - 1 + 1e-6 or board.is_over():
            return False
        manner = Manner(
            sure=float(self.rng.uniform(0.6, 0.9)),
            most=float(self.rng.uniform(0.02, 0.08)),
            noise=float(self.rng.choice([0.0, 0.1])),
            sweeps=SWEEPS[0],
        )
        rows = dive(tools, master, manner, self.rng, cutoff=cost + 0.5)
        return rows is not None and self.offer(part, rows)

    def offer(self, part: Part, rows: Ints) -> bool:
        """Offer the roster with new rows for a part."""
        roster = part.roster.copy()
        roster[part.people] = rows
        return self.board.offer(roster, cost_of(self.tools.rows, self.tools.demand, roster))
