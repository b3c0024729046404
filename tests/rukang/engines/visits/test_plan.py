"""The planner keeps each rule, prefers what is cheaper, and says why a home is left out."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from rukang.engines.visits import (
    Inspector,
    Place,
    Plan,
    PlanProblem,
    Prices,
    Progress,
    Reason,
    Status,
    VisitHome,
    check,
)
from tests.patience import plan
from tests.rukang.engines.visits.tiny import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    home,
    inspector,
    problem,
)

FIRE = frozenset({"消防"})
EVERY_DAY = frozenset({MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY})
FAR = Place(latitude=41.0, longitude=118.0)


def made(homes: list[VisitHome], people: list[Inspector] | None = None, **changes: Any) -> Plan:
    """Return a plan that has passed the check."""
    asked = problem(homes, people or (), **changes)
    found = plan(asked)
    assert check(asked, found) == []
    return found


def test_whoever_has_the_skill_goes() -> None:
    """The only one who knows fire safety is one of the two, though farther away."""
    people = [inspector("X"), inspector("Y"), inspector("Z", skills=FIRE)]
    travel = {("A", "Z"): 60}
    assert "Z" in made([home(needs=FIRE)], people, travel=travel).visits[0].pair
    assert (
        "Z"
        not in made([home()], people, travel=travel, prices=Prices(spread_point=0)).visits[0].pair
    )


def test_conflict_of_interest_keeps_away() -> None:
    """Somebody barred does not go, however near they live."""
    people = [inspector("X", barred=frozenset({"A"})), inspector("Y"), inspector("Z")]
    found = made([home()], people, travel={("A", "Y"): 60, ("A", "Z"): 60})
    assert found.visits[0].pair == ("Y", "Z")


def test_only_common_day_is_taken() -> None:
    """Two who are both at hand on Thursday only go on Thursday."""
    people = [
        inspector("X", away=frozenset({MONDAY, TUESDAY})),
        inspector("Y", away=frozenset({WEDNESDAY, FRIDAY})),
    ]
    assert made([home()], people).visits[0].day == THURSDAY


def test_only_open_day_is_taken() -> None:
    """Opening weekdays, single closed days and the window leave one day."""
    asked = home(
        weekdays=frozenset({1, 2, 3, 4}),
        closed=frozenset({TUESDAY}),
        not_before=TUESDAY,
        due=WEDNESDAY,
    )
    assert made([asked]).visits[0].day == WEDNESDAY


def test_make_up_workday_is_a_day() -> None:
    """The Sunday worked before National Day is used where the home is open on Sundays."""
    sunday = date(2026, 9, 20)
    asked = home(weekdays=frozenset({7}))
    found = made([asked], first=date(2026, 9, 14), last=date(2026, 10, 10))
    assert found.visits[0].day == sunday


def test_two_near_homes_make_one_tour() -> None:
    """Two homes at hand of each other are visited in one day; two far apart are not."""
    homes = [home("A"), home("B")]
    far = {(code, person): 60 for code in "AB" for person in "XYZ"}
    near = made(homes, travel=far | {("A", "B"): 30})
    assert near.visits[0].tour == near.visits[1].tour
    apart = made(homes, travel=far | {("A", "B"): 31})
    assert apart.visits[0].tour != apart.visits[1].tour


def test_times_follow_the_way() -> None:
    """The first visit begins when the farther of two arrives, the next after stay and way."""
    found = made(
        [home("A"), home("B", minutes=90)],
        [inspector("X"), inspector("Y")],
        travel={(code, "X"): 20 for code in "AB"} | {(code, "Y"): 50 for code in "AB"}
        | {("A", "B"): 10},
    )  # fmt: skip
    first, second = found.visits
    assert first.start == time(9, 20)
    assert second.start == (time(11, 30) if first.home == "A" else time(11, 0))


def test_long_day_is_not_made() -> None:
    """Two visits that would take longer than a day are on two days."""
    homes = [home("A", minutes=240), home("B", minutes=240)]
    assert made(homes).visits[0].tour == made(homes).visits[1].tour
    long = made(homes, travel={(code, p): 5 for code in "AB" for p in "XYZ"})
    assert long.visits[0].tour != long.visits[1].tour


def test_week_is_not_overfull() -> None:
    """Three long visits need three days; two who may give two each leave one home out."""
    homes = [home(code, minutes=300) for code in "ABC"]
    people = [inspector(code, most_days_a_week=2) for code in "XY"]
    found = made(homes, people)
    assert len(found.visits) == 2
    assert [item.reason for item in found.left_out] == [Reason.NO_ROOM]
    assert found.status is Status.OPTIMAL


def test_rotation_sends_others() -> None:
    """Whoever was there last time stays away unless the others live too far."""
    people = [inspector("X", last_visited=frozenset({"A"})), inspector("Y"), inspector("Z")]
    assert made([home()], people).visits[0].pair == ("Y", "Z")
    far = {("A", "Z"): 31}
    assert "X" in made([home()], people, travel=far).visits[0].pair


def test_work_is_shared() -> None:
    """Three long visits by three people are two days for each, be it a longer way."""
    homes = [home(code, minutes=300) for code in "ABC"]
    travel = {(code, "Z"): 20 for code in "ABC"}
    found = made(homes, travel=travel)
    assert [len(found.of(code)) for code in "XYZ"] == [2, 2, 2]
    unshared = made(homes, travel=travel, prices=Prices(spread_point=0))
    assert [len(unshared.of(code)) for code in "XYZ"] == [3, 3, 0]


def test_share_is_of_the_days_at_hand() -> None:
    """Who is there for one day of five makes fewer visits than the others."""
    people = [inspector("X"), inspector("Y"), inspector("Z", away=EVERY_DAY - {MONDAY})]
    found = made([home(code, minutes=300) for code in "ABC"], people)
    assert [len(found.of(code)) for code in "XYZ"] == [3, 2, 1] or [
        len(found.of(code)) for code in "XYZ"
    ] == [2, 3, 1]


@pytest.mark.parametrize(
    ("asked", "people", "reason", "words"),
    [
        (home(due=date(2026, 11, 8)), [], Reason.NO_DAY, "没有可检查的工作日"),
        (home(closed=EVERY_DAY), [], Reason.NO_DAY, "2026-11-09 至 2026-11-13"),
        (home(needs=FIRE), [], Reason.NO_PAIR, "没有两人具备专长：消防"),
        (home(place=FAR), [], Reason.NO_PAIR, "能去的 0 人"),
        (
            home(),
            [inspector("X"), inspector("Y", barred=frozenset({"A"}))],
            Reason.NO_PAIR,
            "须回避的 1 人",
        ),
        (
            home(),
            [inspector("X", away=EVERY_DAY - {MONDAY}), inspector("Y", away=frozenset({MONDAY}))],
            Reason.NO_PAIR,
            "没有共同的日子",
        ),
    ],
)
def test_left_out_with_its_reason(
    asked: VisitHome, people: list[Inspector], reason: Reason, words: str
) -> None:
    """A home that cannot be visited is named with what is lacking, the other is visited."""
    found = made([asked, home("B")], people)
    (left,) = [item for item in found.left_out if item.home == "A"]
    assert left.reason is reason
    assert words in left.words.zh
    assert left.words.en


def test_gap_leaves_aside_homes_left_out() -> None:
    """The price of homes left out does not make a gap look small."""
    plain = Plan(status=Status.FEASIBLE, visits=(), cost=10_200, bound=10_100, left_out_cost=10_000)
    assert plain.gap == 0.5


def surprises(count: int = 8) -> PlanProblem:
    """Return three weeks with some surprise visits, last made on a Tuesday."""
    homes = [
        home(f"A{n}", surprise=n % 2 == 0, last_visit=date(2025, 11, 11)) for n in range(count)
    ]
    return problem(homes, last=date(2026, 11, 27))


def test_same_seed_same_plan() -> None:
    """A seed gives one plan, and other seeds give other days."""
    asked = surprises()
    visits = [plan(asked, seed).visits for seed in (1, 1, 2)]
    assert visits[0] == visits[1]
    assert visits[0] != visits[2]


def test_surprise_visits_cannot_be_guessed() -> None:
    """Over seeds a surprise visit has many days, but never the weekday of last time."""
    asked = surprises(4)
    days = {plan(asked, seed).visit_by_home["A0"].day for seed in range(12)}
    assert len(days) > 4
    assert TUESDAY.weekday() not in {day.weekday() for day in days}


def test_public_part_gives_no_notice() -> None:
    """What is announced holds every visit but the surprise ones."""
    asked = surprises()
    found = plan(asked)
    told = {visit.home for visit in found.announced(asked)}
    assert told == {item.code for item in asked.homes if not item.surprise}


def test_progress_is_told() -> None:
    """The caller hears of the laid out plan with its cost and bound."""
    told: list[Progress] = []
    found = plan(problem(), on_progress=told.append)
    last = told[-1]
    assert (last.laid_out, last.cost, last.bound) == (True, found.cost, found.bound)
    assert [item.seconds for item in told] == sorted(item.seconds for item in told)


def test_nothing_to_do_is_a_plan() -> None:
    """A round without homes, or without inspectors, has a plan too."""
    empty = PlanProblem(homes=(), inspectors=problem().inspectors, first=MONDAY, last=FRIDAY)
    assert plan(empty).visits == ()
    nobody = PlanProblem(homes=problem().homes, inspectors=(), first=MONDAY, last=FRIDAY)
    assert [item.reason for item in plan(nobody).left_out] == [Reason.NO_PAIR]
    assert check(nobody, plan(nobody)) == []


def test_colliding_days_are_cut_off() -> None:
    """Two who share one day make one tour; the second home goes to another pair."""
    people = [
        inspector("X", away=EVERY_DAY - {MONDAY, TUESDAY}),
        inspector("Y", away=EVERY_DAY - {MONDAY, WEDNESDAY}),
        inspector("Z", away=EVERY_DAY - {TUESDAY, WEDNESDAY}),
    ]
    travel = {("A", "Z"): 60, ("B", "Z"): 60, ("A", "B"): 60}
    found = made([home("A"), home("B")], people, travel=travel, prices=Prices(spread_point=0))
    assert len(found.visits) == 2
    assert found.rounds > 1
    assert found.status is Status.OPTIMAL


def test_collision_of_one_case_is_cut_off() -> None:
    """X is the only one with the skill, and meets Y and Z on Monday alone: one home waits."""
    people = [
        inspector("X", skills=FIRE, away=EVERY_DAY - {MONDAY, TUESDAY}),
        inspector("Y", away=EVERY_DAY - {MONDAY, WEDNESDAY}),
        inspector("Z", away=EVERY_DAY - {MONDAY, WEDNESDAY}),
    ]
    homes = [home("A", needs=FIRE), home("B", needs=FIRE)]
    found = made(homes, people, travel={("A", "B"): 60})
    assert [len(found.visits), len(found.left_out)] == [1, 1]
    assert found.rounds > 2
    assert found.status is Status.OPTIMAL


def test_plan_can_be_stored() -> None:
    """A plan read back from JSON is the same."""
    found = plan(surprises())
    assert Plan.model_validate_json(found.model_dump_json()) == found
