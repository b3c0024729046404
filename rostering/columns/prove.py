"""The thread that proves: columns for everybody, the bound that they give, and dive after dive."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rostering.columns.ascend import Proof, ascend
from rostering.columns.board import Board
from rostering.columns.branch import branched
from rostering.columns.dive import SWEEPS, Manner, dive
from rostering.columns.generate import generate
from rostering.columns.improve import Improver
from rostering.columns.master import Master
from rostering.columns.part import Tools, cost_of, part_of
from rostering.compiled.judge import judged
from rostering.compiled.tables import Ints

MOST_COLUMNS = 60
"""Columns a person that a master keeps between dives; the dearest go first."""

HASTE = 0.9
"""Share of the time that is left by which a dive hurries to be done."""

UNTIL_FIRST = 0.5
"""Share of the time after which a first dive starts, even if more columns would still help."""

NEAR_ENOUGH = 0.01
"""Share of the relaxation by which the bound may miss it when the first dive starts.

The last columns take as long as all before them; dives price their own, and the bound is raised
after them.
"""


def prove(tools: Tools, board: Board, roster: Ints, seed: int) -> None:
    """Prove and dive until the board is over, from the best roster known."""
    rng = np.random.default_rng(seed)
    people, days = roster.shape
    start = board.roster if board.roster is not None else roster
    part = part_of(tools, start, np.arange(people, dtype=np.int32), 0, days)
    master = Master(part, board)
    proof, rosters = ascend(tools, part, board)
    board.prove(proof.bound)
    for known in (start, *rosters):
        if not board.is_over():
            _add(tools, master, known)
    prover = _Prover(tools, board, master, rng, proof)
    prover.generate(UNTIL_FIRST * board.left(), NEAR_ENOUGH)
    improver, clock = Improver(tools, board, rng), board.clock
    while not board.is_over():
        began = clock.now()
        prover.dive()
        prover.branch()
        took = clock.now() - began
        if not prover.is_done and not board.is_over():
            prover.generate(took)
        until = clock.now() + took  # parts in between, so that no dive is wasted
        while clock.now() < until and not board.is_over():
            if improver.turn() and board.roster is not None:
                _add(tools, master, board.roster)


@dataclass
class _Prover:
    """The master of everybody and what it has proven.

    Parameters
    ----------
    is_done
        Whether no column would better the relaxation.
    is_branched
        Whether the whole number of missing heads has been used.
    dives
        How many there were; the first has many sweeps, as it may be the only one.
    """

    tools: Tools
    board: Board
    master: Master
    rng: np.random.Generator
    proof: Proof
    is_done: bool = False
    is_branched: bool = False
    dives: int = 0

    def generate(self, time: float, near: float = 0.0) -> None:
        """Generate columns for a while, or until the bound misses the relaxation by a share."""
        until = self.board.clock.now() + time

        def tell(objective: float, bound: float) -> bool:
            self.board.prove(bound)
            if self.board.roster is not None:
                _add(self.tools, self.master, self.board.roster)
            return self.board.clock.now() > until or objective - bound < near * objective

        found = generate(self.tools, self.master, first=self.proof, stop=tell)
        self.proof, self.is_done = found.proof, found.is_done

    def dive(self) -> None:
        """Dive for a roster better than the best known."""
        rng, tools, board = self.rng, self.tools, self.board
        manner = Manner(
            sure=float(rng.uniform(0.6, 0.9)),
            most=float(rng.uniform(0.02, 0.06)),
            noise=float(rng.choice([0.0, 0.1, 0.2])),
            sweeps=SWEEPS[(self.dives + 1) % len(SWEEPS)],
        )
        self.dives += 1
        self.master.forget(MOST_COLUMNS * len(self.master.part.people))
        rows = dive(
            tools,
            self.master,
            manner,
            rng,
            cutoff=board.cost + 0.5,
            until=board.clock.now() + HASTE * board.left(),
        )
        if rows is not None:
            board.offer(rows, cost_of(tools.rows, tools.demand, rows))

    def branch(self) -> None:
        """Raise the bound once by the whole number of missing heads, if that can end the search."""
        if self.is_branched or not self.is_done or not self.board.has_sound or self.board.is_over():
            return
        self.is_branched = True
        self.master.solve()
        self.board.prove(branched(self.tools, self.master, self.board.cost))


def _add(tools: Tools, master: Master, roster: Ints) -> None:
    """Let the master use the rows of a roster."""
    paid = judged(tools.rows, master.part.people, roster)
    sound = np.flatnonzero(paid < np.inf)
    master.add(sound, roster[sound], paid[sound])
