"""The cost of a roster laid out by rule, person and day."""

from __future__ import annotations

from rostering import Cover, Request, Roster, Rule, cost
from rostering.explain import cost_by
from tests.rostering.tiny import cells, one


def test_tables_add_up_three_ways() -> None:
    """By rule, by person and by day the same total is laid out, the dearest first."""
    cover = (Cover(day=0, shift="早", wanted=2), Cover(day=1, shift="中", wanted=0))
    problem = one("..", cover=cover, requests=(Request(staff="A", day=1, wanted=False, weight=5),))
    roster = Roster.from_rows(problem, [cells("早中")])
    tables = cost_by(problem, roster)
    assert tables.total == cost(problem, roster) == 106
    assert tables.by_rule == {Rule.COVER_UNDER: 100, Rule.REQUEST: 5, Rule.COVER_OVER: 1}
    assert tables.by_staff == {None: 101, "A": 5}
    assert tables.by_day == {0: 100, 1: 6}
    assert tables.by_rule_and_staff[Rule.REQUEST, "A"] == 5
    assert list(tables.by_rule.values()) == sorted(tables.by_rule.values(), reverse=True)
    said = [str(sentence) for sentence in tables.sentences(problem)]
    assert "王宁：代价 5 / 王宁: 5" in said
    assert "10月5日（周一）：代价 100 / Mon 2026-10-05: 100" in said
