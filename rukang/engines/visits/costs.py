"""What the first stage's choices cost, inspector by inspector."""

from __future__ import annotations

from rukang.engines.visits.remaining import Remaining
from rukang.engines.visits.result import Visit
from rukang.engines.visits.tours import Tour, travel_minutes


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
