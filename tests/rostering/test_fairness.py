"""How a roster shares nights, weekends, holidays, hours and refusals."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostering import Problem, Request, Roster, Staff, fairness
from rostering.parts import Fairness, FairOver
from tests.rostering.tiny import MONDAY, SHIFTS, cells

ROW = st.text("早中夜.", min_size=14, max_size=14)


def home(**more: Any) -> Problem:
    """Return a fortnight of two people."""
    people = (Staff(id="A", name="王宁"), Staff(id="B", name="李可"))
    given = {"start": MONDAY, "days": 14, "shift_types": SHIFTS, "staff": people}
    return Problem.model_validate({**given, **more})


def roster(problem: Problem, first: str, second: str = "." * 14) -> Roster:
    """Return a roster of two rows, filled up with days off."""
    return Roster.from_rows(problem, [cells(row.ljust(14, ".")) for row in (first, second)])


def test_loads_are_counted() -> None:
    """Nights, weekends, holidays, minutes and refusals of the period."""
    wishes = (
        Request(staff="A", day=0, wanted=False),
        Request(staff="A", day=1, shift="早", wanted=True),
        Request(staff="A", day=2, shift="早", wanted=False),
    )
    problem = home(requests=wishes, holidays=(1, 5))
    report = fairness(problem, roster(problem, "夜夜中..早早.....早"))
    period = {over: balance.shares[0].period for over, balance in report.balances.items()}
    assert period == {
        FairOver.NIGHTS: 2,
        FairOver.WEEKENDS: 2,
        FairOver.HOLIDAYS: 2,
        FairOver.MINUTES: 2 * 480 + 4 * 450,
        FairOver.REFUSALS: 2,
    }


def test_the_past_and_the_shares_count() -> None:
    """Somebody at half time owes half as much; what they had before is theirs already."""
    rule = Fairness(over=FairOver.NIGHTS, past={"A": 4, "B": 1}, shares={"B": 50})
    problem = home(fairness=(rule,))
    first, second = (
        fairness(problem, roster(problem, "夜", "夜夜夜")).balances[FairOver.NIGHTS].shares
    )
    assert (first.total, first.fair, first.deviation) == (5, 6, -1)
    assert (second.total, second.fair, second.deviation) == (4, 3, 1)


def test_only_those_named_share() -> None:
    """People outside a fairness rule have no part in it."""
    problem = home(fairness=(Fairness(over=FairOver.NIGHTS, staff=("B",)),))
    report = fairness(problem, roster(problem, "夜夜夜", "夜"))
    (only,) = report.balances[FairOver.NIGHTS].shares
    assert (only.staff, only.fair) == ("B", 1)
    assert report.balances[FairOver.NIGHTS].spread == 0


def test_hours_by_class_of_day() -> None:
    """A holiday is a holiday on any weekday; a Saturday by decree is a workday."""
    problem = home(holidays=(0,), make_up_days=(5,))
    paid = fairness(problem, roster(problem, "早夜...早早")).minutes[0]
    assert (paid.holiday, paid.workday, paid.rest_day) == (450, 480 + 450, 450)


@given(first=ROW, second=ROW)
def test_deviations_add_up_to_nothing(first: str, second: str) -> None:
    """What one has above the fair share, the other has below; classes add up to the hours."""
    problem = home(holidays=(3,))
    report = fairness(problem, roster(problem, first, second))
    for balance in report.balances.values():
        assert sum(share.deviation for share in balance.shares) == pytest.approx(0)
        assert balance.deviation == pytest.approx(balance.spread / 2)
    hours = {share.staff: share.period for share in report.balances[FairOver.MINUTES].shares}
    assert {paid.staff: paid.total for paid in report.minutes} == hours


def test_sentences_name_who_has_the_most() -> None:
    """A sentence a load, with spread and the person farthest above their share."""
    problem = home()
    said = fairness(problem, roster(problem, "夜夜夜", "夜")).sentences(problem)
    assert str(said[0]) == (
        "夜班：最多与最少相差 2，偏离公平份额最多 1；王宁 3，公平份额 2 / "
        "nights: spread 2, farthest from the fair share 1; 王宁 3 of 2"
    )
    assert fairness(home(staff=()), Roster((), ())).sentences(home(staff=())) == []
