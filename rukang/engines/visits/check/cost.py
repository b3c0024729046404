"""What a plan costs, counted from its visits."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil

from rukang.engines.visits.asked.parts import Inspector
from rukang.engines.visits.asked.problem import PlanProblem
from rukang.engines.visits.result import Plan, Visit


def cost(problem: PlanProblem, plan: Plan) -> int:
    """Return the whole cost of a plan, changes against the previous one among it."""
    prices = problem.prices
    return (
        cost_left_out(problem, plan)
        + prices.travel_minute * sum(_on_the_road(problem, i, plan) for i in problem.inspectors)
        + prices.seen_last_time * sum(_seen_again(i, plan) for i in problem.inspectors)
        + prices.spread_point * _spread(problem, plan)
        + _changes(problem, plan)
    )


def cost_left_out(problem: PlanProblem, plan: Plan) -> int:
    """Return what the homes without a visit cost."""
    visited = {visit.home for visit in plan.visits}
    return problem.prices.left_out * sum(home.code not in visited for home in problem.homes)


def days_of(plan: Plan, inspector: str) -> dict[date, list[Visit]]:
    """Return an inspector's visits by day, each day in order of time."""
    days: dict[date, list[Visit]] = {}
    for visit in sorted(plan.visits, key=lambda visit: (visit.day, visit.start)):
        if inspector in visit.pair:
            days.setdefault(visit.day, []).append(visit)
    return days


def road_minutes(problem: PlanProblem, inspector: str, visits: list[Visit]) -> int:
    """Return the minutes on the road of one inspector's day."""
    stops = [inspector, *(visit.home for visit in visits), inspector]
    return sum(problem.minutes_between(*leg) for leg in pairwise(stops))


def _on_the_road(problem: PlanProblem, inspector: Inspector, plan: Plan) -> int:
    days = days_of(plan, inspector.code).values()
    return sum(road_minutes(problem, inspector.code, visits) for visits in days)


def _seen_again(inspector: Inspector, plan: Plan) -> int:
    return sum(
        visit.home in inspector.last_visited
        for visit in plan.visits
        if inspector.code in visit.pair
    )


def _spread(problem: PlanProblem, plan: Plan) -> int:
    """Return the started per cent between the most and the least loaded."""
    loads = [
        Fraction(100 * len(days_of(plan, inspector.code)), able)
        for inspector in problem.inspectors
        if (able := _days_able(problem, inspector))
    ]
    return ceil(max(loads) - min(loads)) if loads else 0


def _days_able(problem: PlanProblem, inspector: Inspector) -> int:
    """Return how many days of the round an inspector could give, week by week."""
    total, monday = 0, problem.first - timedelta(days=problem.first.weekday())
    while monday <= problem.last:
        week = [monday + timedelta(days=number) for number in range(7)]
        here = [
            day
            for day in week
            if problem.first <= day <= problem.last
            and problem.calendar.kind_of(day).works
            and day not in inspector.away
        ]
        total += min(len(here), inspector.most_days_a_week)
        monday += timedelta(days=7)
    return total


def _changes(problem: PlanProblem, plan: Plan) -> int:
    """Return the price of every visit moved and every inspector new to one."""
    if plan.since is None:
        return 0
    former = {visit.home: visit for visit in plan.previous if visit.day >= plan.since}
    price = 0
    for visit in plan.visits:
        if (was := former.get(visit.home)) is not None:
            price += problem.prices.moved * (visit.day != was.day)
            price += problem.prices.new_inspector * len(set(visit.pair) - set(was.pair))
    return price
