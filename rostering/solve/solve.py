"""Solve a problem: the best checked roster within the time, or the least that must give way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rostering.check import refuse_other
from rostering.columns.clock import clock_of, refuse_wrong
from rostering.columns.prepare import prepare
from rostering.exact.controls import Controls
from rostering.exact.neighbourhood import is_large
from rostering.heads.shortages import shortages
from rostering.problem import Problem
from rostering.result import Progress, Result
from rostering.roster import Roster
from rostering.solve.search import MOST_SOON, Search, cells
from rostering.solve.ways import columns_first, exactly, in_turns, nearest, together

METHODS = ("auto", "exact", "columns")

TINY = 150
"""People × days up to which the exact model alone proves most in a second or two."""

USUAL = 60.0
"""Seconds of a search whose caller limits neither time nor work."""


@dataclass(frozen=True)
class Asked:
    """What decides how a problem is solved: its size, and what the caller wants."""

    problem: Problem
    method: str
    solver: str
    is_counted: bool

    @property
    def is_exact_alone(self) -> bool:
        """Whether only the exact model is used: as wanted, or because it soon proves most."""
        is_tiny = len(self.problem.staff) * self.problem.days <= TINY
        return (
            self.method == "exact" or (self.method == "auto" and is_tiny) or self.solver != "highs"
        )

    @property
    def is_for_columns(self) -> bool:
        """Whether columns go first: as wanted, for work that is counted, or by size."""
        is_large_for_exact = cells(self.problem) > MOST_SOON
        return self.method == "columns" or self.is_counted or is_large_for_exact


Way = Callable[[Search, Roster | None], Result]

PLAN: tuple[tuple[Callable[[Asked], bool], Way], ...] = (
    (lambda asked: asked.is_exact_alone, exactly),
    (lambda asked: bool(shortages(asked.problem)), nearest),
    (lambda asked: asked.is_for_columns, columns_first),
    (lambda asked: is_large(asked.problem), in_turns),
    (lambda _: True, together),
)
"""Who is solved how, the first that applies: what is tiny or wanted so by the exact model alone;
what nobody can cover only comes near; what is large by columns, and the exact model tells why if
they find none; in homes between, by turns; what is small by columns and then to the proof."""


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
    asked = Asked(problem, method, solver, is_counted=iterations is not None)
    if not asked.is_exact_alone:
        prepare()
    clock = clock_of(time_limit, iterations, USUAL)  # begins now, after compiling
    search = Search(
        problem=problem,
        solver=solver,
        controls=Controls(
            clock.time_limit, gap, seed, 1 if asked.is_counted else threads, cancel=cancel
        ),
        on_progress=on_progress,
        clock=clock,
    )
    way = next(way for applies, way in PLAN if applies(asked))
    return way(search, start)


def _refuse_wrong(problem: Problem, method: str, start: Roster | None) -> None:
    if start is not None:
        refuse_other(problem, start)
    if method not in METHODS:
        raise ValueError(f"method={method!r}: 可用 / available: {', '.join(METHODS)}")
