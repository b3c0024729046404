"""A plan: who visits which home when, what could not be visited, and how good it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from enum import StrEnum
from functools import cached_property

from rukang.base.words import Text
from rukang.engines.visits.asked.parts import Frozen
from rukang.engines.visits.asked.problem import PlanProblem

Pair = tuple[str, str]
"""Codes of two inspectors, in order."""


class Status(StrEnum):
    """How planning ended: no plan is cheaper, or one may be."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"


class Reason(StrEnum):
    """Why a home is left out.

    ``no_room`` is proven: no plan takes it in without leaving out another, or paying more than it
    is worth. ``not_found`` says only that the search ended before it had found a place.
    """

    NO_DAY = "no_day"
    NO_PAIR = "no_pair"
    NO_ROOM = "no_room"
    NOT_FOUND = "not_found"


Words = Text
"""The older name of the house's pair of words, kept for who imports it."""


class Visit(Frozen):
    """Two inspectors at a home.

    Parameters
    ----------
    start
        When the visit begins.
    """

    home: str
    day: date
    start: time
    pair: Pair

    @property
    def tour(self) -> tuple[date, Pair]:
        """Return what names the tour it is part of: a pair makes one tour a day."""
        return self.day, self.pair


class LeftOut(Frozen):
    """A home without a visit, and why."""

    home: str
    reason: Reason
    words: Text


class Progress(Frozen):
    """Where planning stands: seconds so far, best cost, and bound on any cost.

    Parameters
    ----------
    laid_out
        Whether the cost is that of a plan with its days, not of tours and pairs alone.
    """

    seconds: float
    cost: int | None
    bound: int | None
    laid_out: bool = False


class Plan(Frozen):
    """The answer to a problem; visits in order of day, pair and time.

    Parameters
    ----------
    left_out
        Homes without a visit.
    cost, bound
        What the plan costs, and what every plan costs at least.
    left_out_cost
        The part of the cost that homes without a visit make.
    rounds
        How often tours were chosen anew because their days collided.
    since
        For a changed plan the day from which it was planned; what lies before is taken as done.
    previous
        The visits of the plan that this one changes.
    revision
        How many plans this one has replaced.
    """

    status: Status
    visits: tuple[Visit, ...]
    left_out: tuple[LeftOut, ...] = ()
    cost: int
    bound: int
    left_out_cost: int = 0
    seconds: float = 0.0
    rounds: int = 1
    since: date | None = None
    previous: tuple[Visit, ...] = ()
    revision: int = 0

    @property
    def gap(self) -> float:
        """Return how far the cost may be from the best, as a fraction of it.

        The price of homes left out is not part of what it is set against: it would make any gap
        look small.
        """
        return max(0, self.cost - self.bound) / max(1, self.cost - self.left_out_cost)

    @cached_property
    def visit_by_home(self) -> dict[str, Visit]:
        """Return the visits by code of home."""
        return {visit.home: visit for visit in self.visits}

    def announced(self, problem: PlanProblem) -> tuple[Visit, ...]:
        """Return the public part: no surprise visit is in it."""
        by_code = problem.home_by_code
        return tuple(visit for visit in self.visits if not by_code[visit.home].surprise)

    def of(self, inspector: str) -> tuple[Visit, ...]:
        """Return the visits of one inspector, in order."""
        return tuple(visit for visit in self.visits if inspector in visit.pair)


def in_order(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """Return visits by day, pair and time."""
    return tuple(sorted(visits, key=lambda visit: (visit.day, visit.pair, visit.start)))
