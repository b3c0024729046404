"""Plan a round of visits, or change a plan that is under way."""

from __future__ import annotations

from datetime import date

from rukang.engines.visits.asked.days import refuse_fixed_days
from rukang.engines.visits.asked.problem import PlanProblem
from rukang.engines.visits.planning.remaining import Remaining
from rukang.engines.visits.planning.search import OnProgress, Search
from rukang.engines.visits.result import Plan


def plan(
    problem: PlanProblem,
    seed: int = 0,
    time_limit: float = 60.0,
    on_progress: OnProgress | None = None,
    gap: float = 0.0,
) -> Plan:
    """Return who visits which home when, the cheapest plan found, with its gap.

    Parameters
    ----------
    seed
        Draws days and the order of homes; keep it to yourself while surprise visits lie ahead.
        The same seed gives the same plan, unless time runs out.
    time_limit
        Seconds. ``math.inf`` lets its own counts of steps and rounds end it alone, so that the same
        seed gives the same plan on any machine; large rounds may then take long.
    on_progress
        Called with every better plan and bound on the way.
    gap
        How far from the best the plan may be; 0 asks for the best.

    Raises
    ------
    InvalidError
        If a visit is fixed on a day on which it cannot be, such as a public holiday; or a year's
        calendar is not published.
    """
    refuse_fixed_days(problem)
    remaining = Remaining(problem, problem.first)
    return Search(remaining, None, seed, time_limit, on_progress).run(gap)


def replan(
    problem: PlanProblem,
    before: Plan,
    on: date,
    seed: int = 0,
    time_limit: float = 60.0,
    on_progress: OnProgress | None = None,
    gap: float = 0.0,
) -> Plan:
    """Return a plan for a changed problem that keeps the past and changes little of the rest.

    Parameters
    ----------
    problem
        The problem as it is now: `PlanProblem.without` takes an inspector out of it.
    before
        The plan that was to be followed.
    on
        First day that can still change; visits before it stay as they are.

    Raises
    ------
    InvalidError
        As for `plan`, of what lies ahead; or if the problem lacks somebody whose visit is done.
    """
    remaining = Remaining.after(problem, before, on)
    refuse_fixed_days(problem.model_copy(update={"homes": remaining.homes}))
    return Search(remaining, before, seed, time_limit, on_progress).run(gap)
