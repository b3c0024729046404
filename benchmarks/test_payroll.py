"""How long a month's wages take: one person, and ten thousand at once.

Inputs are built beforehand; measured is `compute` alone, from records to all lines.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from payroll import Insurance, Kind, Month, Policy, TaxYear, WorkerMonth, compute

pytestmark = pytest.mark.benchmark(group="payroll")

LOCAL = Path(__file__).parents[1] / "examples" / "demo-home" / "local-policy.yaml"
COUNTIES = ("371602", "371603", "371621", "371622", "371623", "371625", "371681")


def _people(count: int) -> list[WorkerMonth]:
    """Build people whose wages, counties and bases differ, always in the same way."""
    return [
        WorkerMonth(
            id=f"W{number}",
            name="示例职工",
            kind=Kind.LABOUR_CONTRACT,
            employer=f"E{number % 50}",
            work_place=COUNTIES[number % 7],
            joined=date(2024, 1, 1),
            agreed_wage_fen=200000 + number * 7919 % 2000000,
            scheduled_days=Decimal(21),
            paid_days=Decimal(21 - number % 3),
            unpaid_days=Decimal(number % 3),
            insured=frozenset(Insurance),
            declared_base_fen=200000 + number * 7919 % 2000000,
            injury_rate=Decimal("0.004"),
            tax_year=TaxYear(months_employed=10, income_fen=number * 31 % 5000000),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [1, 10_000])
def test_compute(benchmark: BenchmarkFixture, count: int) -> None:
    """A month's wages for so many people; nobody's net pay is negative."""
    people = _people(count)
    policy = Policy.load(local=[LOCAL])
    payroll = benchmark.pedantic(
        compute, (Month(2026, 10), people, policy), rounds=3, warmup_rounds=1
    )
    assert (payroll.amounts("net") >= 0).all()
    assert payroll.totals.people == count


def test_explain(benchmark: BenchmarkFixture) -> None:
    """One explained payslip out of ten thousand."""
    payroll = compute(Month(2026, 10), _people(10_000), Policy.load(local=[LOCAL]))
    slip = benchmark.pedantic(payroll.payslips.payslip, (9_999,), rounds=10)
    assert slip.worker == "W9999"
