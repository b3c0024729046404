"""The checker accepts what keeps a rule and names what breaks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

import pytest

from rukang.engines.visits import (
    LeftOut,
    Place,
    Plan,
    PlanProblem,
    Prices,
    Reason,
    Rule,
    Words,
    check,
)
from tests.rukang.engines.visits.tiny import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    home,
    inspector,
    plan_of,
    problem,
    visit,
)


@dataclass(frozen=True)
class Case:
    """A problem, a plan that keeps a rule, and one that breaks just that."""

    rule: Rule
    problem: PlanProblem
    sound: Plan
    broken: Plan


def case(rule: Rule, asked: PlanProblem, sound: list[object], broken: list[object]) -> Case:
    """Return a case of two lists of visits."""
    return Case(rule, asked, plan_of(asked, *sound), plan_of(asked, *broken))  # type: ignore[arg-type]


NATIONAL_DAY, EVE, SUNDAY_AT_WORK = date(2026, 10, 1), date(2026, 9, 30), date(2026, 9, 20)
AUTUMN = problem(
    [home(weekdays=frozenset(range(1, 8)))], first=date(2026, 9, 14), last=date(2026, 10, 9)
)
TWO = problem([home("A"), home("B")])
FAR = Place(latitude=38.0, longitude=118.0)
APART = problem([home("A"), home("B")], travel={("A", "B"): 31})
FOUR = problem([home("A"), home("B"), home("C")])
WEEK = problem(
    [home(code) for code in "ABC"],
    [inspector("X", most_days_a_week=2), *(inspector(code) for code in "YZ")],
)
ON = dict(zip("ABC", (MONDAY, TUESDAY, WEDNESDAY), strict=True))
AT_11 = time(10, 30)

CASES = [
    case(Rule.ONCE, TWO, [visit("A"), visit("B", start=AT_11)], [visit("A")]),
    case(Rule.ONCE, problem(), [visit()], [visit(), visit(day=WEDNESDAY)]),
    case(Rule.UNKNOWN, problem(), [visit()], [visit(pair="XQ")]),
    case(Rule.UNKNOWN, problem(), [visit()], [visit("Q")]),
    case(Rule.WORKING_DAY, AUTUMN, [visit(day=EVE)], [visit(day=NATIONAL_DAY)]),
    case(Rule.WORKING_DAY, AUTUMN, [visit(day=SUNDAY_AT_WORK)], [visit(day=date(2026, 9, 19))]),
    case(Rule.WORKING_DAY, problem(), [visit(day=FRIDAY)], [visit(day=date(2026, 11, 16))]),
    case(Rule.OPEN, problem([home(closed=frozenset({MONDAY}))]), [visit()], [visit(day=MONDAY)]),
    case(Rule.OPEN, problem([home(weekdays=frozenset({2}))]), [visit()], [visit(day=MONDAY)]),
    case(Rule.WINDOW, problem([home(not_before=TUESDAY)]), [visit()], [visit(day=MONDAY)]),
    case(Rule.WINDOW, problem([home(due=TUESDAY)]), [visit()], [visit(day=WEDNESDAY)]),
    case(Rule.FIXED, problem([home(fixed=TUESDAY)]), [visit()], [visit(day=WEDNESDAY)]),
    case(
        Rule.SURPRISE,
        problem([home(surprise=True, last_visit=date(2025, 11, 12))]),
        [visit()],
        [visit(day=WEDNESDAY)],
    ),
    case(Rule.TWO, problem(), [visit()], [visit(pair="XX")]),
    case(
        Rule.SKILL,
        problem([home(needs=frozenset({"消防"}))],
                [inspector("X", skills=frozenset({"消防"})), inspector("Y"), inspector("Z")]),
        [visit()],
        [visit(pair="YZ")],
    ),
    case(
        Rule.CONFLICT,
        problem(people=[inspector("X"), inspector("Y"), inspector("Z", barred=frozenset({"A"}))]),
        [visit()],
        [visit(pair="XZ")],
    ),
    case(
        Rule.AWAY,
        problem(people=[inspector("X"), inspector("Y", away=frozenset({MONDAY})), inspector("Z")]),
        [visit()],
        [visit(day=MONDAY)],
    ),
    case(
        Rule.ONE_TOUR,
        TWO,
        [visit("A"), visit("B", start=AT_11)],
        [visit("A"), visit("B", start=AT_11, pair="XZ")],
    ),
    case(
        Rule.ONE_TOUR,
        FOUR,
        [visit("A"), visit("B", start=AT_11), visit("C", day=MONDAY)],
        [visit("A"), visit("B", start=AT_11), visit("C", start=time(12, 30))],
    ),
    case(
        Rule.NEAR,
        APART,
        [visit("A"), visit("B", day=MONDAY)],
        [visit("A"), visit("B", start=time(11, 1))],
    ),
    case(Rule.TIMES, TWO, [visit("A"), visit("B", start=AT_11)], [visit("A"), visit("B")]),
    case(Rule.TIMES, problem(), [visit()], [visit(start=time(8, 0))]),
    case(
        Rule.DAY_MINUTES,
        problem(TWO.homes, day_minutes=240),
        [visit("A"), visit("B", start=AT_11)],
        [visit("A"), visit("B", start=time(10, 31))],
    ),
    case(
        Rule.WEEK,
        WEEK,
        [visit("A", MONDAY), visit("B", TUESDAY), visit("C", WEDNESDAY, "YZ")],
        [visit(code, day) for code, day in ON.items()],
    ),
]  # fmt: skip


@pytest.mark.parametrize("given", CASES, ids=lambda given: given.rule.value)
def test_sound_plan_is_accepted(given: Case) -> None:
    """What keeps the rule breaks no other either."""
    assert check(given.problem, given.sound) == []


@pytest.mark.parametrize("given", CASES, ids=lambda given: given.rule.value)
def test_broken_rule_is_named(given: Case) -> None:
    """What breaks a rule is found, with words in both languages, and nothing else is."""
    found = check(given.problem, given.broken)
    assert {item.rule for item in found} == {given.rule}
    assert all(item.zh and item.en and item.zh in item.message for item in found)


def test_left_out_home_counts_as_named() -> None:
    """A home left out with its reason is no fault; one both visited and left out is."""
    asked = problem()
    without = LeftOut(home="A", reason=Reason.NO_ROOM, words=Words(zh="满", en="full"))
    assert check(asked, plan_of(asked, left_out=(without,))) == []
    found = check(asked, plan_of(asked, visit(), left_out=(without,)))
    assert [item.rule for item in found] == [Rule.ONCE]


@pytest.mark.parametrize("wrong", [{"cost": 1}, {"bound": 400}, {"left_out_cost": 9}])
def test_wrong_figures_are_found(wrong: dict[str, int]) -> None:
    """A cost that is not the recount, or a bound above it, is named."""
    asked = problem()
    sound = plan_of(asked, visit())
    assert check(asked, sound) == []
    assert {item.rule for item in check(asked, sound.model_copy(update=wrong))} == {Rule.COST}


def test_cost_by_hand() -> None:
    """Travel, rotation, spread and homes left out add up as worked by hand."""
    people = [
        inspector("X", last_visited=frozenset({"A"})),
        inspector("Y"),
        inspector("Z", away=frozenset({MONDAY, TUESDAY, WEDNESDAY, THURSDAY})),
    ]
    prices = Prices(left_out=1000, travel_minute=2, seen_last_time=7, spread_point=10)
    travel = {("A", "X"): 10, ("A", "Y"): 25, ("A", "B"): 5, ("X", "B"): 15, ("Y", "B"): 20}
    asked = problem([home(code) for code in "ABC"], people, prices=prices, travel=travel)
    made = plan_of(asked, visit("A"), visit("B", start=time(11, 15)))
    # X: 10 + 5 + 15 = 30 minutes, Y: 25 + 5 + 20 = 50; X saw A last time; X and Y gave 1 of 3 days,
    # Z none of 1: 34 started per cent; C is left out.
    assert made.cost == 2 * (30 + 50) + 7 + 10 * 34 + 1000
    assert made.left_out_cost == 1000


def test_what_is_done_is_not_judged() -> None:
    """Before the day of change a visit may lie on a day closed since; after it, it may not."""
    asked = problem([home(closed=frozenset({TUESDAY}))])
    assert check(asked, plan_of(asked, visit(), since=WEDNESDAY)) == []
    found = check(asked, plan_of(asked, visit(), since=TUESDAY))
    assert [item.rule for item in found] == [Rule.OPEN]


def test_price_of_changes_by_hand() -> None:
    """A moved visit and an inspector new to it are paid; what was changed before the day is not."""
    asked = problem(
        [home("A"), home("B")], prices=Prices(moved=300, new_inspector=200, spread_point=0)
    )
    was = (visit("A", TUESDAY), visit("B", WEDNESDAY))
    now = (visit("A", THURSDAY, "XZ"), visit("B", WEDNESDAY))
    assert plan_of(asked, *now, previous=was, since=TUESDAY).cost == 500
    assert plan_of(asked, *now, previous=was, since=WEDNESDAY).cost == 0
