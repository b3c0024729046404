"""How days become pay, at the ends: all of them, none of them."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payroll import (
    DayCount,
    Leave,
    LeaveKind,
    Month,
    Policy,
    RefusedInput,
    Spell,
    WorkerMonth,
    compute,
)


@pytest.mark.parametrize("scheduled", [20, 21, 22, 23])
@pytest.mark.parametrize("day_count", list(DayCount))
def test_a_month_of_absence_earns_nothing_and_a_full_one_the_wage(
    demo: Policy,
    october: Month,
    quota_worker: Callable[..., WorkerMonth],
    day_count: DayCount,
    scheduled: int,
) -> None:
    """Whether the month has fewer or more scheduled days than 21.75."""
    all_days, none = {"scheduled_days": Decimal(scheduled), "day_count": day_count}, frozenset()
    away = {"paid_days": Decimal(0), "unpaid_days": Decimal(scheduled), "insured": none}
    people = [
        quota_worker(id="A", **all_days, paid_days=Decimal(scheduled)),
        quota_worker(id="B", **all_days, **away),
    ]
    month = compute(october, people, demo)
    present, absent = month.payslip(0), month.payslip(1)
    assert present.amount_fen("monthly_wage") == 221000
    assert absent.gross_fen == absent.amount_fen("applicable_minimum") == 0


def test_a_day_at_work_is_paid(
    demo: Policy, october: Month, quota_worker: Callable[..., WorkerMonth]
) -> None:
    """One day of twenty-one, the rest missed, still loses the missed days only."""
    days = {"paid_days": Decimal(1), "unpaid_days": Decimal(20), "insured": frozenset()}
    slip = compute(october, [quota_worker(**days)], demo).payslip(0)
    assert slip.amount_fen("monthly_wage") == 221000 - 203218


@pytest.mark.parametrize("wage", [360_000, 1_004_349, 2_210_001])
def test_a_fen_more_of_wage_never_earns_less(
    demo: Policy, october: Month, quota_worker: Callable[..., WorkerMonth], wage: int
) -> None:
    """Also in a part of a whole month with a day missed, where two fractions meet."""
    earlier = Spell(work_place="371681", agreed_wage_fen=100_000, paid_days=Decimal(8))
    people = [
        quota_worker(
            id=f"W{more}",
            agreed_wage_fen=wage + more,
            earlier=(earlier,),
            paid_days=Decimal(12),
            unpaid_days=Decimal(1),
            insured=frozenset(),
        )
        for more in range(60)
    ]
    earned = compute(october, people, demo).amounts("monthly_wage").tolist()
    assert earned == sorted(earned)


DAY = Fraction(221000) / Fraction("21.75")
"""A day's wage, in fen."""

HALF_A_FEN = Fraction(1, 2)


def _by_paid_days(
    build: Callable[..., WorkerMonth], policy: Policy, scheduled: int, share: str, sick: int
) -> list[tuple[int, int]]:
    """Return wage and sick pay for 0, ½, 1, … paid days, some sick ones, the rest missed."""
    month = Month(2026, 10)
    halves = range(2 * (scheduled - sick) + 1)
    people = [
        build(
            id=f"P{half}",
            scheduled_days=Decimal(scheduled),
            paid_days=Decimal(half) / 2,
            unpaid_days=Decimal(2 * (scheduled - sick) - half) / 2,
            leave=(Leave(kind=LeaveKind.SICK, days=Decimal(sick)),),
            sick_pay_share=Decimal(share),
            insured=frozenset(),
        )
        for half in halves
    ]
    computed = compute(month, people, policy)
    return list(
        zip(
            computed.amounts("monthly_wage").tolist(),
            computed.amounts("sick_pay").tolist(),
            strict=True,
        )
    )


@pytest.mark.parametrize("scheduled", range(16, 25))
def test_paid_days_become_pay_without_a_cliff(
    demo: Policy, quota_worker: Callable[..., WorkerMonth], scheduled: int
) -> None:
    """Each paid day is paid, all of them are the wage, none nothing; a day more is two at most."""
    pay = [wage for wage, _ in _by_paid_days(quota_worker, demo, scheduled, "0", 0)]
    assert pay[0] == 0
    assert pay[-1] == 221000
    for half, amount in enumerate(pay):
        assert amount >= min(half * DAY / 2, 221000) - HALF_A_FEN
        # Nor does anybody get less than taking absent days off leaves, up to twice the paid days.
        missed = Fraction(2 * scheduled - half, 2)
        assert amount >= min(221000 - missed * DAY, half * DAY) - HALF_A_FEN
    for before, after in zip(pay, pay[2:], strict=False):
        assert 0 <= after - before <= 2 * DAY + 1


