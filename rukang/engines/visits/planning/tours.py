"""Tours: what two inspectors may do on one day, when its visits begin, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import chain, combinations, pairwise

from rukang.engines.visits.asked.parts import Inspector
from rukang.engines.visits.asked.problem import PlanProblem
from rukang.engines.visits.planning.remaining import Remaining, by_week
from rukang.engines.visits.result import Pair, Visit


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


def cost_of_going(remaining: Remaining, inspector: str, tour: Tour) -> int:
    """Return what one inspector on one tour costs: travel, rotation, and being new to a visit."""
    new = sum(inspector not in visit.pair for visit in _before(remaining, tour))
    plain = _travel_and_rotation(remaining, inspector, tour.homes)
    return plain + remaining.problem.prices.new_inspector * new


def cost_of_moving(remaining: Remaining, tour: Tour) -> int:
    """Return the price of taking the homes of a tour off their former days."""
    visits = _before(remaining, tour)
    moved = sum(not (tour.kept and visit.day in tour.days) for visit in visits)
    return remaining.problem.prices.moved * moved


def cost_done(remaining: Remaining) -> int:
    """Return the cost of the visits that are done, which no choice changes."""
    made: dict[object, list[Visit]] = {}
    for visit in remaining.done:
        made.setdefault(visit.tour, []).append(visit)
    return sum(
        _travel_and_rotation(remaining, inspector, tuple(visit.home for visit in visits))
        for visits in made.values()
        for inspector in visits[0].pair
    )


def _travel_and_rotation(remaining: Remaining, inspector: str, homes: tuple[str, ...]) -> int:
    problem, prices = remaining.problem, remaining.problem.prices
    person = problem.inspector_by_code[inspector]
    seen = len(person.last_visited.intersection(homes))
    minutes = travel_minutes(problem, person, homes)
    return prices.travel_minute * minutes + prices.seen_last_time * seen


def _before(remaining: Remaining, tour: Tour) -> list[Visit]:
    before = remaining.before_by_home
    return [before[code] for code in tour.homes if code in before]


def timetable(problem: PlanProblem, day: date, pair: Pair, homes: Sequence[str]) -> Iterator[Visit]:
    """Yield the visits of a tour in the order given.

    The first begins when whoever has the longer way to it arrives.
    """
    first = homes[0]
    minutes = max(problem.minutes_between(code, first) for code in pair)
    for place, home in enumerate(homes):
        if place:
            minutes += problem.minutes_between(homes[place - 1], home)
        yield Visit(home=home, day=day, start=_after(problem.day_start, minutes), pair=pair)
        minutes += problem.home_by_code[home].minutes


def _after(start: time, minutes: int) -> time:
    anchor = datetime.combine(date.min, start) + timedelta(minutes=minutes)
    return anchor.time()
