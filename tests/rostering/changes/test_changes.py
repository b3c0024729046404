"""Changed cells, and the difference between two counts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rostering import Cover, Request, Roster, Rule, cost
from rostering.changes import Change, changed, changes_between, difference, recount
from tests.rostering.tiny import cells, one

ROWS = st.text("早中.", min_size=5, max_size=5)


@given(before=ROWS, after=ROWS)
def test_changes_lead_from_one_roster_to_the_other(before: str, after: str) -> None:
    """Applying the changes between two rosters to the first gives the second."""
    problem = one(".....")
    first, second = (Roster.from_rows(problem, [cells(row)]) for row in (before, after))
    found = changes_between(first, second)
    assert changed(first, {(item.staff, item.day): item.becomes for item in found}) == second
    assert len(found) == sum(a != b for a, b in zip(before, after, strict=True))


@given(before=ROWS, after=ROWS)
def test_cost_by_rule_adds_up(before: str, after: str) -> None:
    """The cost of a difference is that of its rules, and what both rosters cost apart."""
    problem = one("早中早..", requests=(Request(staff="A", day=1, wanted=False, weight=7),))
    first, second = (Roster.from_rows(problem, [cells(row)]) for row in (before, after))
    found = difference(recount(problem, first), recount(problem, second))
    assert found.cost == sum(found.by_rule.values())
    assert found.cost == cost(problem, second) - cost(problem, first)
    assert found.cost == sum(i.cost for i in found.paid) - sum(i.cost for i in found.saved)


def test_a_change_is_said_with_name_day_and_shifts() -> None:
    """A change names the person, the day, what was and what becomes."""
    said = Change("A", 1, "早", None).sentence(one("早早"))
    assert str(said) == "王宁 10月6日（周二）：早班 → 休息 / 王宁 Tue 2026-10-06: 早 → off"


def test_what_was_broken_before_is_not_new() -> None:
    """A shortage that stays as it was is neither new nor gone; a greater one is new."""
    problem = one("..", cover=(Cover(day=0, shift="早", minimum=2, wanted=2),))
    one_short = recount(problem, Roster.from_rows(problem, [cells("早.")]))
    two_short = recount(problem, Roster.from_rows(problem, [cells("..")]))
    other_day = recount(problem, Roster.from_rows(problem, [cells("早中")]))
    assert difference(one_short, other_day).new == ()
    assert difference(one_short, other_day).gone == ()
    worse = difference(one_short, two_short)
    assert [item.rule for item in worse.new] == [Rule.COVER_MINIMUM]
    assert not worse.is_allowed
    assert [item.rule for item in difference(two_short, one_short).gone] == [Rule.COVER_MINIMUM]


def test_sentences_say_what_breaks_and_what_it_costs() -> None:
    """A difference is worded: rules broken, rules mended, cost rule by rule."""
    problem = one("..", min_minutes=450, max_consecutive_days=1)
    idle = recount(problem, Roster.from_rows(problem, [cells("..")]))
    busy = recount(problem, Roster.from_rows(problem, [cells("早早")]))
    said = [sentence.zh for sentence in difference(idle, busy).sentences()]
    assert said[0].startswith("违反最多连续工作天数：王宁 10月6日（周二）")
    assert said[1].startswith("不再违反周期最少工时：王宁")
    assert said[2] == "高于期望人数：代价 +100"
