"""The search for large problems: one thread proves and dives, the other improves by parts.

They share a :class:`Board`: rosters found by one are bettered by the other, and the bound of the
first tells both when to end.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from functools import partial
from threading import Thread

import numpy as np
from numba.core.compiler_lock import global_compiler_lock

from rostering.columns.anneal import annealed, exchanged, first_roster
from rostering.columns.board import Board
from rostering.columns.improve import Improver
from rostering.columns.part import Tools, cost_of, tools
from rostering.columns.prove import prove
from rostering.columns.relaxation.ascend import is_large
from rostering.compiled.automata.build import rows_of
from rostering.compiled.demand import Demand, count, demand_of
from rostering.compiled.tables import Ints
from rostering.forms import Forms

WARM_UP = (0.5, 6.0)
"""Seconds of annealing first: so many, times cells by a thousand, at most the second."""

LONG_WARM_UP = 0.5
"""Share of the time for it in large problems, where parts are slow."""

RUNS = (0.06, 0.25)
"""Shares of the time that is left for first runs of moves under hard heads; a long one follows.

Parts of five people take many seconds there. The longer a run, the better its end, but somebody who
waits wants a good roster soon.
"""

A_CELL = 0.0012
"""Seconds a cell of people × days that a run under hard heads needs to end with all of them.

Shorter ones cool too fast; they are made all the same where there is no time for more.
"""

KNOWN_HEAT = 0.1
"""Share of the usual heat for the first moves from a roster that is known already.

More would forget it: a published roster, whose changes cost, would be made anew.
"""

SHORTEST_RUN = 0.3
"""Seconds of annealing by rows, again and again while somebody has no row that keeps the rules."""

LINGER = 0.5
"""Seconds that a search has for ending once all is over."""

ASKED = 0.05
"""Seconds after which the caller is asked again whether to go on."""


# A search left behind may be compiling as the process ends, and the compiler does not survive that:
# what it is at is waited for, and nothing new is begun.
atexit.register(global_compiler_lock.acquire)


def search(forms: Forms, board: Board, start: Ints | None, seed: int, threads: int) -> None:
    """Search until the board says that it is over; the board holds the best roster and bound.

    Parameters
    ----------
    start
        Person × day: a roster known already.
    threads
        One, or two that share what they find. What two find depends on which is faster.
    """
    rows, demand = rows_of(forms), demand_of(forms)
    every = [tools(rows, demand) for _ in range(threads)]
    board.is_sound = partial(_is_sound, forms, demand)
    works = [
        partial(prove, every[0], board, seed)
        if threads > 1
        else partial(_alone, every[0], board, start, seed)
    ]
    for number, own in enumerate(every[1:], 1):
        works.append(partial(_improve, own, board, start, seed + number))
    _attended(board, every, [_started(work) for work in works])


def _started(work: Callable[[], None]) -> Future[None]:
    """Start work in a thread that no one has to wait for, not even the end of the process."""
    job: Future[None] = Future()

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
            job.set_exception(error)
        else:
            job.set_result(None)

    Thread(target=run, daemon=True).start()
    return job


def _attended(board: Board, every: list[Tools], jobs: list[Future[None]]) -> None:
    """Wait for searches, all stopped once one of them ends.

    Meanwhile the board tells the caller what changed and asks whether to go on; when all is over,
    even the search for a row is dropped half way. A solver that does not hear of it for long, as
    HiGHS within some factorizations, is left to end by itself; its thread then ends too.
    """
    going = set(jobs)
    try:
        while len(going) == len(jobs) and not board.is_urgent():
            going = wait(jobs, ASKED, FIRST_COMPLETED).not_done
    finally:
        if going:
            board.stop()
            for own in every:
                own.work.halt[0] = True
    for job in wait(jobs, None if board.clock.is_counted else LINGER).done:
        job.result()


def _begin(tools: Tools, board: Board, start: Ints | None, seed: int) -> Ints:
    """Return the roster to begin with, and offer it if everybody's rules are kept."""
    roster = first_roster(tools, board, seed, start)
    cost = cost_of(tools.rows, tools.demand, roster)
    if cost < np.inf:
        board.offer(roster, cost)
    return roster


def _is_sound(forms: Forms, demand: Demand, roster: Ints) -> bool:
    """Return whether a roster, whose rows are sound, keeps the hard limits of heads too."""
    heads = demand.base.copy()
    for person, row in enumerate(roster):
        count(demand, heads, person, row, 0, len(row), 1)
    return not any(
        (item.under is None and heads[number] < demand.low[number])
        or (item.over is None and heads[number] > demand.high[number])
        for number, item in enumerate(forms.heads)
    )


def _improve(tools: Tools, board: Board, start: Ints | None, seed: int) -> None:
    """Anneal for a while, then better parts."""
    _better(tools, board, _warm_up(tools, board, start, seed), seed)


def _alone(tools: Tools, board: Board, start: Ints | None, seed: int) -> None:
    """Anneal for a while, since no other thread does, then prove and dive."""
    _warm_up(tools, board, start, seed)
    prove(tools, board, seed)


def _better(tools: Tools, board: Board, roster: Ints, seed: int) -> None:
    """Better parts until the board is over; under hard heads anneal on and on."""
    improver = Improver(tools, board, np.random.default_rng(seed))
    while not board.is_over():
        if board.roster is None:
            seed += 1
            roster = annealed(tools, board, roster, SHORTEST_RUN, seed)
        elif tools.demand.has_hard:
            seed += 1
            exchanged(tools, board, board.roster, board.left(), seed)
        else:
            improver.turn()


def _warm_up(tools: Tools, board: Board, start: Ints | None, seed: int) -> Ints:
    """Anneal by moves and by rows; under hard heads by moves only, once everybody has a row."""
    roster = _begin(tools, board, start, seed)
    heat = 1.0 if start is None else KNOWN_HEAT
    if not tools.demand.has_hard:
        time = min(WARM_UP[1], WARM_UP[0] * roster.size / 1000)
        if is_large(*roster.shape):
            time = max(time, LONG_WARM_UP * board.left())
        roster = exchanged(tools, board, roster, time / 2, seed, heat=heat)
        return annealed(tools, board, roster, time / 2, seed)
    while board.roster is None and not board.is_over():
        roster = annealed(tools, board, roster, SHORTEST_RUN, seed)
        seed += 1
    for share in RUNS:
        enough = min(A_CELL * roster.size, board.left() / 2)
        time = max(share * board.left(), enough)
        seeks = start is None and not board.has_sound
        roster = exchanged(tools, board, roster, time, seed, heat=heat, is_seeking=seeks)
    return roster
