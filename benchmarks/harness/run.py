"""What one run gave."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.harness.task import Task
from rostering import Progress

FAILED = "failed"
"""Status of a run whose process raised an error, died or overran."""


@dataclass(frozen=True)
class Run:
    """A run and its figures, recounted.

    Parameters
    ----------
    status
        That of the result, or ``failed``.
    cost
        As our checker counts it; None without a roster that keeps every hard rule.
    said
        The cost as the engine says.
    broken
        Hard rules broken by the roster returned.
    planted
        Cost of the roster planted in a home.
    seconds
        Time of the solve alone: reading, first use and recount are not in it.
    first_use
        Seconds that the first use of the engine in the process took more than the second:
        imports, compilation.
    megabytes
        Peak memory of the process, the problem included.
    progress
        What the engine reported on the way.
    """

    task: Task
    staff: int = 0
    days: int = 0
    status: str = FAILED
    cost: int | None = None
    said: int | None = None
    bound: int | None = None
    broken: int = 0
    planted: int | None = None
    seconds: float | None = None
    first_use: float | None = None
    megabytes: float | None = None
    progress: tuple[Progress, ...] = ()
    error: str = ""

    @property
    def own_gap(self) -> float | None:
        """Return how far the cost may be from the best by the run's own bound."""
        return own_gap(self.cost, self.bound)

    def at(self, seconds: float) -> Progress:
        """Return where the run stood after so many seconds; its end if it had ended by then."""
        if self.seconds is None or seconds >= self.seconds:
            return self.end()
        past = [item for item in self.progress if item.seconds <= seconds]
        costs = [item.cost for item in past if item.cost is not None]
        bounds = [item.bound for item in past if item.bound is not None]
        return Progress(seconds, min(costs, default=None), max(bounds, default=None))

    def first_within(self, gap: float | None) -> float | None:
        """Return when a cost was known, within a proven gap if one is given; None if never."""
        cost = bound = None
        for item in (*self.progress, self.end()):
            cost = item.cost if item.cost is not None else cost
            bound = item.bound if item.bound is not None else bound
            reached = own_gap(cost, bound)
            if cost is not None and (gap is None or (reached is not None and reached <= gap)):
                return item.seconds
        return None

    def trajectory(self) -> list[Progress]:
        """Return the moments at which the cost fell or the bound rose, the end last."""
        kept: list[Progress] = []
        for item in (*self.progress, self.end()):
            if not kept or (item.cost, item.bound) != (kept[-1].cost, kept[-1].bound):
                kept.append(item)
        return kept

    def end(self) -> Progress:
        """Return where the run stood at its end, whenever that was."""
        return Progress(self.seconds or 0.0, self.cost, self.bound)


def own_gap(cost: int | None, bound: int | None) -> float | None:
    """Return the gap between a cost and a bound as a fraction of the cost; None if unknown."""
    if cost is None or bound is None:
        return None
    return max(0, cost - bound) / max(1, abs(cost))
