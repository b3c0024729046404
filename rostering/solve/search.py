"""A solve under way: its clock, the runs of the exact model, and what it has reported."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from rostering.check import check, cost
from rostering.columns.clock import A_NODE, STEPS_A_SECOND, Clock
from rostering.exact.adapter import run
from rostering.exact.controls import Answer, Controls, End, rounded_up
from rostering.exact.model import Model, elastic
from rostering.exact.neighbourhood import neighbourhoods
from rostering.heads.somebody import roughly, with_somebody
from rostering.problem import Problem
from rostering.result import Progress, Result, Status
from rostering.roster import Roster

IMPROVING = 0.8
"""Share of the time after which parts of the roster are no longer improved one by one."""

PART = 0.1
"""Share of the time that one part may take."""

A_MODEL = 3.0
"""Seconds to build and begin the exact models of such a problem."""

MOST_SOON = 6_000
"""People × days × shift types up to which the exact model soon tells that there is no roster."""

MOST_EXACT = 60_000
"""People × days × shift types up to which the exact model is built in seconds."""

STALE = 12
"""Parts in a row without improvement, after which the exact search goes on."""


class UncheckedRosterError(AssertionError):
    """The model returned a roster that the checker refuses: a defect of this engine."""


@dataclass
class Search:
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
        needed = A_MODEL * cells(self.problem) / MOST_SOON
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
        if cells(self.problem) > MOST_EXACT or self.is_too_late(None, 0.0):
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


def cells(problem: Problem) -> int:
    """Return people × days × shift types, which is how large a problem is."""
    return len(problem.staff) * problem.days * len(problem.shift_types)


def _largest(first: int | None, second: int | None) -> int | None:
    return max((bound for bound in (first, second) if bound is not None), default=None)