@given(
    scheduled=st.integers(16, 24),
    sick=st.integers(0, 16),
    percent=st.integers(0, 100),
)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_sick_days_are_worth_their_share_of_work(
    demo: Policy,
    quota_worker: Callable[..., WorkerMonth],
    scheduled: int,
    sick: int,
    percent: int,
) -> None:
    """At 100 % what work would have paid, at nil nothing; both never exceed the wage."""
    share = Decimal(percent) / 100
    both = _by_paid_days(quota_worker, demo, scheduled, str(share), sick)
    worked = [wage for wage, _ in _by_paid_days(quota_worker, demo, scheduled, "0", 0)]
    for half, (wage, sick_pay) in enumerate(both):
        assert wage == worked[half]
        more = worked[half + 2 * sick] - worked[half]
        assert abs(sick_pay - more * Fraction(percent, 100)) <= 2  # two roundings apart
        assert wage + sick_pay <= 221000 + 1
    totals = [wage + sick_pay for wage, sick_pay in both]
    assert all(after >= before - 1 for before, after in pairwise(totals))


@given(data=st.data(), scheduled=st.integers(18, 23), by=st.sampled_from(DayCount))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_spells_with_days_between_add_up(
    demo: Policy, quota_worker: Callable[..., WorkerMonth], data: st.DataObject, scheduled: int, by
) -> None:
    """At one wage any cutting is one spell to the fen; at several the pay lies between their ends.

    With days between, each paid day earns wage ÷ 21.75 (or ÷ scheduled days) and no more.
    """
    between = data.draw(st.integers(1, scheduled - 2))
    left = scheduled - between
    first = data.draw(st.integers(1, left - 1))
    missed = data.draw(st.integers(0, left - first))
    low, high = sorted(data.draw(st.lists(st.integers(221_000, 900_000), min_size=2, max_size=2)))

    def person(who: str, before: int, after: int) -> WorkerMonth:
        return quota_worker(
            id=who,
            day_count=by,
            scheduled_days=Decimal(scheduled),
            between_days=Decimal(between),
            agreed_wage_fen=after,
            paid_days=Decimal(left - first - missed),
            unpaid_days=Decimal(missed),
            earlier=(Spell(work_place="371681", agreed_wage_fen=before, paid_days=Decimal(first)),),
            insured=frozenset(),
        )

    month = compute(
        Month(2026, 10),
        [person("L", low, low), person("M", low, high), person("H", high, high)],
        demo,
    )
    at_low, mixed, at_high = month.amounts("monthly_wage").tolist()
    divisor = Fraction("21.75") if by is DayCount.PAID_DAYS else Fraction(scheduled)
    paid = min(Fraction(left - missed), divisor)
    assert abs(at_low - low * paid / divisor) <= HALF_A_FEN
    assert at_low - 1 <= mixed <= at_high + 1
    assert month.amounts("minimum_top_up").tolist() == [0, 0, 0]


def test_days_between_spells_belong_to_the_count(
    demo: Policy, october: Month, quota_worker: Callable[..., WorkerMonth]
) -> None:
    """Without them a day lacks its record; with one too many there are more days than scheduled."""
    spells = {
        "earlier": (Spell(work_place="371681", agreed_wage_fen=221000, paid_days=Decimal(6)),),
        "paid_days": Decimal(9),
        "insured": frozenset(),
    }
    right = quota_worker(between_days=Decimal(6), **spells)
    assert compute(october, [right], demo).amounts("monthly_wage").tolist() == [152_414]
    for days, words in ((5, "还差 1 天没有记录"), (7, "两段用工之间 7：合计超过应出勤")):
        wrong = quota_worker(between_days=Decimal(days), **spells)
        with pytest.raises(RefusedInput, match=words):
            compute(october, [wrong], demo)
