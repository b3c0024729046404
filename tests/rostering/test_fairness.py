"""How a roster shares nights, weekends, holidays, hours and refusals."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostering import Problem, Request, Roster, Rule, ShiftType, Staff, cost, cost_items, fairness
from rostering.parts import Fairness, FairOver
from tests.patience import solve
from tests.rostering.tiny import MONDAY, NIGHT, SHIFTS, cells

ROW = st.text("早中夜.", min_size=14, max_size=14)


def home(**more: Any) -> Problem:
    """Return a fortnight of two people."""
    night = frozenset({"夜间"})
    people = tuple(
        Staff(id=i, name=name, skills=night) for i, name in (("A", "王宁"), ("B", "李可"))
    )
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


def test_only_night_carers_share_nights() -> None:
    """Two night carers with two nights each and six who do no nights are perfectly fair."""
    carers = [{"id": f"N{n}", "skills": {"夜间"}} for n in range(2)]
    others = [
        {"id": "D0"},
        {"id": "D1", "skills": {"夜间"}, "no_night": True},
        {"id": "D2", "skills": {"夜间"}, "is_protected": True},
        {"id": "D3", "skills": {"夜间"}, "shift_limits": {"夜": 0}},
        {"id": "D4"},
        {"id": "D5"},
    ]
    for rules in ((), (Fairness(over=FairOver.NIGHTS, weight=5),)):
        cover = [{"day": day, "shift": "夜", "wanted": 1} for day in range(4)]
        problem = home(staff=carers + others, fairness=rules, cover=cover)
        rows = ["夜.夜".ljust(14, "."), ".夜.夜".ljust(14, "."), *["." * 14] * 6]
        given = Roster.from_rows(problem, [cells(row) for row in rows])
        nights = fairness(problem, given).balances[FairOver.NIGHTS]
        assert [share.staff for share in nights.shares] == ["N0", "N1"]
        assert (nights.spread, nights.deviation) == (0, 0.0)
        assert not [item for item in cost_items(problem, given) if item.rule is Rule.FAIRNESS]
        # with six more to share four nights, each had a share of one, and two above it cost 2 × 5


def test_a_rule_prices_among_night_carers_only() -> None:
    """All nights to one of two carers: 4 of a fair 2, two above it cost 1 + 2 times the weight."""
    people = [{"id": "N0", "skills": {"夜间"}}, {"id": "N1", "skills": {"夜间"}}, {"id": "D0"}]
    cover = [{"day": day, "shift": "夜", "wanted": 1, "under_weight": 0} for day in range(4)]
    rule = Fairness(over=FairOver.NIGHTS, weight=5)
    problem = home(staff=people, fairness=(rule,), cover=cover)
    one = Roster.from_rows(problem, [cells("夜夜夜夜..........")] + [[None] * 14] * 2)
    assert cost(problem, one) == 15


def test_hours_go_by_contract() -> None:
    """Half a contract with half the hours is fair, with a rule and without; shares come first."""
    people = [{"id": "A", "max_minutes": 9600}, {"id": "B", "max_minutes": 4800}]
    for rules in ((), (Fairness(over=FairOver.MINUTES, unit=60),)):
        problem = home(staff=people, fairness=rules)
        balance = fairness(problem, roster(problem, "早早早早", "早早")).balances[FairOver.MINUTES]
        assert [share.fair for share in balance.shares] == [1800, 900]
        assert balance.deviation == 0
    alike = Fairness(over=FairOver.MINUTES, shares={"A": 100})
    problem = home(staff=people, fairness=(alike,))
    balance = fairness(problem, roster(problem, "早早早早", "早早")).balances[FairOver.MINUTES]
    assert [share.fair for share in balance.shares] == [1350, 1350]


def test_weekends_among_those_who_may_work_one() -> None:
    """Somebody whose contract has no weekends is not compared with those who work them."""
    people = [{"id": "A"}, {"id": "B", "max_weekends": 0}]
    problem = home(staff=people)
    balance = fairness(problem, roster(problem, ".....早", "早")).balances[FairOver.WEEKENDS]
    assert [(share.staff, share.deviation) for share in balance.shares] == [("A", 0)]


def test_who_is_on_leave_all_along_is_not_compared() -> None:
    """On maternity leave all fortnight: no share of anything but wishes, with a rule and without.

    A and B have one holiday each, which is fair between the two.
    """
    people = [{"id": name, "skills": {"夜间"}} for name in "ABC"]
    away = [{"staff": "C", "day": day} for day in range(14)]
    rules = [Fairness(over=over) for over in FairOver]
    for stated in ([], rules):
        problem = home(staff=people, unavailable=away, fairness=stated, holidays=(0, 1))
        rows = ["夜...夜夜........", ".夜...........夜", "." * 14]
        one = Roster.from_rows(problem, [cells(row) for row in rows])
        report = fairness(problem, one)
        assert all(
            [share.staff for share in report.balances[over].shares] == ["A", "B"]
            for over in set(FairOver) - {FairOver.REFUSALS}
        )
        assert report.balances[FairOver.HOLIDAYS].spread == 0


@pytest.mark.parametrize(
    ("over", "days", "shares"),
    [
        (FairOver.WEEKENDS, (5, 6, 12, 13), "A"),
        (FairOver.WEEKENDS, (5, 6, 12), "AB"),
        (FairOver.HOLIDAYS, (2,), "A"),
        (FairOver.HOLIDAYS, (3,), "AB"),
        (FairOver.MINUTES, (2, 5, 6, 12, 13), "AB"),
    ],
)
def test_leave_on_every_such_day_takes_out_of_the_comparison(
    over: FairOver, days: tuple[int, ...], shares: str
) -> None:
    """B is away on all weekends, or on the only holiday, or not quite."""
    away = [{"staff": "B", "day": day} for day in days]
    problem = home(unavailable=away, holidays=(2,), fairness=[Fairness(over=over)])
    found = fairness(problem, roster(problem, "")).balances[over].shares
    assert "".join(share.staff for share in found) == shares


def test_barred_from_every_night_is_no_night_carer() -> None:
    """Forbidden on all days but one, B may still have nights; on all, not; the rule agrees."""
    cover = [{"day": day, "shift": "夜", "wanted": 1, "under_weight": 0} for day in range(4)]
    for barred, shares, paid in ((13, "AB", 3), (14, "A", 0)):
        bars = [{"staff": "B", "day": day, "shift": "夜"} for day in range(barred)]
        rule = Fairness(over=FairOver.NIGHTS)
        problem = home(forbidden=bars, fairness=[rule], cover=cover)
        one = roster(problem, "夜夜夜夜")  # of 4 a fair 2 each: two above cost 1 + 2
        found = fairness(problem, one).balances[FairOver.NIGHTS].shares
        assert ("".join(share.staff for share in found), cost(problem, one)) == (shares, paid)
        assert solve(problem).cost == 0


def test_nobody_who_may_shares_nothing() -> None:
    """A rule over nights in a home without night carers costs nothing, and the report is silent."""
    rule = Fairness(over=FairOver.NIGHTS, past={"A": 3})
    problem = home(staff=[{"id": "A"}, {"id": "B"}], fairness=(rule,))
    empty = roster(problem, "")
    assert cost(problem, empty) == 0
    assert solve(problem).cost == 0
    assert fairness(problem, empty).balances[FairOver.NIGHTS].shares == ()


def test_hours_by_class_of_day() -> None:
    """A holiday is a holiday on any weekday; a Saturday by decree is a workday."""
    problem = home(holidays=(0,), make_up_days=(5,))
    paid = fairness(problem, roster(problem, "早夜...早早")).minutes[0]
    assert (paid.holiday, paid.workday, paid.rest_day) == (450, 480 + 450, 450)


def test_hours_of_a_night_are_of_the_day_on_which_they_are_worked() -> None:
    """A night of 21:00–07:00 pays 480: 3 of 10 hours, 144 minutes, fall on its own day, 336 after.

    Day 0 is a Monday, day 1 a holiday, day 13 a Sunday; on day 14, after the period, is a holiday.
    """
    problem = home(holidays=(1, 14))
    paid = fairness(problem, roster(problem, "夜夜...........夜")).minutes[0]
    assert NIGHT.paid_by_day == (144, 336)
    assert paid.workday == 144 + 336  # Monday evening, and Wednesday until 07:00
    assert paid.holiday == 336 + 144 + 336  # Tuesday from both nights, and after the period
    assert paid.rest_day == 144  # Sunday evening
    assert paid.total == 3 * 480


@pytest.mark.parametrize(
    ("start", "minutes", "paid", "spans", "by_day"),
    [
        (420, 480, 450, (), (450,)),
        (960, 480, 450, (), (450,)),  # until midnight sharp
        (1260, 660, 570, (), (155, 415)),  # 570 × 180 ÷ 660 = 155.45, rounded down
        (1260, 1800, 1000, (), (100, 800, 100)),  # 3, 24 and 3 hours of 30
        (None, 480, 450, (), (450,)),
        (1200, 600, 400, ((1200, 120), (1560, 240)), (133, 267)),  # 2 hours of 6 before midnight
    ],
)
def test_paid_minutes_by_day(
    start: int | None, minutes: int, paid: int, spans: Any, by_day: tuple[int, ...]
) -> None:
    """What a shift pays is divided as its time by the clock, and nothing is lost."""
    pieces = [{"start": begin, "minutes": length} for begin, length in spans]
    given = {"id": "x", "start": start, "minutes": minutes, "paid_minutes": paid, "spans": pieces}
    kind = ShiftType.model_validate(given)
    assert kind.paid_by_day == by_day
    assert sum(kind.paid_by_day) == paid


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
