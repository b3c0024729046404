"""Every rule, accepting and rejecting, in the checker; and edges of some, in the solver too."""

from __future__ import annotations

from typing import Any

import pytest

from rostering import Roster, Rule, check, cost, cost_items
from tests.patience import solve
from tests.rostering.cases import CASES
from tests.rostering.cases.case import EAST, Case, needs, past, pinned
from tests.rostering.tiny import cells, one, roster, wished


@pytest.mark.parametrize("case", CASES, ids=str)
def test_checker_accepts(case: Case) -> None:
    """The checker finds nothing in the accepted roster, broken or paid for."""
    problem = wished(case.good, **case.given)
    good = roster(problem, case.good)
    assert check(problem, good) == []
    assert cost_items(problem, good) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_checker_rejects(case: Case) -> None:
    """The checker finds the rule broken, or paid for, by the amount in the rejected roster."""
    problem = wished(case.bad, **case.given)
    bad = roster(problem, case.bad)
    broken, paid = check(problem, bad), cost_items(problem, bad)
    found = broken if case.cost is None else paid
    assert {item.rule for item in (*broken, *paid)} == {case.rule}
    assert sum(item.amount for item in found) == case.amount
    assert len(broken) == (len(found) if case.cost is None else 0)
    assert cost(problem, bad) == (case.cost or 0)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_checker_says_who_and_how_much(case: Case) -> None:
    """Every finding names its person, and says numbers in Chinese and English."""
    problem = wished(case.bad, **case.given)
    bad = roster(problem, case.bad)
    for item in (*check(problem, bad), *cost_items(problem, bad)):
        if item.staff is not None:
            assert item.zh.startswith(problem.staff_by_id[item.staff].name)
        if case.rule not in WITHOUT_NUMBERS:
            assert any(letter.isdigit() for letter in item.zh.partition("：")[2])
            assert any(letter.isdigit() for letter in item.en.partition(": ")[2])


WITHOUT_NUMBERS = {
    Rule.ASSIGNABLE,
    Rule.LEAVE,
    Rule.FORBIDDEN,
    Rule.FIXED,
    Rule.CHANGES,
    Rule.SUCCESSION,
    Rule.COMPLETE_WEEKENDS,
    Rule.REQUEST,
    Rule.TOGETHER,
}
"""Rules of a cell or two, which are kept or not; nothing is to be counted."""


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_a_case(rule: Rule) -> None:
    """No rule is without a roster that keeps it and one that does not."""
    assert [case for case in CASES if case.rule is rule and case.good != case.bad]


EITHER_WAY = {
    Rule.CHANGES,
    Rule.PATTERN,
    Rule.ROTATION,
    Rule.RUN_MINIMUM,
    Rule.RUN_MAXIMUM,
    Rule.COUNT_MINIMUM,
    Rule.COUNT_MAXIMUM,
    Rule.WEEKENDS,
    Rule.CONSECUTIVE_WEEKENDS,
    Rule.COMPLETE_WEEKENDS,
    Rule.CHOICE,
    Rule.COMPANY,
    Rule.TOGETHER,
    Rule.APART,
    Rule.KEY_WORKER,
}


@pytest.mark.parametrize("rule", sorted(EITHER_WAY))
def test_every_rule_that_may_have_a_price_is_tried_both_ways(rule: Rule) -> None:
    """A rule that may be hard or priced has a case of either."""
    assert {case.cost is None for case in CASES if case.rule is rule} == {True, False}


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


def test_night_of_the_last_known_day_covers_the_first_morning() -> None:
    """A span counts the night shift that began before the period."""
    morning = needs(0, shift=None, span={"start": 0, "minutes": 360}, minimum=1)
    problem = wished(["."], cover=morning, history=past("夜"))
    assert check(problem, roster(problem, ["."])) == []
    unknown = wished(["."], cover=morning)
    (found,) = check(unknown, roster(unknown, ["."]))
    assert "10月5日（周一） 00:00–06:00：0 人，至少需要 1 人" in found.zh


def test_cover_sentence_says_who_counts() -> None:
    """Skill, sex, experience and place stand in brackets."""
    who = {"skill": "护理", "sex": "female", "experienced": True, "place": "东楼"}
    problem = wished(["."], cover=needs(0, shift="东", minimum=1, **who), shifts=(EAST,))
    (found,) = check(problem, roster(problem, ["."]))
    assert "早班（护理、女性、有经验、东楼）" in found.zh
    assert "东 (护理, women, experienced, 东楼)" in found.en


def test_weekend_without_days_does_not_interrupt_a_row() -> None:
    """A weekend of make-up workdays is none: those before and after it follow each other."""
    row = ".....早.............早"
    limit = [{"max_consecutive": 1}]
    made_up = wished([row], weekend_limits=limit, make_up_days=[12, 13])
    assert [item.rule for item in check(made_up, roster(made_up, [row]))] == [
        Rule.CONSECUTIVE_WEEKENDS
    ]


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
