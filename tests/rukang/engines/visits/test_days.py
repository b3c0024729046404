"""A day on which a home cannot be visited is refused with its reason."""

from datetime import date
from typing import Any

import pytest

from rukang.base.calendar import PROVISIONAL, Arrangement, Calendar
from rukang.base.errors import InvalidError
from rukang.engines.visits import PlanProblem, refuse_day
from rukang.engines.visits.asked.days import working_days
from tests.patience import plan
from tests.rukang.engines.visits.tiny import FRIDAY, MONDAY, TUESDAY, home, problem

NATIONAL_DAY = date(2026, 10, 1)


def test_fixed_day_on_a_holiday_is_refused() -> None:
    """Planning refuses a visit on National Day and names home, day and holiday."""
    asked = problem(
        [home("A", fixed=NATIONAL_DAY)], first=date(2026, 9, 28), last=date(2026, 10, 9)
    )
    with pytest.raises(InvalidError) as refused:
        plan(asked)
    assert "示例家园A（A）不能安排在 2026-10-01 检查" in refused.value.zh
    assert "国庆节" in refused.value.zh
    assert "A cannot be visited on 2026-10-01" in refused.value.en
    assert "National Day" in refused.value.en


@pytest.mark.parametrize(
    ("changes", "day", "words"),
    [
        ({}, date(2026, 11, 14), "周末"),
        ({}, date(2026, 11, 30), "不在 2026-11-09 至 2026-11-20 之内"),
        ({"closed": frozenset({MONDAY})}, MONDAY, "家园当天不开放"),
        ({"weekdays": frozenset({2, 3})}, MONDAY, "星期一不开放"),
        ({"not_before": TUESDAY}, MONDAY, "早于 2026-11-10"),
        ({"due": MONDAY}, TUESDAY, "晚于期限 2026-11-09"),
        ({"surprise": True, "last_visit": date(2025, 11, 10)}, MONDAY, "突击检查"),
    ],
)
def test_day_is_refused_in_words(changes: dict[str, Any], day: date, words: str) -> None:
    """Each reason has its own words."""
    asked = problem([home(**changes)], last=date(2026, 11, 20))
    with pytest.raises(InvalidError, match=words):
        refuse_day(asked, asked.homes[0], day)


def test_day_that_suits_is_accepted() -> None:
    """Friday is a working day on which the home is open."""
    asked = problem([home(fixed=FRIDAY)])
    refuse_day(asked, asked.homes[0], FRIDAY)
    assert plan(asked).visits[0].day == FRIDAY


def test_a_round_in_a_year_without_a_notice_is_planned_by_law() -> None:
    """New Year is fixed by law and refused; the plan tells that its days are provisional."""
    asked = problem(first=date(2027, 1, 1), last=date(2027, 1, 8))
    with pytest.raises(InvalidError, match="元旦"):
        refuse_day(asked, asked.homes[0], date(2027, 1, 1))
    assert plan(asked).visits[0].day >= date(2027, 1, 4)
    assert asked.calendar_mark == PROVISIONAL
    assert problem().calendar_mark is None


def test_the_calendar_is_not_kept_with_a_problem() -> None:
    """A notice that arrives later holds for plans that stand already."""
    notice = Arrangement(2027, frozenset({date(2027, 1, 4)}), frozenset())
    asked = problem(first=date(2027, 1, 1), last=date(2027, 1, 8))
    kept = asked.model_dump(mode="json")
    again = PlanProblem.model_validate({**kept, "calendar": Calendar({2027: notice})})
    assert "calendar" not in kept
    assert date(2027, 1, 4) in working_days(asked)
    assert date(2027, 1, 4) not in working_days(again)
