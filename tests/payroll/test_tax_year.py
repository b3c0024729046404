"""What a month hands on to the next of the year."""

from collections.abc import Callable

import pytest

from payroll import Allowance, Month, Policy, TaxYear, WorkerMonth, compute, year_after

Build = Callable[..., WorkerMonth]


def test_every_total_goes_on(quota_worker: Build, demo: Policy, october: Month) -> None:
    """Income with all allowances, the exempt ones apart, own shares, and the tax withheld."""
    worker = quota_worker(
        agreed_wage_fen=2_000_000,
        allowances=(
            Allowance(name="岗位津贴", amount_fen=100_000),
            Allowance(name="防暑降温费", amount_fen=30_000, taxable=False),
        ),
        tax_year=TaxYear(
            months_employed=3,
            income_fen=4_000_000,
            exempt_fen=20_000,
            insurance_fen=90_000,
            withheld_fen=70_000,
        ),
    )
    slip = compute(october, [worker], demo).payslip(0)
    tax = slip.amount_fen("income_tax")
    assert tax > 0
    after = year_after(worker, slip)
    assert after == TaxYear(
        months_employed=4,
        income_fen=4_000_000 + 2_130_000,
        exempt_fen=50_000,
        insurance_fen=90_000 + 46_391,
        withheld_fen=70_000 + tax,
    )


def test_who_has_no_year_has_none_to_go_on_with(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """The words name the person."""
    worker = quota_worker()
    slip = compute(october, [worker], demo).payslip(0)
    with pytest.raises(ValueError, match="R01"):
        year_after(worker.model_copy(update={"tax_year": None}), slip)
