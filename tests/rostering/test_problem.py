"""A problem refuses what contradicts itself, all of it at once, and survives JSON."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from rostering import PayClass, Problem, ProblemError, Roster, check
from tests.rostering.tiny import MONDAY, one

SHIFT = {"id": "早", "minutes": 480, "paid_minutes": 450}
PERSON = {"id": "A"}


def problem(**changes: Any) -> Problem:
    """Return a small problem, changed."""
    given = {"start": MONDAY, "days": 7, "shift_types": [SHIFT], "staff": [PERSON]}
    return Problem.model_validate(given | changes)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"staff": [PERSON, PERSON]}, "staff"),
        ({"shift_types": [SHIFT, SHIFT]}, "shift_types"),
        ({"cover": [{"day": 0, "shift": "早", "wanted": 1}] * 2}, "cover"),
        ({"requests": [{"staff": "B", "day": 0, "wanted": True}]}, "requests[0].staff"),
        ({"unavailable": [{"staff": "B", "day": 0}]}, "unavailable[0].staff"),
        ({"fixed": [{"staff": "A", "day": 0, "shift": "夜"}]}, "fixed[0].shift"),
        ({"cover": [{"day": 0, "shift": "夜", "wanted": 1}]}, "cover[0].shift"),
        ({"cover": [{"day": 7, "shift": "早", "wanted": 1}]}, "cover[0].day"),
        ({"unavailable": [{"staff": "A", "day": 7}]}, "unavailable[0].day"),
        ({"history": [{"staff": "A", "shifts": ["夜"]}]}, "history[A].shifts"),
        ({"shift_types": [SHIFT | {"forbidden_next": ["夜"]}]}, "shift_types[早].forbidden_next"),
        ({"staff": [PERSON | {"shift_limits": {"夜": 1}}]}, "staff[A].shift_limits"),
        ({"staff": [PERSON | {"min_minutes": 2, "max_minutes": 1}]}, "staff[A]"),
        (
            {"staff": [PERSON | {"min_consecutive_days": 3, "max_consecutive_days": 2}]},
            "staff[A]",
        ),
        ({"staff": [PERSON | {"min_rest_minutes": 660}]}, "shift_types[早].start"),
        (
            {"cover": [{"day": 0, "shift": "早", "minimum": 2, "wanted": 1}]},
            "cover[0]",
        ),
    ],
)
def test_contradiction_is_placed(changes: dict[str, Any], where: str) -> None:
    """Each contradiction is one fault with its place and how to mend it."""
    with pytest.raises(ProblemError) as refused:
        problem(**changes)
    assert [fault.where for fault in refused.value.faults] == [where]


def test_all_faults_at_once() -> None:
    """Every fault is told, not the first alone."""
    with pytest.raises(ProblemError) as refused:
        problem(
            requests=[{"staff": "B", "day": 9, "wanted": True}],
            cover=[{"day": 0, "shift": "夜", "wanted": 1}],
        )
    assert len(refused.value.faults) == 3


@pytest.mark.parametrize("changes", [{"dayz": 1}, {"days": 0}, {"staff": [{"id": ""}]}])
def test_unknown_keys_and_bad_values_are_refused(changes: dict[str, Any]) -> None:
    """A key nobody knows, and values out of range, are refused by field."""
    with pytest.raises(ValidationError):
        problem(**changes)


def test_json_round_trip() -> None:
    """A problem written as JSON reads back equal, and has a schema."""
    given = one("早.夜", history=[{"staff": "A", "shifts": ["早", None]}], shift_limits={"夜": 2})
    assert Problem.model_validate_json(given.model_dump_json()) == given
    assert "shift_types" in Problem.model_json_schema()["properties"]


def test_weeks_and_weekends_follow_the_calendar() -> None:
    """Weeks begin on Mondays, before the period if need be; weekends are cut by the period."""
    given = problem(start=MONDAY.replace(day=11), days=8)  # from a Sunday
    assert given.weeks() == [range(-6, 1), range(1, 8)]
    assert given.weekends() == [[0], [6, 7]]


def test_make_up_days_belong_to_no_weekend() -> None:
    """A Saturday that is a workday by decree is neither weekend nor rest day."""
    given = problem(days=14, make_up_days=[5])
    assert given.weekends() == [[6], [12, 13]]
    assert given.rest_days() == [6, 12, 13]


def test_overtime_is_paid_by_the_kind_of_day() -> None:
    """Workdays, rest days and holidays have three rates; a holiday on a Sunday is a holiday."""
    given = problem(days=14, make_up_days=[5], holidays=[3, 6])
    kinds = {day: given.pay_class(day) for day in (4, 5, 12, 3, 6)}
    assert kinds == {
        4: PayClass.WORKDAY,
        5: PayClass.WORKDAY,
        12: PayClass.REST_DAY,
        3: PayClass.HOLIDAY,
        6: PayClass.HOLIDAY,
    }


def test_months_follow_the_calendar() -> None:
    """Months begin on the 1st, before the period if need be, and are cut by its end."""
    given = problem(start=MONDAY.replace(day=30), days=40)
    assert given.months() == [range(-29, 2), range(2, 32), range(32, 40)]


def test_skills_are_held_or_stood_in_for() -> None:
    """A skill may be stood in for by holders of another; not by those who stand in for these."""
    people = [{"id": name, "skills": [name]} for name in ("照护", "护理", "医师")]
    given = problem(staff=people, substitutes={"照护": ["护理"], "护理": ["医师"]})
    assert [given.holds(person, "照护") for person in given.staff] == [True, True, False]


@pytest.mark.parametrize(
    ("limits", "fit"),
    [
        ({"day_minutes": 420, "is_protected": True}, False),
        ({"day_minutes": 420, "max_day_overtime": 29}, False),
        ({"day_minutes": 420, "max_day_overtime": 30}, True),
        ({"day_minutes": 450, "is_protected": True}, True),
        ({"shift_limits": {"早": 0}}, False),
    ],
)
def test_fitness_counts_overtime(limits: dict[str, Any], fit: bool) -> None:
    """A shift with more overtime than the person may have is none for them."""
    given = problem(staff=[PERSON | limits])
    assert given.may_work(given.staff[0], given.shift_types[0]) is fit


def test_roster_of_another_problem_is_refused() -> None:
    """The checker refuses rosters of other people, days or shift types."""
    for rows in [(("早",),), (("夜",) * 7,)]:
        with pytest.raises(ValueError, match="班次不一致"):
            check(problem(), Roster(("A",), rows))
    with pytest.raises(ValueError, match="人员不一致"):
        check(problem(), Roster(("B",), ((None,) * 7,)))


def test_roster_round_trip() -> None:
    """A roster given as a mapping gives it back."""
    shifts = {"A": {1: "早", 3: "早"}}
    assert Roster.of(problem(), shifts).to_dict() == shifts
