"""A changed plan keeps what is done, changes little of the rest, and says what."""

from datetime import date, time

import pytest

from rukang.base.errors import InvalidError
from rukang.engines.visits import Plan, PlanProblem, Prices, Reason, changes, check
from tests.patience import plan, replan
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

FIVE = problem(
    [home(code, minutes=300) for code in "ABCDE"],
    [inspector(code, most_days_a_week=5) for code in "WXYZ"],
)
DAYS = {"A": MONDAY, "B": TUESDAY, "C": WEDNESDAY, "D": THURSDAY, "E": FRIDAY}
PAIRS = {"A": "WX", "B": "YZ", "C": "WX", "D": "YZ", "E": "WX"}
BEFORE = plan_of(FIVE, *(visit(code, day, PAIRS[code]) for code, day in DAYS.items()))


def replanned(asked: PlanProblem, before: Plan, on: date) -> Plan:
    """Return a changed plan that has passed the check."""
    after = replan(asked, before, on)
    assert check(asked, after) == []
    return after


def test_cancelled_inspector_is_replaced_and_nothing_else() -> None:
    """X falls ill on Wednesday: somebody else joins W on two days, and no visit moves."""
    after = replanned(FIVE.without("X", WEDNESDAY), BEFORE, WEDNESDAY)
    found = changes(FIVE, BEFORE, after)
    assert [item.home for item in found] == ["C", "E"]
    assert all(item.gone == ("X",) and len(item.new) == 1 for item in found)
    assert not any(item.moved for item in found)
    assert after.revision == 1
    assert after.previous == BEFORE.visits


def test_nothing_changed_changes_nothing() -> None:
    """The same problem keeps the plan, be it not the cheapest."""
    after = replanned(FIVE, BEFORE, TUESDAY)
    assert changes(FIVE, BEFORE, after) == []


def test_past_stays_though_it_could_be_better() -> None:
    """What lies before the day is not touched, nor judged by what is known since."""
    travel = {(code, "X"): 60 for code in DAYS}
    prices = Prices(moved=0, new_inspector=0, spread_point=0)
    asked = FIVE.model_copy(update={"travel": travel, "prices": prices})
    after = replanned(asked, BEFORE, WEDNESDAY)
    assert after.visit_by_home["A"] == BEFORE.visit_by_home["A"]
    assert "X" not in after.visit_by_home["C"].pair


def test_days_worked_count_toward_the_week() -> None:
    """Two who made two visits and may make no third that week make none."""
    asked = problem(
        [home(code, minutes=300) for code in "ABC"],
        [inspector(code, most_days_a_week=2) for code in "XY"],
        last=date(2026, 11, 20),
    )
    before = plan_of(asked, visit("A", MONDAY), visit("B", TUESDAY), visit("C", date(2026, 11, 16)))
    closed = home("C", minutes=300, closed=frozenset({date(2026, 11, 16)}))
    changed = asked.model_copy(update={"homes": (*asked.homes[:2], closed)})
    assert replanned(changed, before, WEDNESDAY).visit_by_home["C"].day > date(2026, 11, 16)


def test_closed_day_moves_one_visit() -> None:
    """A home that closes is visited on another day by the same two."""
    closed = home("D", minutes=300, closed=frozenset({THURSDAY}))
    homes = tuple(closed if item.code == "D" else item for item in FIVE.homes)
    after = replanned(FIVE.model_copy(update={"homes": homes}), BEFORE, WEDNESDAY)
    (change,) = changes(FIVE, BEFORE, after)
    assert (change.home, change.moved, change.new) == ("D", True, ())


def test_home_that_no_longer_fits_is_left_out() -> None:
    """With one inspector left there is no pair; what is done stays."""
    asked = FIVE
    for code in "WXY":
        asked = asked.without(code, WEDNESDAY)
    after = replanned(asked, BEFORE, WEDNESDAY)
    assert [item.home for item in after.visits] == ["A", "B"]
    assert {item.reason for item in after.left_out} == {Reason.NO_PAIR}


def test_new_home_joins_and_old_one_leaves() -> None:
    """A home that is added is planned, one taken out of the round is no more visited."""
    asked = FIVE.model_copy(update={"homes": (*FIVE.homes[:4], home("F"))})
    after = replanned(asked, BEFORE, WEDNESDAY)
    assert "F" in after.visit_by_home
    assert "E" not in after.visit_by_home


def test_holiday_of_the_past_is_not_judged() -> None:
    """A day agreed for a visit that is done is not refused any more; one ahead is."""
    saturday = date(2026, 11, 14)
    homes = (home("A", minutes=300, fixed=saturday), *FIVE.homes[1:])
    asked = FIVE.model_copy(update={"homes": homes, "last": date(2026, 11, 20)})
    replanned(asked, BEFORE, TUESDAY)
    with pytest.raises(InvalidError, match="周末"):
        replan(asked, BEFORE, MONDAY)


def test_missing_inspector_of_the_past_is_refused() -> None:
    """Who has made visits stays in the problem; the message says what to do."""
    asked = FIVE.model_copy(update={"inspectors": FIVE.inspectors[1:]})
    with pytest.raises(InvalidError, match="列为不在岗"):
        replan(asked, BEFORE, WEDNESDAY)


def test_changes_of_changes() -> None:
    """A plan can be changed twice; each revision is held to the one before."""
    first = replanned(FIVE.without("X", WEDNESDAY), BEFORE, WEDNESDAY)
    asked = FIVE.without("X", WEDNESDAY).without("Y", THURSDAY)
    second = replanned(asked, first, THURSDAY)
    assert second.revision == 2
    assert second.visit_by_home["C"] == first.visit_by_home["C"]


def test_changes_in_words() -> None:
    """Another day, another pair, no visit and a new one each have their sentence."""
    asked = problem([home("A"), home("B"), home("C")])
    before = plan_of(asked, visit("A", MONDAY), visit("B", TUESDAY))
    after = plan_of(asked, visit("A", MONDAY, "XZ", time(9, 0)), visit("C", FRIDAY))
    a, b, c = changes(asked, before, after)
    assert a.words.zh == (
        "示例家园A（A）：2026-11-09 08:30 评定员X、评定员Y → 2026-11-09 09:00 评定员X、评定员Z"
    )
    assert a.words.en == "A: 2026-11-09 08:30 by X and Y → 2026-11-09 09:00 by X and Z"
    assert (a.moved, a.new, a.gone) == (False, ("Z",), ("Y",))
    assert "→ 未安排" in b.words.zh
    assert "未安排 →" in c.words.zh


def test_plan_of_the_planner_can_be_changed() -> None:
    """A planned round with an inspector gone in mid-week keeps its first days."""
    before = plan(FIVE)
    after = replanned(FIVE.without("Z", WEDNESDAY), before, WEDNESDAY)
    assert all(item in after.visits for item in before.visits if item.day < WEDNESDAY)
    assert len(changes(FIVE, before, after)) <= len(before.of("Z"))
