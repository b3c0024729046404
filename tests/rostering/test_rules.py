"""Every hard rule, accepting and rejecting, in the checker and in the model."""

from __future__ import annotations

from typing import Any

import pytest

from rostering import Roster, Rule, Status, check, cost, solve
from tests.rostering.tiny import EARLY, LATE, MONDAY, NIGHT, cells, one

LEAVE = ({"staff": "A", "day": 1},)
TO_SUNDAY = MONDAY.replace(day=11)
NO_LATE_NEXT = (EARLY.model_copy(update={"forbidden_next": ("中",)}), LATE, NIGHT)
LONG = EARLY.model_copy(update={"id": "长", "start": 480, "minutes": 1440, "paid_minutes": 960})


def past(row: str) -> Any:
    """Return the days before the period of the one person."""
    return ({"staff": "A", "shifts": cells(row)},)


def pinned(day: int, shift: str | None) -> Any:
    """Return one pinned cell."""
    return ({"staff": "A", "day": day, "shift": shift},)


CASES = [
    # rule, accepted row, rejected row, amount, limits
    (Rule.ASSIGNABLE, "早.", "夜.", 1, {"skills": set()}),
    (Rule.ASSIGNABLE, "中.", "夜.", 1, {"no_night": True}),
    (Rule.LEAVE, "早.早", "早早早", 1, {"unavailable": LEAVE}),
    (Rule.FIXED, "早中", "早早", 1, {"fixed": pinned(1, "中")}),
    (Rule.FIXED, "早.", "早早", 1, {"fixed": pinned(1, None)}),
    (Rule.SUCCESSION, "中早", "早中", 1, {"shifts": NO_LATE_NEXT}),
    (Rule.SUCCESSION, "早.中", ".早中", 1, {"shifts": NO_LATE_NEXT}),
    (Rule.SUCCESSION, ".中", "中.", 1, {"shifts": NO_LATE_NEXT, "history": past("早")}),
    (Rule.REST, "早中", "中早", 60, {"min_rest_minutes": 660}),
    (Rule.REST, "夜.早", "夜早.", 660, {"min_rest_minutes": 660}),
    (Rule.REST, ".早", "早.", 660, {"min_rest_minutes": 660, "history": past("夜")}),
    (Rule.REST, "长..早", "长.早.", 540, {"min_rest_minutes": 1920, "shifts": (EARLY, LONG)}),
    (Rule.SHIFT_LIMIT, "早中早", "早早早", 1, {"shift_limits": {"早": 2}}),
    (Rule.SHIFT_LIMIT, "中", "早", 1, {"shift_limits": {"早": 0}}),
    (Rule.MIN_MINUTES, "早早", "早.", 450, {"min_minutes": 900}),
    (Rule.MAX_MINUTES, "早早.", "早早早", 450, {"max_minutes": 900}),
    (Rule.WEEK_MINUTES, "早早早早早..早", "早早早早早早..", 300, {"max_week_minutes": 2400}),
    (
        Rule.WEEK_MINUTES,
        ".早早",
        "早早.",
        450,
        {"max_week_minutes": 900, "start": TO_SUNDAY, "history": past("早早")},
    ),
    (Rule.MAX_CONSECUTIVE_DAYS, "早早.早", "早早早早", 2, {"max_consecutive_days": 2}),
    (
        Rule.MAX_CONSECUTIVE_DAYS,
        ".早早",
        "早早.",
        2,
        {"max_consecutive_days": 2, "history": past("早早")},
    ),
    (Rule.MIN_CONSECUTIVE_DAYS, ".早早.", ".早..", 1, {"min_consecutive_days": 2}),
    (Rule.MIN_CONSECUTIVE_DAYS, "早..早", "早.早.", 1, {"min_consecutive_days": 2}),
    (
        Rule.MIN_CONSECUTIVE_DAYS,
        "早.",
        "..",
        1,
        {"min_consecutive_days": 2, "history": past(".早")},
    ),
    (Rule.MIN_CONSECUTIVE_DAYS_OFF, "早..早", "早.早.", 1, {"min_consecutive_days_off": 2}),
    (Rule.MIN_CONSECUTIVE_DAYS_OFF, ".早..", ".早.早", 1, {"min_consecutive_days_off": 2}),
    (
        Rule.MIN_CONSECUTIVE_DAYS_OFF,
        ".早",
        "早早",
        1,
        {"min_consecutive_days_off": 2, "history": past("早.")},
    ),
    (Rule.WEEKENDS, ".....早早......", ".....早......早", 1, {"max_weekends": 1}),
]


