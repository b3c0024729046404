"""The search for large problems: one thread proves and dives, the other improves by parts.

They share a :class:`Board`: rosters found by one are bettered by the other, and the bound of the
first tells both when to end.
"""

from __future__ import annotations

import threading
from functools import partial

import numpy as np

from rostering.columns.board import Board
from rostering.columns.improve import Improver, annealed, first_roster
from rostering.columns.part import Tools, cost_of, tools
from rostering.columns.prove import prove
from rostering.compiled.build import rows_of
from rostering.compiled.demand import Demand, count, demand_of
from rostering.compiled.tables import Ints
from rostering.forms import Forms

WHOLE_CELLS = 20_000
"""People × days up to which all is solved in one master; beyond that only parts are."""

WARM_UP = (0.5, 6.0)
"""Seconds of annealing first: so many, times cells by a thousand, at most the second."""

LONG_WARM_UP = 0.5
"""Share of the time for it where parts are slow: in large problems, and under hard heads.

Under hard heads a part of five people takes many seconds, and annealing from the best roster goes
on instead."""


def search(forms: Forms, board: Board, start: Ints | None, seed: int, threads: int) -> None:
    """Search until the board says that it is over; the board holds the best roster and bound.

    Parameters
    ----------
    start
        Person × day: a roster known already.
    threads
        One, or two that share what they find.
    """
    rows, demand = rows_of(forms), demand_of(forms)
    own = tools(rows, demand)
    board.is_sound = partial(_is_sound, forms, demand)
    roster = first_roster(own, board, seed) if start is None else start
    cost = cost_of(own.rows, own.demand, roster)
    if cost < np.inf:
        board.offer(roster, cost)
    is_whole = roster.size <= WHOLE_CELLS
    other = tools(rows, demand) if threads > 1 else None
    helper = threading.Thread(target=_improve, args=(other, board, roster, seed + 1), daemon=True)
    if other is not None:
        helper.start()
    try:
        (prove if is_whole else _improve)(own, board, roster, seed)
    finally:
        board.stop()
        if other is not None:
            helper.join()


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


def _improve(tools: Tools, board: Board, roster: Ints, seed: int) -> None:
    """Anneal for a while, then better parts."""
    seconds = min(WARM_UP[1], WARM_UP[0] * roster.size / 1000)
    if roster.size > WHOLE_CELLS or tools.demand.has_hard:
        seconds = max(seconds, LONG_WARM_UP * board.left())
    annealed(tools, board, roster, seconds, seed)
    improver = Improver(tools, board, np.random.default_rng(seed))
    while not board.is_over():
        if board.roster is None or tools.demand.has_hard:
            seed += 1
            annealed(tools, board, roster if board.roster is None else board.roster, seconds, seed)
        else:
            improver.turn()
