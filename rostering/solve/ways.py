"""Ways to solve a problem: by the exact model, by columns, or by one after the other."""

from __future__ import annotations

import math

import numpy as np

from rostering.check import check
from rostering.columns.board import Board
from rostering.columns.search import search as search_columns
from rostering.exact.controls import Answer, End
from rostering.exact.model import hard
from rostering.exact.neighbourhood import is_large
from rostering.forms import forms
from rostering.problem import Problem
from rostering.result import Result, Status
from rostering.roster import Roster
from rostering.solve.search import MOST_EXACT, Search, cells

FIRST = 0.15
"""Share of the time that the exact search has alone; small problems are proven within it."""

PATIENCE = 0.7
"""Share of the time in which a first roster must come; the rest is left for the nearest one."""

THREADS = 2
"""Threads of the search by columns, unless the caller wants one only."""

SOON = 1.0
"""Seconds that columns have there at least."""

ASKED = 0.2
"""Share of the time in which it tells that; more shows only how hard it is to find one."""


def exactly(search: Search, start: Roster | None) -> Result:
    """Solve by the exact model, and parts of it where it is large."""
    problem = search.problem
    model = hard(problem)
    alone = FIRST if is_large(problem) else PATIENCE
    first = search.run(model, start, PATIENCE, content_after=alone)
    if first.end is End.INFEASIBLE:
        return search.nearest(Status.INFEASIBLE)
    roster = model.roster() if first.has_values else _sound(problem, start)
    if first.end is not End.LIMIT:
        return search.checked(first, roster)
    if roster is None:
        return search.nearest(Status.NO_ROSTER)
    better = search.improve(model, roster) if is_large(problem) else roster
    last = search.run(model, better)
    return search.checked(last, model.roster() if last.has_values else better)


def columns_first(search: Search, start: Roster | None) -> Result:
    """Search by columns; if no roster comes for long, the exact model tells why."""
    is_too_large = cells(search.problem) > MOST_EXACT
    if is_too_large or search.is_too_late(start, PATIENCE):
        return _by_columns(search, start, patience=1.0)
    found = _by_columns(search, start)
    return exactly(search, None) if found.status is Status.NO_ROSTER else found


def in_turns(search: Search, start: Roster | None) -> Result:
    """Search by columns; if no roster comes soon, ask the exact model, then go on if need be."""
    soon = max(FIRST, SOON / max(SOON, search.clock.limit))
    if search.is_too_late(start, soon):
        return _by_columns(search, start, patience=1.0)
    found = _by_columns(search, start, patience=min(PATIENCE, soon))
    if found.status is not Status.NO_ROSTER:
        return found
    model = hard(search.problem)
    told = search.run(model, None, ASKED, content_after=0.0)
    if told.end is End.INFEASIBLE:
        return search.nearest(Status.INFEASIBLE)
    roster = model.roster() if told.has_values else None
    if told.end is not End.LIMIT:
        return search.checked(told, roster)
    found = _by_columns(search, roster)
    return search.nearest(Status.NO_ROSTER) if found.status is Status.NO_ROSTER else found


def together(search: Search, start: Roster | None) -> Result:
    """Search by columns for a while, then let the exact model prove what they found."""
    if search.is_too_late(start, 2 * FIRST):
        return columns_first(search, start)
    found = _by_columns(search, start, 2 * FIRST)
    if found.status in (Status.OPTIMAL, Status.CANCELLED):
        return found
    return exactly(search, found.roster)


def nearest(search: Search, _: Roster | None) -> Result:
    """Return the nearest roster to what is impossible, if a model can be built in time."""
    return search.impossible()


def _by_columns(
    search: Search, start: Roster | None, share: float = 1.0, patience: float = PATIENCE
) -> Result:
    """Solve by column generation, diving and improving parts, for a share of the time.

    It ends without a roster if there is no sound one after a share of patience.
    """
    problem, controls = search.problem, search.controls
    symbols = {None: 0} | {shift.id: 1 + n for n, shift in enumerate(problem.shift_types)}
    board = Board(
        search.clock,
        share=share,
        patience=patience,
        gap=controls.gap,
        cancel=controls.cancel or (lambda: False),
        on_change=search.heard,
    )
    rows = None if start is None else [[symbols[cell] for cell in row] for row in start.rows]
    given = None if rows is None else np.array(rows, np.int32)
    threads = min(THREADS, controls.threads or THREADS)
    search_columns(forms(problem), board, given, controls.seed, threads)
    search.heard(board.cost if board.has_sound else math.inf, board.bound)
    if not board.has_sound or board.roster is None:
        return search.result(Status.CANCELLED if board.cancelled else Status.NO_ROSTER, None)
    names = (None, *(shift.id for shift in problem.shift_types))
    roster = Roster.from_rows(problem, [[names[symbol] for symbol in row] for row in board.roster])
    end = End.CANCELLED if board.cancelled else End.FINISHED
    return search.checked(Answer(end, True, search.bound), roster)


def _sound(problem: Problem, roster: Roster | None) -> Roster | None:
    return roster if roster is not None and not check(problem, roster) else None