@pytest.mark.parametrize(("rule", "good", "bad", "amount", "limits"), CASES)
def test_checker_accepts_and_rejects(
    rule: Rule, good: str, bad: str, amount: int, limits: dict[str, Any]
) -> None:
    """The checker passes the good row, and finds the rule broken by the amount in the bad one."""
    problem = one(good, **limits)
    assert check(problem, Roster.from_rows(problem, [cells(good)])) == []
    found = check(problem, Roster.from_rows(problem, [cells(bad)]))
    assert [(item.rule, item.staff) for item in found] == [(rule, "A")]
    assert found[0].amount == amount
    assert "王宁" in found[0].zh


@pytest.mark.parametrize(("rule", "good", "bad", "amount", "limits"), CASES)
def test_model_accepts_and_rejects(
    rule: Rule, good: str, bad: str, amount: int, limits: dict[str, Any]
) -> None:
    """The model returns the good row for nothing, and pays rather than return the bad one."""
    accepted = solve(one(good, **limits))
    assert accepted.status is Status.OPTIMAL
    assert accepted.roster is not None
    assert accepted.roster.rows == (cells(good),)
    assert accepted.cost == 0
    rejected = solve(one(bad, **limits))
    assert rejected.cost is not None
    assert rejected.cost > 0
    assert rejected.roster is not None
    assert rejected.roster.rows != (cells(bad),)


@pytest.mark.parametrize(
    ("row", "history", "limits"),
    [
        ("早", "", {"min_consecutive_days": 3}),
        (".早早早.", "", {"min_consecutive_days": 3, "min_consecutive_days_off": 3}),
        ("早.", "早", {"min_consecutive_days": 3}),
        (".早", ".", {"min_consecutive_days_off": 3}),
        ("早早", "", {"max_consecutive_days": 2}),
    ],
)
def test_edges_are_never_too_short(row: str, history: str, limits: dict[str, Any]) -> None:
    """Runs that reach the end of the period, or of what is known, may go on beyond it."""
    problem = one(row, history=past(history), **limits)
    assert check(problem, Roster.from_rows(problem, [cells(row)])) == []
    assert solve(problem).cost == 0


def test_cover_minimum_and_maximum() -> None:
    """Heads outside the hard limits are violations with day and numbers; within, they only cost."""
    item = {"day": 0, "shift": "早", "minimum": 1, "wanted": 1, "maximum": 1}
    problem = one(".", cover=[item])
    (found,) = check(problem, Roster.from_rows(problem, [(None,)]))
    assert (found.rule, found.day, found.amount) == (Rule.COVER_MINIMUM, 0, 1)
    assert "10月5日（周一） 早班：0 人，至少需要 1 人" in found.zh
    assert check(problem, Roster.from_rows(problem, [("早",)])) == []
    none = one(".", cover=[item | {"minimum": 0, "wanted": 0, "maximum": 0}])
    (over,) = check(none, Roster.from_rows(none, [("早",)]))
    assert (over.rule, over.amount) == (Rule.COVER_MAXIMUM, 1)
    assert solve(problem).roster == Roster.from_rows(problem, [("早",)])


def test_cover_of_a_skill_counts_those_who_have_it() -> None:
    """A requirement for a skill is not met by somebody without it."""
    item = {"day": 0, "shift": "早", "skill": "护理", "minimum": 1, "wanted": 1}
    without = one("早", cover=[item])
    assert check(without, Roster.from_rows(without, [("早",)]))
    having = one("早", cover=[item], skills={"护理"})
    assert check(having, Roster.from_rows(having, [("早",)])) == []


@pytest.mark.parametrize(
    ("request_", "row", "paid"),
    [
        ({"shift": "早", "wanted": True}, "早", 0),
        ({"shift": "早", "wanted": True}, "中", 7),
        ({"shift": "早", "wanted": False}, "早", 7),
        ({"shift": "早", "wanted": False}, "中", 0),
        ({"shift": None, "wanted": False}, "中", 7),
        ({"shift": None, "wanted": False}, ".", 0),
        ({"shift": None, "wanted": True}, ".", 7),
        ({"shift": None, "wanted": True}, "中", 0),
    ],
)
def test_requests_cost_when_refused(request_: dict[str, Any], row: str, paid: int) -> None:
    """A wish for or against a shift or any work costs its weight when refused."""
    wish = {"staff": "A", "day": 0, "weight": 7} | request_
    keep = pinned(0, cells(row)[0])
    problem = one(".", cover=(), requests=[wish], fixed=keep)
    assert cost(problem, Roster.from_rows(problem, [cells(row)])) == paid
    assert solve(problem).cost == paid
