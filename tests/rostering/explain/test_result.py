"""Results in words, Chinese and English."""

from __future__ import annotations

from rostering import Cover, Fixed, Request, Roster, Rule, cost_items, costs, explain
from tests.patience import solve
from tests.rostering.tiny import cells, one


def test_costs_by_rule_dearest_first() -> None:
    """What a roster pays is summed by rule, with the number of places."""
    cover = (Cover(day=0, shift="早", wanted=2), Cover(day=1, shift="中", wanted=0))
    wish = Request(staff="A", day=1, wanted=False, weight=5)
    problem = one("..", cover=cover, requests=(wish,))
    items = cost_items(problem, Roster.from_rows(problem, [cells("早中")]))
    assert [(item.rule, item.day, item.cost) for item in items] == [
        (Rule.COVER_UNDER, 0, 100),
        (Rule.COVER_OVER, 1, 1),
        (Rule.REQUEST, 1, 5),
    ]
    assert [sentence.zh for sentence in costs(items)] == [
        "低于期望人数：1 处，代价 100",
        "未满足的意愿：1 处，代价 5",
        "高于期望人数：1 处，代价 1",
    ]


def test_optimal_result_says_so() -> None:
    """A proven roster begins with its cost in both languages."""
    first = explain(solve(one("早")))[0]
    assert str(first) == "已证明最优，代价 0 / proven best, at a cost of 0"


def test_nothing_is_said_of_what_is_free() -> None:
    """A roster that costs nothing has no cost items."""
    problem = one("早中")
    assert cost_items(problem, Roster.from_rows(problem, [cells("早中")])) == []


def test_what_gives_way_is_named_by_its_rule() -> None:
    """The nearest roster's relaxations are worded with rule, person, day and numbers."""
    pins = (Fixed(staff="A", day=0, shift="中"), Fixed(staff="A", day=1, shift="早"))
    said = [str(s) for s in explain(solve(one("中早", fixed=pins, min_rest_minutes=660)))]
    assert said[0].startswith("没有能同时满足全部硬性规则的排班；最接近的排班放宽 1 处")
    assert said[1].startswith("放宽班间休息：王宁 10月6日（周二）：班间休息 10 小时，少于 11 小时")
    assert "relaxes rest between shifts: 王宁 Tue 2026-10-06" in said[1]
