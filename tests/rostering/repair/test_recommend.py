"""Recommending people for an open shift."""

from __future__ import annotations

import pytest

from rostering import Request, Roster, Rule, check, cost
from rostering.changes import changed
from rostering.repair import recommend
from tests.rostering.repair.homes import people, published, week
from tests.rostering.tiny import cells


def opened() -> Roster:
    """Return the week's roster with Monday's early shift open."""
    return changed(published(week()), {("A", 0): None})


def test_those_who_break_nothing_come_first_and_cheapest() -> None:
    """A wish to be off puts somebody behind others; breaking a rule puts them last."""
    wish = Request(staff="C", day=0, wanted=False, weight=5)
    problem = week(requests=(wish,))
    found = recommend(problem, opened(), 0, "早")
    assert [item.staff for item in found] == ["A", "D", "C", "B"]
    assert [item.is_allowed for item in found] == [True, True, True, False]
    assert [item.difference.by_rule.get(Rule.REQUEST) for item in found[:3]] == [None, None, 5]


def test_what_is_told_is_what_a_recount_finds() -> None:
    """Broken rules and cost are those of the roster with the shift taken."""
    problem = week(staff=people(max_assignments=None, max_minutes=1350))
    before = opened()
    for item in recommend(problem, before, 0, "早"):
        after = changed(before, {(item.staff, 0): "早"})
        assert item.difference.cost == cost(problem, after) - cost(problem, before)
        extra = [v for v in check(problem, after) if v not in check(problem, before)]
        assert list(item.difference.new) == extra


def test_somebody_who_leaves_another_shift_says_so() -> None:
    """Whoever works another shift that day is named with it, and the gap left behind counts."""
    problem = week()
    item = next(found for found in recommend(problem, opened(), 0, "早") if found.staff == "B")
    assert item.leaves == "中"
    assert item.difference.new[0].rule is Rule.COVER_MINIMUM
    assert item.sentence.zh.startswith("李可（原上中班）：会违反 10月5日（周一） 中班：0 人")


def test_whoever_works_it_already_is_not_recommended() -> None:
    """Only those who do not work the shift that day are ranked."""
    problem = week()
    roster = Roster.from_rows(problem, [cells("早......")] * 4)
    assert recommend(problem, roster, 0, "早") == []


@pytest.mark.parametrize(("day", "shift", "told"), [(7, "早", "0..6"), (0, "晚", "早、中、夜")])
def test_unknown_days_and_shifts_are_refused(day: int, shift: str, told: str) -> None:
    """What is not of the problem is refused with what there is."""
    with pytest.raises(ValueError, match=told):
        recommend(week(), opened(), day, shift)
