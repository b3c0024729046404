"""The thread that proves: columns for everybody, the bound that they give, and dive after dive."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rostering.columns.anneal import annealed, first_roster
from rostering.columns.board import Board
from rostering.columns.dive import SWEEPS, Manner, dive
from rostering.columns.improve import Improver
from rostering.columns.part import Part, Tools, cost_of, part_of
from rostering.columns.relaxation.ascend import Proof, ascend, is_large
from rostering.columns.relaxation.branch import branched
from rostering.columns.relaxation.generate import MOST_COLUMNS, STEPS, generate, priced
from rostering.columns.relaxation.interior import Interior
from rostering.columns.relaxation.master import Master
from rostering.compiled.judge import judged
from rostering.compiled.tables import Ints

STALLED = 0.1
"""Share of that by which the relaxation falls in a round at least while columns are missing."""

SWEEPS_A_ROUND = 60
"""Sweeps in every round of generating columns for everybody."""

HASTE = 0.9
"""Share of the time that is left by which a dive hurries to be done."""

UNTIL_FIRST = 0.5
"""Share of the time after which a first dive starts, even if more columns would still help."""

NEAR_ENOUGH = 0.01
"""Share of the relaxation by which the bound may miss it when the first dive starts.

The last columns take as long as all before them; dives price their own, and the bound is raised
after them.
"""

FOLLOWING, LONG_FOLLOWING = 0.25, 0.9
"""Shares of the time that is left for annealing from the duals in large problems.

The second in periods above half a year, where pricing a round of rows takes many seconds and a
minute of dives does not pay.
"""

HALF_A_YEAR = 26 * 7


def prove(tools: Tools, board: Board, seed: int) -> None:
    """Prove and dive until the board is over."""
    people, days = tools.rows.cells.shape[:2]
    nobody = np.zeros((people, days), np.int32)
    part = part_of(tools, nobody, np.arange(people, dtype=np.int32), 0, days)
    proof, rosters = ascend(tools, part, board)
    board.prove(proof.bound)
    if is_large(people, days) and not tools.demand.has_hard:
        _follow(tools, board, part, proof, seed)
    master = Interior(part, board)
    for known in rosters:
        if not board.is_over():
            _add(tools, master, known)
    _dives(_Prover(tools, board, master, np.random.default_rng(seed), proof))


def _follow(tools: Tools, board: Board, part: Part, proof: Proof, seed: int) -> None:
    """Anneal from the rows that are cheapest at the duals of a proof, each by itself."""
    cells = tools.rows.cells.astype(np.float64)
    any_cost = np.full(len(cells), np.inf)
    roster, costs, _, _ = priced(tools, part, board, proof.duals, cells, any_cost, np.inf, STEPS)
    lost = costs == np.inf
    if board.roster is not None:
        roster[lost] = board.roster[lost]
    roster = first_roster(tools, board, seed, roster)
    share = FOLLOWING if roster.shape[1] <= HALF_A_YEAR else LONG_FOLLOWING
    annealed(tools, board, roster, share * board.left(), seed)


def _dives(prover: _Prover) -> None:
    """Generate columns and dive, with parts in between so that no dive is wasted."""
    board, clock = prover.board, prover.board.clock
    improver = Improver(prover.tools, board, prover.rng)
    prover.generate(UNTIL_FIRST * board.left(), NEAR_ENOUGH)
    while not board.is_over():
        began = clock.now()
        prover.dive()
        prover.branch()
        took = clock.now() - began
        if not prover.is_done and not board.is_over():
            prover.generate(took)
        until = clock.now() + took
        while clock.now() < until and not board.is_over():
            improver.turn()


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
        """Generate columns for a while, or until the relaxation can fall by a share at most.

        Taken for that, too, is that it has begun to fall and falls by next to nothing in a round.
        """
        until = self.board.clock.now() + time
        first = last = np.inf
        self.learn()

        def tell(objective: float, bound: float) -> bool:
            nonlocal first, last
            self.board.prove(bound)
            self.learn()
            first = objective if first == np.inf else first
            has_begun = objective < (1 - near) * first  # at first there is only the best roster
            has_stalled = has_begun and last - objective < STALLED * near * objective
            last = objective
            return (
                self.board.clock.now() > until
                or has_stalled
                or objective - bound < near * objective
            )

        found = generate(
            self.tools, self.master, first=self.proof, sweeps=SWEEPS_A_ROUND, stop=tell
        )
        self.proof, self.is_done = found.proof, found.is_done

    def learn(self) -> None:
        """Let the master use the rows of the best roster."""
        if self.board.roster is not None:
            _add(self.tools, self.master, self.board.roster)

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
        board.clock.tick(1)  # given up at once, too, it brings counted work nearer its end
        self.learn()
        self.master.solve()
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
