"""Shared rule bases and people; all people are invented."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from payroll import DayCount, Insurance, Kind, Month, Policy, TaxYear, WorkerMonth
from tests.demo import LOCAL_POLICY


@pytest.fixture(scope="session")
def policy() -> Policy:
    """The rule base alone, without any user's figures."""
    return Policy.load()


@pytest.fixture(scope="session")
def demo() -> Policy:
    """The rule base with the demo home's local figures for 滨州 in 2026."""
    return Policy.load(local=[LOCAL_POLICY])


@pytest.fixture(scope="session")
def october() -> Month:
    """The demo month."""
    return Month(2026, 10)


@pytest.fixture
def quota_worker() -> Callable[..., WorkerMonth]:
    """Build a fully insured worker in 邹平 on the minimum wage; keywords change her."""

    def build(**changes: object) -> WorkerMonth:
        given = {
            "id": "R01",
            "name": "赵晓禾",
            "kind": Kind.LABOUR_CONTRACT,
            "employer": "A",
            "work_place": "371681",
            "joined": date(2025, 3, 1),
            "day_count": DayCount.PAID_DAYS,
            "agreed_wage_fen": 221000,
            "scheduled_days": Decimal(21),
            "paid_days": Decimal(21),
            "insured": frozenset(Insurance),
            "declared_base_fen": 221000,
            "injury_rate": Decimal("0.004"),
            "tax_year": TaxYear(months_employed=10, income_fen=1989000, insurance_fen=417519),
        }
        return WorkerMonth.model_validate(given | changes)

    return build
