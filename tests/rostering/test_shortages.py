"""Too few people for a day, a shift or the hours: told at once, and only where it is so."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.homes import home
from rostering import (
    Cover,
    Problem,
    Result,
    Rule,
    ShiftType,
    Span,
    Staff,
    Status,
    Unavailable,
    explain,
    shortages,
)
from rostering.explain.conflict.statement import only
from rostering.heads.demand import heads
from tests.patience import solve
from tests.rostering.random_problems import random_problem, random_roster
from tests.rostering.tiny import SHIFTS, one

DAWN = ShiftType(id="晨", name="晨班", start=360, minutes=480, paid_minutes=450)
UNTIL_SEVEN = Span(start=360, minutes=60)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_what_a_roster_fills_is_not_short(seed: int) -> None:
    """The heads of a roster, asked for as minima, are not short; more than there can be are."""
    problem = only(random_problem(seed), [])
    roster = random_roster(problem, seed)
    filled = [
        item.model_copy(update={"minimum": heads(problem, roster, item), "maximum": None})
        for item in problem.cover
    ]
    assert shortages(problem.model_copy(update={"cover": tuple(filled)})) == []
    most = 2 * len(problem.staff) + 1
    too_many = [item.model_copy(update={"minimum": most}) for item in filled]
    told = shortages(problem.model_copy(update={"cover": tuple(too_many)}))
    assert len(told) >= len(too_many)


def until_seven(row: str, minimum: int, **given: Any) -> Problem:
    """Return a problem of one person with nights and dawns, counted from 6 to 7 on the last day."""
    item = Cover(day=len(row) - 1, span=UNTIL_SEVEN, minimum=minimum, wanted=minimum)
    return one(row, shifts=(*SHIFTS, DAWN), cover=(item,), min_rest_minutes=0, **given)


def test_a_night_before_the_period_may_fill_a_span() -> None:
    """Who came from a night of the last period is a head until seven; another day is none."""
    pin = ({"staff": "A", "day": 0, "shift": None},)
    night, early = ({"staff": "A", "shifts": [shift]} for shift in "夜早")
    assert shortages(until_seven(".", 1, fixed=pin, history=[night])) == []
    assert len(shortages(until_seven(".", 1, fixed=pin, history=[early]))) == 1


def test_shifts_of_two_days_are_two_heads() -> None:
    """Night until seven and dawn from six: one person is two heads in between, but never three."""
    assert shortages(until_seven("..", 2)) == []
    assert len(shortages(until_seven("..", 3))) == 1


def with_nobody(problem: Problem, day: int) -> Problem:
    """Return the problem with everybody on leave on a day."""
    away = tuple(Unavailable(staff=person.id, day=day) for person in problem.staff)
    return problem.model_copy(update={"unavailable": problem.unavailable + away})


@pytest.mark.parametrize("method", ["auto", "columns"])
def test_a_home_with_a_day_of_nobody_is_impossible_at_once(method: str) -> None:
    """Nothing is searched for first: the day is told, and the nearest roster relaxes only it."""
    result = solve(with_nobody(home(staff=10, days=21, seed=1), 9), iterations=5000, method=method)
    assert result.status is Status.INFEASIBLE
    assert {(item.rule, item.day) for item in result.relaxations} == {(Rule.COVER_MINIMUM, 9)}


def test_too_large_to_show_the_nearest_roster() -> None:
    """Where no model can be built in time, the shortage is told without a roster."""
    needs = Cover(day=3, shift="早", minimum=401, wanted=401)
    staff = tuple(Staff(id=f"S{n}") for n in range(400))
    problem = Problem(
        start=one(".").start, days=90, shift_types=SHIFTS, staff=staff, cover=(needs,)
    )
    result = solve(problem, iterations=2500)
    assert (result.status, result.roster) == (Status.INFEASIBLE, None)
    assert said(result)[0].startswith("没有能同时满足全部硬性规则的排班 /")
    assert "早班至少需要 401 人，只有 400 人可以上" in said(result)[1]


def said(result: Result) -> list[str]:
    """Return what is said of a result."""
    return [str(sentence) for sentence in explain(result)]
