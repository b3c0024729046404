"""Tours: what two inspectors may do on one day, be it one home or two near ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, combinations, pairwise

from rukang.engines.visits.parts import Inspector
from rukang.engines.visits.problem import PlanProblem
from rukang.engines.visits.remaining import Remaining, by_week
from rukang.engines.visits.result import Pair


@dataclass(frozen=True)
class Tour:
    """Homes to be visited on one day.

    Parameters
    ----------
    homes
        One code, or two.
    days
        On which it may take place; one for a tour kept on the day of a former plan.
    kept
        Whether it is kept so.
    """

    homes: tuple[str, ...]
    days: frozenset[date]
    kept: bool = False


@dataclass(frozen=True)
class Trip:
    """A tour and who makes it."""

    tour: Tour
    pair: Pair


def tours(remaining: Remaining) -> list[Tour]:
    """Return every tour that has a day, those kept on a former day apart from those free."""
    problem = remaining.problem
    codes = [home.code for home in remaining.homes]
    near = (
        two
        for two in combinations(codes, 2)
        if problem.minutes_between(*two) <= problem.near_minutes
    )
    return list(
        chain.from_iterable(_slots(remaining, homes) for homes in [*((c,) for c in codes), *near])
    )


def _slots(remaining: Remaining, homes: tuple[str, ...]) -> Iterator[Tour]:
    """Yield the free tour of some homes, and one for each day on which a home was before."""
    days = frozenset.intersection(*(remaining.open_days[code] for code in homes))
    before = remaining.before_by_home
    former = {before[code].day for code in homes if code in before}
    for day in sorted(former & days):
        yield Tour(homes, frozenset({day}), kept=True)
    if days:
        yield Tour(homes, days)


def week_by_week(tours: Iterable[Tour]) -> list[Tour]:
    """Return each tour once for every week in which it may take place."""
    return [
        replace(tour, days=frozenset(days))
        for tour in tours
        for days in by_week(tour.days).values()
    ]


def travel_minutes(problem: PlanProblem, inspector: Inspector, homes: tuple[str, ...]) -> int:
    """Return the minutes on the road, from base to base; the order of the homes is all the same."""
    way = (inspector.code, *homes, inspector.code)
    return sum(problem.minutes_between(one, other) for one, other in pairwise(way))


def may_go(remaining: Remaining, inspector: Inspector, tour: Tour) -> bool:
    """Return whether an inspector may make a tour: no conflict, a day at hand, not too long."""
    problem = remaining.problem
    if not inspector.barred.isdisjoint(tour.homes):
        return False
    if remaining.present[inspector.code].isdisjoint(tour.days):
        return False
    stay = sum(problem.home_by_code[code].minutes for code in tour.homes)
    return stay + travel_minutes(problem, inspector, tour.homes) <= problem.day_minutes


def needs_of(problem: PlanProblem, tour: Tour) -> frozenset[str]:
    """Return the skills that a pair must have for a tour."""
    return frozenset(chain.from_iterable(problem.home_by_code[code].needs for code in tour.homes))
