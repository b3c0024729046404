"""Months that cannot be right are refused with every reason, and the right ones are not."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from payroll import (
    Deduction,
    Kind,
    Month,
    Overtime,
    Policy,
    RefusedInput,
    TaxYear,
    UnknownFigure,
    WorkerMonth,
    compute,
)

Build = Callable[..., WorkerMonth]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"joined": date(2026, 11, 1)}, "joined"),
        ({"left": date(2026, 9, 30)}, "left"),
        ({"scheduled_days": Decimal(0), "paid_days": Decimal(0)}, "scheduled_days"),
        ({"paid_days": Decimal(20)}, "paid_days"),
        ({"paid_days": Decimal(21), "unpaid_days": Decimal(1)}, "paid_days"),
        ({"agreed_wage_fen": None}, "agreed_wage_fen"),
        (
            {"agreed_wage_fen": None, "overtime": Overtime(workday_hours=Decimal(1))},
            "overtime",
        ),
        ({"kind": Kind.ASSISTED_AGREEMENT}, "insured"),
        ({"declared_base_fen": None}, "declared_base_fen"),
        ({"injury_rate": None}, "injury_rate"),
        ({"tax_year": None}, "tax_year"),
        ({"tax_year": TaxYear(months_employed=11)}, "tax_year"),
        ({"deductions": (Deduction(name="赔偿", amount_fen=1),)}, "deductions"),
        (
            {
                "agreed_wage_fen": 500000,
                "deductions": (Deduction(name="赔偿", amount_fen=100001),),
            },
            "deductions",
        ),
        ({"paid_days": Decimal(2), "unpaid_days": Decimal(19)}, "net"),
    ],
)
def test_refused(
    quota_worker: Build, demo: Policy, october: Month, changes: dict[str, Any], field: str
) -> None:
    """Each impossible month is refused, naming the person and the field, in both languages."""
    with pytest.raises(RefusedInput) as refused:
        compute(october, [quota_worker(**changes)], demo)
    assert field in {problem.field for problem in refused.value.problems}
    assert all(
        problem.worker == "R01" and problem.zh and problem.en for problem in refused.value.problems
    )


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"joined": date(2026, 10, 31), "paid_days": Decimal(8)},
        {"left": date(2026, 10, 31)},
        {"paid_days": Decimal("10.5"), "unpaid_days": Decimal("10.5")},
        {"agreed_wage_fen": 500000, "deductions": (Deduction(name="赔偿", amount_fen=100000),)},
        {"insured": frozenset(), "declared_base_fen": None, "injury_rate": None},
    ],
)
def test_accepted(
    quota_worker: Build, demo: Policy, october: Month, changes: dict[str, Any]
) -> None:
    """The months next to the refused ones are computed."""
    assert compute(october, [quota_worker(**changes)], demo).totals.people == 1


def test_all_problems_at_once(quota_worker: Build, demo: Policy, october: Month) -> None:
    """Every problem of every person is listed, and a person given twice is one of them."""
    people = [quota_worker(declared_base_fen=None), quota_worker(tax_year=None)]
    with pytest.raises(RefusedInput) as refused:
        compute(october, people, demo)
    fields = {problem.field for problem in refused.value.problems}
    assert fields == {"id", "declared_base_fen", "tax_year"}


def test_same_person_at_two_employers_is_accepted(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """A person may have one record with each of two employers."""
    people = [quota_worker(), quota_worker(employer="B")]
    payroll = compute(october, people, demo)
    assert {name: item.people for name, item in payroll.totals_by_employer.items()} == {
        "A": 1,
        "B": 1,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"agreed_wage_fen": 2210.5},
        {"agreed_wage_fen": -1},
        {"paid_days": Decimal("1.005")},
        {"work_place": "邹平"},
        {"wage": 1},
        {"id": ""},
    ],
)
def test_model_refuses(quota_worker: Build, changes: dict[str, Any]) -> None:
    """Floats for money, negative amounts, thousandths of a day and unknown fields are refused."""
    with pytest.raises(ValidationError):
        quota_worker(**changes)


def test_unknown_figures_are_listed_together(
    quota_worker: Build, policy: Policy, october: Month
) -> None:
    """Without local figures, everything Binzhou lacks is named in one error, with a snippet."""
    with pytest.raises(UnknownFigure) as unknown:
        compute(october, [quota_worker()], policy)
    assert {item.parameter.id for item in unknown.value.missing} == {
        "insurance.medical.employer_rate",
        "insurance.medical.employer_fixed",
        "insurance.medical.employee_fixed",
        "insurance.unemployment.employer_rate",
        "insurance.unemployment.employee_rate",
    }


def test_unneeded_figures_may_be_unknown(
    quota_worker: Build, policy: Policy, october: Month
) -> None:
    """A person without medical or unemployment insurance needs none of their rates."""
    worker = quota_worker(insured=frozenset({"pension", "injury"}))
    assert compute(october, [worker], policy).totals.people == 1


def test_nobody_is_a_payroll_too(demo: Policy, october: Month) -> None:
    """A month without people has empty lines and nil totals."""
    payroll = compute(october, [], demo)
    assert (len(payroll), payroll.totals.gross_fen) == (0, 0)
