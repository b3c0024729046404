"""How days become pay, at the ends: all of them, none of them."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from payroll import DayCount, Month, Policy, Spell, WorkerMonth, compute


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
