"""What a solve answers: a status, a checked roster, its cost and how good it can be at best."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rostering.problem import Problem
from rostering.roster import Roster
from rostering.violation import Violation


class Status(StrEnum):
    """How a solve ended.

    ``INFEASIBLE`` is an answer: no roster keeps all hard rules; the result holds the nearest one,
    which relaxes them at the least price found. ``NO_ROSTER``: none was found in time, nor proven
    impossible; the nearest one is there all the same. ``CANCELLED`` may come without a roster.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    CANCELLED = "cancelled"
    NO_ROSTER = "no_roster"


@dataclass(frozen=True)
class Progress:
    """Where a running solve stands: seconds so far, best cost, and bound on any cost."""

    seconds: float
    cost: int | None
    bound: int | None


@dataclass(frozen=True)
class Result:
    """The answer to a problem.

    Parameters
    ----------
    cost
        Cost of the roster, recounted by the checker; None without a roster.
    bound
        No roster that keeps the hard rules costs less; None if unknown or there is none.
    relaxations
        The hard rules that the nearest roster breaks; empty for a sound one.
    progress
        What was reported on the way, in order.
    """

    problem: Problem
    status: Status
    roster: Roster | None
    cost: int | None
    bound: int | None
    runtime_seconds: float
    relaxations: tuple[Violation, ...] = ()
    progress: tuple[Progress, ...] = ()

    @property
    def gap(self) -> float | None:
        """Return how far the cost may be from the best, as a fraction of it; None if unknown."""
        if self.cost is None or self.bound is None:
            return None
        return max(0, self.cost - self.bound) / max(1, abs(self.cost))
