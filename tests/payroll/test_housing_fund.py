"""The housing fund: who is refused, what is asked, and what of it is free of income tax."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payroll import (
    Insurance,
    Kind,
    Month,
    Policy,
    RefusedInput,
    TaxYear,
    WorkerMonth,
    compute,
    year_after,
)
from payroll.money import rounded
from payroll.policy.local import read_local
from tests.demo import LOCAL_POLICY

SHIPPED = Policy.load()
Build = Callable[..., WorkerMonth]
FUND: dict[str, Any] = {
    "agreed_wage_fen": 4_000_000,
    "housing_fund_base_fen": 4_000_000,
    "housing_fund_employee_rate": Decimal("0.12"),
    "housing_fund_employer_rate": Decimal("0.12"),
}


def _with_average(tmp_path: Path, yuan: str, place: str = "371600") -> Policy:
    """Return the demo's figures and an average wage of a place."""
    known = LOCAL_POLICY.read_text(encoding="utf-8")
    path = tmp_path / "local.yaml"
    path.write_text(
        f'{known.rstrip()}\n  - {{parameter: housing_fund.average_wage, place: "{place}",'
        f" from: 2026-07-01, value: {yuan}}}\n",
        encoding="utf-8",
    )
    return Policy(SHIPPED.parameters, read_local(path, SHIPPED.parameters))


