"""A problem refuses what contradicts itself, all of it at once, and survives JSON."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from rostering import Problem, ProblemError, Roster, check
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
