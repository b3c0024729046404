"""Relief of disabled persons by the shapes seen in provinces; all amounts are invented."""

from collections.abc import Callable
from pathlib import Path

import pytest

from payroll import Month, Policy, TaxYear, WorkerMonth, compute, tax_certificate
from tests.demo import LOCAL_POLICY

Build = Callable[..., WorkerMonth]


@pytest.mark.parametrize(
    ("figures", "tax", "told"),
    [
        # 10463.91 + 1000 − 463.91 − 5000 = 6000; × 3 % = 180 before any relief.
        ({}, 180_00, True),
        ({"rate": "0.5"}, 90_00, False),
        ({"amount": "100"}, 80_00, False),
        ({"amount": "180.01"}, 0, False),
        ({"rate": "0.5", "cap": "60"}, 120_00, False),
        ({"rate": "0.5", "cap": "90"}, 90_00, False),
        # A share and an amount: the share holds.
        ({"rate": "0.5", "amount": "10"}, 90_00, False),
        # A cap alone remits nothing.
        ({"cap": "60"}, 180_00, True),
    ],
)
def test_relief_takes_the_shape_of_the_place(
    quota_worker: Build, tmp_path: Path, figures: dict[str, str], tax: int, told: bool
) -> None:
    """A share, an amount a year, or a share up to a yearly cap; on payslip and certificate."""
    path = tmp_path / "relief.yaml"
    rows = "".join(
        f"  - {{parameter: income_tax.disabled_relief_{name}, place: '370000', from: 2026-01-01,"
        f" value: {value}}}\n"
        for name, value in figures.items()
    )
    path.write_text(f"document: 示例，非官方\ndate: 2026-01-01\nfigures:\n{rows}")
    policy = Policy.load([LOCAL_POLICY, path] if figures else [LOCAL_POLICY])
    worker = quota_worker(
        agreed_wage_fen=1_146_391,
        declared_base_fen=221_000,
        disabled=True,
        tax_year=TaxYear(months_employed=1),
    )
    slip = compute(Month(2026, 10), [worker], policy).payslip(0)
    assert slip.amount_fen("income_tax") == tax
    assert ("disabled_relief_unknown" in dict(slip.warnings)) == told
    year = TaxYear(months_employed=1, income_fen=1_146_391, insurance_fen=46_391)
    whole = tax_certificate(year, Month(2026, 10), policy, "371681", disabled=True)
    assert (whole.due_fen - whole.relief_fen, whole.relief_known) == (tax, not told)


def test_a_yearly_amount_is_used_up_month_by_month(quota_worker: Build, tmp_path: Path) -> None:
    """200 a year: 180 of the first month's tax, 20 of the second's, whose due is 360 so far."""
    path = tmp_path / "relief.yaml"
    path.write_text(
        "document: 示例，非官方\ndate: 2026-01-01\nfigures:\n"
        "  - {parameter: income_tax.disabled_relief_amount, place: '370000', from: 2026-01-01,"
        " value: 200}\n"
    )
    policy = Policy.load([LOCAL_POLICY, path])
    year = TaxYear(months_employed=2, income_fen=1_146_391, insurance_fen=46_391)
    worker = quota_worker(
        agreed_wage_fen=1_146_391, declared_base_fen=221_000, disabled=True, tax_year=year
    )
    slip = compute(Month(2026, 10), [worker], policy).payslip(0)
    assert slip.amount_fen("income_tax") == 160_00
