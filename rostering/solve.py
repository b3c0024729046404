"""Solve a problem: the best checked roster within the time, or the least that must give way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import perf_counter

from rostering.check import check
from rostering.cost import cost
from rostering.exact.adapter import Answer, Controls, End, run
from rostering.exact.model import Model, elastic, hard
from rostering.problem import Problem
from rostering.result import Progress, Result, Status
from rostering.roster import Roster

PATIENCE = 0.7
"""Share of the time in which a first roster must come; the rest is left for the nearest one."""


class UncheckedRosterError(AssertionError):
    """The model returned a roster that the checker refuses: a defect of this engine."""


def solve(
    problem: Problem,
    *,
    time_limit: float = 60.0,
    gap: float = 0.0,
    seed: int = 0,
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
        Seconds for all of it.
    gap
        Relative gap between cost and bound at which to stop; 0 proves the optimum.
    seed
        The same seed gives the same roster, unless the time limit ends the search.
    solver
        ``highs`` or ``cbc``; CBC neither reports progress nor can be cancelled while it runs.
    threads
        None leaves the number to the solver.
    start
        A roster known already, from which to improve.
    on_progress
        Called with every improvement and from time to time.
    cancel
        Asked often; once it answers true, the best roster so far is returned.

    Returns
    -------
    Result
        Its roster has passed :func:`rostering.check`, or ``relaxations`` says what it breaks.
    """
    search = _Search(
        problem=problem,
        solver=solver,
        ends=perf_counter() + time_limit,
        controls=Controls(time_limit, gap, seed, threads, cancel=cancel),
        on_progress=on_progress,
    )
    model = hard(problem)
    answer = search.run(model, start, patience=PATIENCE)
    if answer.end is End.INFEASIBLE:
        return search.nearest(Status.INFEASIBLE)
    roster = model.roster() if answer.has_values else _sound(problem, start)
    if roster is None and answer.end is End.LIMIT:
        return search.nearest(Status.NO_ROSTER)
    return search.checked(answer, roster)


@dataclass
class _Search:
    """A solve under way: its clock and what it has reported."""

    problem: Problem
    solver: str
    ends: float
    controls: Controls
    on_progress: Callable[[Progress], None] | None
    began: float = field(default_factory=perf_counter)
    reported: list[Progress] = field(default_factory=list)

    def run(self, model: Model, start: Roster | None, patience: float = 1.0) -> Answer:
        """Run the solver on a model for the time that is left."""
        left = max(0.0, self.ends - perf_counter())
        controls = replace(
            self.controls,
            time_limit=left,
            patience=left * patience,
            on_progress=self.report,
            start={} if start is None else model.values(start),
        )
        return run(model.program, controls, self.solver)

    def report(self, cost: int | None, bound: int | None) -> None:
        """Keep and pass on where the search stands."""
        progress = Progress(perf_counter() - self.began, cost, bound)
        self.reported.append(progress)
        if self.on_progress is not None:
            self.on_progress(progress)

    def checked(self, answer: Answer, roster: Roster | None) -> Result:
        """Return the result of a run, its roster recounted."""
        if roster is None:
            return self.result(Status.CANCELLED, None, answer.bound)
        broken = check(self.problem, roster)
        if broken:
            raise UncheckedRosterError("; ".join(item.message for item in broken))
        result = self.result(Status.FEASIBLE, roster, answer.bound)
        if result.gap == 0:
            return replace(result, status=Status.OPTIMAL)
        if answer.end is End.CANCELLED:
            return replace(result, status=Status.CANCELLED)
        return result

    def nearest(self, status: Status) -> Result:
        """Return the roster of the least relaxation, and among those the one of least cost."""
        model = elastic(self.problem)
        relaxed = self.run(model, None)
        if not relaxed.has_values:
            return self.result(status, None, None)
        nearest = model.roster()
        model.hold()
        best = self.run(model, nearest)
        roster = model.roster() if best.has_values else nearest
        broken = tuple(check(self.problem, roster))
        return replace(
            self.result(status if broken else Status.FEASIBLE, roster, None), relaxations=broken
        )

    def result(self, status: Status, roster: Roster | None, bound: int | None) -> Result:
        paid = None if roster is None else cost(self.problem, roster)
        if paid is not None and bound is not None:
            bound = min(bound, paid)
        seconds = perf_counter() - self.began
        reported = tuple(self.reported)
        return Result(self.problem, status, roster, paid, bound, seconds, progress=reported)


def _sound(problem: Problem, roster: Roster | None) -> Roster | None:
    return roster if roster is not None and not check(problem, roster) else None
