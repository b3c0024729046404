"""The year as the certificate states it: by hand, and equal to what was withheld month by month."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from payroll import Month, Policy, TaxYear, WorkerMonth, compute, tax_certificate, year_after
from payroll.policy import LocalFigure, supply

Build = Callable[..., WorkerMonth]
DECEMBER = Month(2026, 12)
YEAR = TaxYear(
    months_employed=12,
    income_fen=12_000_000,
    exempt_fen=100_000,
    insurance_fen=1_200_000,
    withheld_fen=110_000,
    special_additional_fen=1_000_000,
)


def test_a_year_by_hand(policy: Policy) -> None:
    """120000 − 1000 − 60000 − 12000 − 10000 = 37000: × 10 % − 2520 = 1180."""
    year = tax_certificate(YEAR, DECEMBER, policy, "371681")
    assert (year.standard_fen, year.taxable_fen, year.due_fen) == (6_000_000, 3_700_000, 118_000)
    assert (str(year.through), year.months_employed) == ("2026-12", 12)
    assert (year.income_fen, year.exempt_fen) == (12_000_000, 100_000)
    assert (year.insurance_fen, year.special_additional_fen) == (1_200_000, 1_000_000)
    assert (year.other_deductions_fen, year.withheld_fen) == (0, 110_000)
    assert (year.relief_fen, year.relief_known, year.withheld_too_much_fen) == (0, True, -8_000)
    assert {figure.parameter for figure in year.figures} == {
        "income_tax.basic_monthly",
        "income_tax.basic_yearly",
        "income_tax.brackets",
    }


@pytest.mark.parametrize(
    ("months", "whole", "standard"), [(7, False, 3_500_000), (7, True, 6_000_000)]
)
def test_the_standard_deduction_is_that_of_the_withholding(
    policy: Policy, months: int, whole: bool, standard: int
) -> None:
    """Month by month, or the whole year's at once."""
    changes = {"months_employed": months, "whole_year_deduction": whole}
    year = tax_certificate(YEAR.model_copy(update=changes), DECEMBER, policy, "371681")
    assert year.standard_fen == standard


def test_relief_is_determined_by_the_office_or_the_place_or_unknown(
    policy: Policy, tmp_path: Path
) -> None:
    """The office's amount goes first; then the place's share; else it is nil and said unknown."""
    unknown = tax_certificate(YEAR, DECEMBER, policy, "371681", disabled=True)
    assert (unknown.relief_fen, unknown.relief_known) == (0, False)
    own = YEAR.model_copy(update={"relief_fen": 18_000})
    by_office = tax_certificate(own, DECEMBER, policy, "371681", disabled=True)
    assert (by_office.relief_fen, by_office.relief_known) == (18_000, True)
    assert by_office.withheld_too_much_fen == 110_000 - (118_000 - 18_000)
    share = LocalFigure(
        parameter="income_tax.disabled_relief_rate", place="370000", first=date(2026, 1, 1),
        value="0.5", document="示例，非官方", date=date(2026, 1, 1),
    )  # fmt: skip
    supply(tmp_path / "relief.yaml", policy.parameters, share)
    local = Policy.load([tmp_path / "relief.yaml"])
    by_place = tax_certificate(YEAR, DECEMBER, local, "371681", disabled=True)
    assert (by_place.relief_fen, by_place.relief_known) == (59_000, True)
    assert by_place.figures[-1].parameter == "income_tax.disabled_relief_rate"
    assert tax_certificate(YEAR, DECEMBER, local, "371681").relief_fen == 0


def test_what_was_withheld_is_what_is_due(quota_worker: Build, demo: Policy) -> None:
    """Two months paid one after the other: nothing too much, nothing missing."""
    worker = quota_worker(agreed_wage_fen=2_000_000, tax_year=TaxYear(months_employed=1))
    slip = compute(Month(2026, 10), [worker], demo).payslip(0)
    second = worker.model_copy(update={"tax_year": year_after(worker, slip)})
    year = year_after(second, compute(Month(2026, 10), [second], demo).payslip(0))
    year = year.model_copy(update={"months_employed": 2})
    certificate = tax_certificate(year, Month(2026, 10), demo, "371681")
    assert certificate.withheld_fen > 0
    assert certificate.withheld_too_much_fen == 0
