"""Solve a problem: the best checked roster within the time, or the least that must give way."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from rostering.check import check, cost, refuse_other
from rostering.columns.board import Board
from rostering.columns.clock import A_NODE, STEPS_A_SECOND, Clock, clock_of, refuse_wrong
from rostering.columns.prepare import prepare
from rostering.columns.search import search as search_columns
from rostering.exact.adapter import run
from rostering.exact.controls import Answer, Controls, End, rounded_up
from rostering.exact.model import Model, elastic, hard
from rostering.exact.neighbourhood import is_large, neighbourhoods
from rostering.forms import forms
from rostering.problem import Problem
from rostering.result import Progress, Result, Status
from rostering.roster import Roster
from rostering.shortages import shortages
from rostering.somebody import roughly, with_somebody

FIRST = 0.15
"""Share of the time that the exact search has alone; small problems are proven within it."""

PATIENCE = 0.7
"""Share of the time in which a first roster must come; the rest is left for the nearest one."""

IMPROVING = 0.8
"""Share of the time after which parts of the roster are no longer improved one by one."""

PART = 0.1
"""Share of the time that one part may take."""

METHODS = ("auto", "exact", "columns")

TINY = 150
"""People × days up to which the exact model alone proves most in a second or two."""

USUAL = 60.0
"""Seconds of a search whose caller limits neither time nor work."""

THREADS = 2
"""Threads of the search by columns, unless the caller wants one only."""

MOST_SOON = 6_000
"""People × days × shift types up to which the exact model soon tells that there is no roster."""

SOON = 1.0
"""Seconds that columns have there at least."""

ASKED = 0.2
"""Share of the time in which it tells that; more shows only how hard it is to find one."""

A_MODEL = 3.0
"""Seconds to build and begin the exact models of such a problem."""

MOST_EXACT = 60_000
"""People × days × shift types up to which the exact model is built in seconds."""

STALE = 12
"""Parts in a row without improvement, after which the exact search goes on."""


class UncheckedRosterError(AssertionError):
    """The model returned a roster that the checker refuses: a defect of this engine."""


def solve(
    problem: Problem,
    *,
    time_limit: float | None = None,
    gap: float = 0.0,
    seed: int = 0,
    iterations: int | None = None,
    method: str = "auto",
    solver: str = "highs",
    threads: int | None = None,
    start: Roster | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Result:
    """Find a roster of least cost; where none keeps all hard rules, the one nearest to that.

    Parameters
    ----------
    time_limit
        Seconds for all of it, kept to within one; compiling after installing
        (:func:`rostering.prepare`) comes before. None: 60, or no limit where ``iterations`` are
        given.
    gap
        Relative gap between cost and bound at which to stop; 0 proves the optimum.
    seed
        Of the random choices. Which roster a search finds in a given time depends on the machine;
        with ``iterations`` the same seed gives the same one.
    iterations
        How much work to do, counted instead of timed: an iteration is one search for one person's
        row, and all else counts as many as take as long, about 500 a second. The same
        problem, start, seed and iterations give the same roster, cost and bound on any machine,
        unless a ``time_limit`` given besides or ``cancel`` ends the search before. One thread
        works then, and ``auto`` leaves problems that are not tiny to the columns.
    method
        ``exact``: the exact model; ``columns``: column generation, diving and improving parts;
        ``auto``: the exact model for tiny problems, columns for others, and in between columns
        first; in homes the exact model soon takes over if there seems to be no roster.
    solver
        For the exact model, ``highs`` or ``cbc``; CBC neither reports progress nor can be cancelled
        while it runs.
    threads
        None leaves the number to the solver; columns use two. With ``iterations`` always one.
    start
        A roster known already, from which to improve. It may break rules; columns keep of it the
        rows that break none of their person's own.
    on_progress
        Called with every improvement and from time to time.
    cancel
        Asked often; once it answers true, the best roster so far is returned.

    Returns
    -------
    Result
        Its roster has passed :func:`rostering.check`, or ``relaxations`` says what it breaks.

    Raises
    ------
    ValueError
        If method, time limit or iterations cannot be, or the start is a roster of other people,
        days or shift types.
    """
    _refuse_wrong(problem, method, start)
    refuse_wrong(time_limit, iterations)
    if iterations is not None:
        threads = 1
    cells = len(problem.staff) * problem.days
    is_exact = method == "exact" or (method == "auto" and cells <= TINY) or solver != "highs"
    if not is_exact:
        prepare()
    clock = clock_of(time_limit, iterations, USUAL)  # begins now, after compiling
    search = _Search(
        problem=problem,
        solver=solver,
        controls=Controls(clock.time_limit, gap, seed, threads, cancel=cancel),
        on_progress=on_progress,
        clock=clock,
    )
    if is_exact:
        return _exactly(search, start)
    if shortages(problem):
        return search.impossible()
    if method == "columns" or iterations is not None:
        return _by_columns_first(search, start)
    return _together(search, start)


def _refuse_wrong(problem: Problem, method: str, start: Roster | None) -> None:
    if start is not None:
        refuse_other(problem, start)
    if method not in METHODS:
        raise ValueError(f"method={method!r}: 可用 / available: {', '.join(METHODS)}")


def _together(search: _Search, start: Roster | None) -> Result:
    """Solve by columns and the exact model; which comes when depends on the size."""
    if _cells(search.problem) > MOST_SOON:
        return _by_columns_first(search, start)
    if is_large(search.problem):
        return _in_turns(search, start)
    if search.is_too_late(start, 2 * FIRST):
        return _by_columns_first(search, start)
    found = _by_columns(search, start, 2 * FIRST)
    if found.status in (Status.OPTIMAL, Status.CANCELLED):
        return found
    return _exactly(search, found.roster)


def _exactly(search: _Search, start: Roster | None) -> Result:
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


def _by_columns_first(search: _Search, start: Roster | None) -> Result:
    """Search by columns; if no roster comes for long, the exact model tells why."""
    is_too_large = _cells(search.problem) > MOST_EXACT
    if is_too_large or search.is_too_late(start, PATIENCE):
        return _by_columns(search, start, patience=1.0)
    found = _by_columns(search, start)
    return _exactly(search, None) if found.status is Status.NO_ROSTER else found


def _in_turns(search: _Search, start: Roster | None) -> Result:
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


def _by_columns(
    search: _Search, start: Roster | None, share: float = 1.0, patience: float = PATIENCE
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


@dataclass
class _Search:
    """A solve under way: its clock and what it has reported."""

    problem: Problem
    solver: str
    controls: Controls
    on_progress: Callable[[Progress], None] | None
    clock: Clock
    reported: list[Progress] = field(default_factory=list)
    best: int | None = None
    bound: int | None = 0  # no weight is negative

    def run(
        self,
        model: Model,
        start: Roster | None,
        share: float = 1.0,
        *,
        content_after: float = math.inf,
        is_part: bool = False,
        is_price: bool = False,
    ) -> Answer:
        """Run the solver for a share of the whole search, or what is left of it.

        Parameters
        ----------
        is_part, is_price
            Whether it searches a part only, or prices instead of costs; what it reports says then
            less, or nothing, about the whole.
        """
        limit = self.clock.limit
        controls = replace(
            self.controls,
            **self._limits(min(self.left(), limit * share), limit * content_after),
            on_progress=None if is_price else self.report_part if is_part else self.report,
            start={} if start is None else model.values(start),
        )
        answer = run(model.program, controls, self.solver)
        self.clock.tick_nodes(answer.nodes)
        if not is_part:
            self.bound = _largest(self.bound, answer.bound)
        return answer

    def _limits(self, length: float, content_after: float) -> dict[str, Any]:
        """Return what ends a run of some length on the clock: seconds, or nodes."""
        if not self.clock.is_counted:
            return {"time_limit": length, "content_after": content_after}
        return {
            "time_limit": self.clock.seconds_left(),
            "nodes": self.clock.nodes(length),
            "content_after": content_after * STEPS_A_SECOND / A_NODE,
        }

    def is_too_late(self, start: Roster | None, share: float) -> bool:
        """Return whether after a share of all the time there is none to build exact models.

        Without a start one of them, which alone tells that there is no roster, is worth half that.
        """
        needed = A_MODEL * _cells(self.problem) / MOST_SOON
        if start is None:
            needed /= 2
        return (1 - share) * self.clock.limit < needed

    def left(self) -> float:
        """Return the time that is left, on the clock."""
        return max(0.0, self.clock.limit - self.clock.now())

    def improve(self, model: Model, roster: Roster) -> Roster:
        """Take out parts of a roster and solve them again, until that helps no more."""
        best, paid, stale = roster, cost(self.problem, roster), 0
        for cells in neighbourhoods(self.problem, self.controls.seed):
            if stale == STALE or self.clock.now() > IMPROVING * self.clock.limit:
                break
            model.free(cells, best)
            answer = self.run(model, best, PART, is_part=True)
            if answer.end is End.CANCELLED:
                break
            found = model.roster() if answer.has_values else best
            before, paid = paid, cost(self.problem, found)
            best, stale = found, 0 if paid < before else stale + 1
        model.free_all()
        return best

    def heard(self, cost: float, bound: float) -> None:
        """Report what the search by columns found; its bound may have a fraction."""
        whole = rounded_up(bound)
        self.report(round(cost) if math.isfinite(cost) else None, whole)

    def report_part(self, cost: int | None, _: int | None) -> None:
        """Report a cost found in a part; its bound says nothing about the whole."""
        self.report(cost, None)

    def report(self, cost: int | None, bound: int | None) -> None:
        """Keep and pass on where the search stands: best cost and best bound of all runs."""
        self.best = min((c for c in (self.best, cost) if c is not None), default=None)
        self.bound = _largest(self.bound, bound)
        progress = Progress(self.clock.seconds(), self.best, self.bound)
        self.reported.append(progress)
        if self.on_progress is not None:
            self.on_progress(progress)

    def checked(self, answer: Answer, roster: Roster | None) -> Result:
        """Return the result of a run, its roster recounted."""
        if roster is None:
            return self.result(Status.CANCELLED, None)
        broken = check(self.problem, roster)
        if broken:
            raise UncheckedRosterError("; ".join(item.message for item in broken))
        result = self.result(Status.FEASIBLE, roster)
        if result.gap == 0:
            return replace(result, status=Status.OPTIMAL)
        if answer.end is End.CANCELLED:
            return replace(result, status=Status.CANCELLED)
        return result

    def impossible(self) -> Result:
        """Return the nearest roster of an impossible problem, if a model can be built in time."""
        if _cells(self.problem) > MOST_EXACT or self.is_too_late(None, 0.0):
            return self.result(Status.INFEASIBLE, None)
        return self.nearest(Status.INFEASIBLE)

    def nearest(self, status: Status) -> Result:
        """Return the roster of the least relaxation, and among those the one of least cost.

        A price of the least relaxation that is proven to be above 0 tells that there is none
        without, even if the search for one ended too early to tell.
        """
        self.bound = None  # of rosters that keep every rule: there is none, or none is at hand
        model = elastic(self.problem)
        half = self.left() / 2 / max(1.0, self.clock.limit)
        start = roughly(self.problem)
        relaxed = self.run(model, start, half, is_part=True, is_price=True)
        if relaxed.bound is not None and relaxed.bound > 0:
            status = Status.INFEASIBLE
        found = model.roster() if relaxed.has_values else start
        # Not only time that is up: a gap, too, may leave a shift without anybody.
        nearest = with_somebody(self.problem, found)
        model.hold(nearest)
        best = self.run(model, nearest, is_part=True)
        roster = model.roster() if best.has_values else nearest
        broken = tuple(check(self.problem, roster))
        result = self.result(status if broken else Status.FEASIBLE, roster)
        return replace(result, relaxations=broken)

    def result(self, status: Status, roster: Roster | None) -> Result:
        """Return what is known now."""
        paid = None if roster is None else cost(self.problem, roster)
        bound = self.bound
        if paid is not None and bound is not None:
            bound = min(bound, paid)  # solvers tell bounds within their tolerance
        seconds, reported = self.clock.seconds(), tuple(self.reported)
        return Result(self.problem, status, roster, paid, bound, seconds, progress=reported)


def _cells(problem: Problem) -> int:
    return len(problem.staff) * problem.days * len(problem.shift_types)


def _largest(first: int | None, second: int | None) -> int | None:
    return max((bound for bound in (first, second) if bound is not None), default=None)


def _sound(problem: Problem, roster: Roster | None) -> Roster | None:
    return roster if roster is not None and not check(problem, roster) else None