@pytest.fixture(scope="module")
def average_8000(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """Figures by which up to 12 % × 3 × 8000 = 2880.00 are free."""
    return _with_average(tmp_path_factory.mktemp("average"), "8000")


@pytest.mark.parametrize("side", ["employee", "employer"])
@pytest.mark.parametrize(
    ("rate", "refused"),
    [("0.049999", True), ("0.05", False), ("0.12", False), ("0.120001", True)],
)
def test_rates_lie_between_five_and_twelve_per_cent(
    quota_worker: Build, demo: Policy, october: Month, side: str, rate: str, refused: bool
) -> None:
    """Both ends included; outside it is refused in words at the side's own field."""
    field = f"housing_fund_{side}_rate"
    worker = quota_worker(**(FUND | {field: Decimal(rate)}))
    if not refused:
        compute(october, [worker], demo)
        return
    with pytest.raises(RefusedInput, match=r"5% 至 12%.*between 5% and 12%") as told:
        compute(october, [worker], demo)
    assert [problem.field for problem in told.value.problems] == [field]


@pytest.mark.parametrize("left_out", sorted(FUND.keys() - {"agreed_wage_fen"}))
def test_base_and_rates_belong_together(
    quota_worker: Build, demo: Policy, october: Month, left_out: str
) -> None:
    """Any two of the three are told what lacks."""
    worker = quota_worker(**(FUND | {left_out: None}))
    with pytest.raises(RefusedInput, match=r"须一起填写.*belong together"):
        compute(october, [worker], demo)


def test_an_approved_lower_rate_of_the_place_holds(
    quota_worker: Build, october: Month, tmp_path: Path
) -> None:
    """3 % where a local file states it as the lowest: 40000 × 3 % = 1200."""
    path = tmp_path / "lower.yaml"
    path.write_text(
        LOCAL_POLICY.read_text(encoding="utf-8").rstrip()
        + '\n  - {parameter: housing_fund.rate_floor, place: "371600", from: 2026-01-01,'
        " value: 0.03}\n",
        encoding="utf-8",
    )
    worker = quota_worker(**(FUND | {"housing_fund_employer_rate": Decimal("0.03")}))
    payroll = compute(october, [worker], Policy.load([path]))
    assert payroll.amounts("housing_fund_employer").tolist() == [1200_00]


def test_an_unknown_average_is_asked_with_parameter_place_and_day(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """In both languages; once it is known the question is gone."""
    slip = compute(october, [quota_worker(**FUND)], demo).payslip(0)
    told = dict(slip.warnings)["housing_fund_average_unknown"]
    for words in (told.zh, told.en):
        assert "housing_fund.average_wage" in words
        assert "371681" in words
        assert "2026-10-01" in words


def test_who_has_no_fund_is_asked_nothing(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """A wage without a fund has neither question nor lines of it."""
    slip = compute(october, [quota_worker()], demo).payslip(0)
    assert "housing_fund_average_unknown" not in dict(slip.warnings)
    assert not [line for line in slip.lines if line.code.startswith("housing_fund_taxed")]


def test_each_place_has_its_own_average(
    quota_worker: Build, october: Month, tmp_path: Path
) -> None:
    """What one county's file states holds there alone, whoever of both is insured where."""
    here = quota_worker(id="H", **FUND, insured_place="371602")
    away = quota_worker(id="J", **FUND, insured_place="371681", work_place="371602")
    payroll = compute(october, [here, away], _with_average(tmp_path, "8000", "371681"))
    assert payroll.amounts("housing_fund_taxed_employee").tolist() == [1920_00, 0]
    asked = ["housing_fund_average_unknown" in dict(payroll.payslip(n).warnings) for n in (0, 1)]
    assert asked == [False, True]


def test_the_excess_goes_on_through_the_year(quota_worker: Build, average_8000: Policy) -> None:
    """Two months: income 2 × (40000 + 1920), insurance 2 × (463.91 + 2880) hand the tax on.

    October: 41920 − 5000 − 3343.91 = 33576.09, × 3 % = 1007.28. November: 67152.18, × 10 % − 2520
    = 4195.22 less 1007.28 = 3187.94.
    """
    october = quota_worker(**FUND, tax_year=TaxYear(months_employed=1))
    first = compute(Month(2026, 10), [october], average_8000).payslip(0)
    assert (first.amount_fen("taxable_income"), first.amount_fen("income_tax")) == (
        33_576_09,
        1_007_28,
    )
    year = year_after(october, first)
    assert (year.income_fen, year.insurance_fen) == (41_920_00, 3_343_91)
    november = october.model_copy(update={"tax_year": year})
    second = compute(Month(2026, 11), [november], average_8000).payslip(0)
    assert (second.amount_fen("taxable_income"), second.amount_fen("income_tax")) == (
        67_152_18,
        3_187_94,
    )


def test_an_agreement_taxed_as_nothing_has_no_limit(
    quota_worker: Build, october: Month, average_8000: Policy
) -> None:
    """What is not taxed as wages deducts nothing, so nothing of it is above a limit."""
    worker = WorkerMonth(
        id="A1", name="示例", kind=Kind.ASSISTED_AGREEMENT, employer="H", work_place="371681",
        joined=date(2026, 1, 1), housing_fund_employee_fen=0, housing_fund_employer_fen=500_000,
    )  # fmt: skip
    slip = compute(october, [worker], average_8000).payslip(0)
    assert slip.amount_fen("housing_fund_taxed_employer") == 0
    assert slip.amount_fen("income_tax") == 0


@given(
    average=st.integers(2_000_00, 30_000_00),
    base=st.integers(1_000_00, 200_000_00),
    rates=st.tuples(st.integers(50_000, 120_000), st.integers(50_000, 120_000)),
    entered=st.tuples(st.just(0) | st.integers(1, 20_000_00), st.just(0) | st.integers(1, 10**6)),
)
@settings(deadline=None, max_examples=60)
def test_what_is_deducted_exceeds_neither_limit_nor_contribution(
    tmp_path_factory: pytest.TempPathFactory,
    average: int,
    base: int,
    rates: tuple[int, int],
    entered: tuple[int, int],
) -> None:
    """Deducted and taxed parts are the contribution to the fen, on both sides; so is the tax."""
    yuan = str(Decimal(average) / 100)
    policy = _with_average(tmp_path_factory.mktemp("a"), yuan)
    worker = WorkerMonth(
        id="P", name="示例", kind=Kind.LABOUR_CONTRACT, employer="A", work_place="371681",
        joined=date(2024, 1, 1), agreed_wage_fen=300_000_00, scheduled_days=Decimal(21),
        paid_days=Decimal(21), insured=frozenset[Insurance](),
        housing_fund_base_fen=base,
        housing_fund_employee_rate=Decimal(rates[0]) / 10**6,
        housing_fund_employer_rate=Decimal(rates[1]) / 10**6,
        housing_fund_employee_fen=entered[0], housing_fund_employer_fen=entered[1],
        tax_year=TaxYear(months_employed=1),
    )  # fmt: skip
    slip = compute(Month(2026, 10), [worker], policy).payslip(0)
    limit = rounded(Fraction(12, 100) * 3 * average)
    taxed = {}
    for side, rate, given_fen in zip(("employee", "employer"), rates, entered, strict=True):
        paid = slip.amount_fen(f"housing_fund_{side}")
        assert paid == (given_fen or rounded(Fraction(base * rate, 10**6)))
        taxed[side] = slip.amount_fen(f"housing_fund_taxed_{side}")
        assert 0 <= taxed[side] <= paid
        assert paid - taxed[side] == min(paid, limit)
    deducted = slip.amount_fen("housing_fund_employee") - taxed["employee"]
    assert slip.amount_fen("taxable_income") == max(
        slip.gross_fen + taxed["employer"] - 5_000_00 - deducted, 0
    )


def test_a_month_sealed_before_there_was_a_limit_verifies(demo: Policy) -> None:
    """An amount entered by hand, as sealed by the program before base, rate and limit came."""
    worker = WorkerMonth(
        id="T21", name="示例职工", kind=Kind.LABOUR_CONTRACT, employer="A", work_place="371681",
        joined=date(2024, 1, 1), scheduled_days=Decimal(21), paid_days=Decimal(21),
        agreed_wage_fen=1_000_000, insured=frozenset(Insurance), declared_base_fen=1_000_000,
        injury_rate=Decimal("0.002"), tax_year=TaxYear(months_employed=1),
        housing_fund_employee_fen=300_000, housing_fund_employer_fen=350_000,
    )  # fmt: skip
    assert compute(Month(2026, 10), [worker], demo).digest().startswith("ed29337595d21eeb")
