"""A small invented round: three inspectors in one town, homes around it, one week in November."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from rukang.engines.visits import (
    Inspector,
    Place,
    Plan,
    PlanProblem,
    Status,
    Visit,
    VisitHome,
    cost,
)
from rukang.engines.visits.check import cost_left_out

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 11, day) for day in range(9, 14))
TOWN = Place(latitude=37.4, longitude=118.0)


def home(code: str = "A", **changes: Any) -> VisitHome:
    """Return a home of which a visit takes two hours."""
    return VisitHome(
        **{"code": code, "name": f"示例家园{code}", "place": TOWN, "minutes": 120} | changes
    )


def inspector(code: str, **changes: Any) -> Inspector:
    """Return an inspector who lives in the town."""
    return Inspector(**{"code": code, "name": f"评定员{code}", "base": TOWN} | changes)


def problem(
    homes: Iterable[VisitHome] = (), people: Iterable[Inspector] = (), **changes: Any
) -> PlanProblem:
    """Return a week for one home and three inspectors, unless others are given."""
    given = {
        "homes": tuple(homes) or (home(),),
        "inspectors": tuple(people) or tuple(inspector(code) for code in "XYZ"),
        "first": MONDAY,
        "last": FRIDAY,
    }
    return PlanProblem(**given | changes)


def visit(
    code: str = "A", day: date = TUESDAY, pair: str = "XY", start: time = time(8, 30)
) -> Visit:
    """Return a visit; each letter of the pair is an inspector."""
    return Visit(home=code, day=day, start=start, pair=(pair[0], pair[1]))


def plan_of(asked: PlanProblem, *visits: Visit, **changes: Any) -> Plan:
    """Return a plan of some visits that states its cost, unless it visits an unknown home."""
    made = Plan(**{"status": Status.FEASIBLE, "visits": visits, "cost": 0, "bound": 0} | changes)
    if any(item.home not in asked.home_by_code for item in visits):
        return made
    prices = {"cost": cost(asked, made), "left_out_cost": cost_left_out(asked, made)}
    return made.model_copy(update=prices)
