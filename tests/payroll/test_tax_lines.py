"""What tax says beside its amount, and bases of single insurances at their edges."""

from collections.abc import Callable
from pathlib import Path

import pytest

from payroll import (
    Allowance,
    Insurance,
    Kind,
    Month,
    Payslip,
    Piece,
    Policy,
    TaxYear,
    WorkerMonth,
    compute,
)
from tests.demo import LOCAL_POLICY

Build = Callable[..., WorkerMonth]
JUST_TAXED = {"agreed_wage_fen": 1_046_391 + 100_000, "declared_base_fen": 221_000}
"""10463.91 + 1000 − 463.91 − 5000 = 6000 taxable in the first month: 180 yuan of tax."""


def _slip(worker: WorkerMonth, demo: Policy) -> Payslip:
    return compute(Month(2026, 10), [worker], demo).payslip(0)


@pytest.mark.parametrize(
    ("relief", "withheld", "overpaid"),
    [(0, 18_000, False), (0, 18_001, True), (9_000, 9_000, False), (9_000, 9_001, True)],
)
def test_too_much_is_told_after_relief(
    quota_worker: Build, demo: Policy, relief: int, withheld: int, overpaid: bool
) -> None:
    """180 due: with 90 of relief more than 90 is too much, to the fen."""
    year = TaxYear(months_employed=1, relief_fen=relief, withheld_fen=withheld)
    slip = _slip(quota_worker(**JUST_TAXED, tax_year=year), demo)
    assert slip.amount_fen("taxable_income") == 600_000
    assert ("tax_overpaid" in {code for code, _ in slip.warnings}) == overpaid
    assert slip.amount_fen("income_tax") == 0


@pytest.mark.parametrize(("exempt", "told"), [(0, False), (1, True)])
@pytest.mark.parametrize(("whole", "words"), [(False, "任职月数"), (True, "全年减除费用")])
def test_exempt_pay_is_told_where_there_is_any(
    quota_worker: Build, demo: Policy, exempt: int, told: bool, whole: bool, words: str
) -> None:
    """A fen is enough; with the monthly deduction and with the whole year's."""
    year = TaxYear(months_employed=1, whole_year_deduction=whole)
    allowances = (Allowance(name="防暑降温费", amount_fen=exempt, taxable=False),)
    slip = _slip(quota_worker(allowances=allowances, tax_year=year), demo)
    line = next(line for line in slip.lines if line.code == "taxable_income")
    assert ("免税收入" in line.zh) == told
    assert words in line.zh


def test_an_agreement_has_no_taxable_income(quota_worker: Build, demo: Policy) -> None:
    """Among people who have: not a fen."""
    agreement = quota_worker(
        id="R02", kind=Kind.ASSISTED_AGREEMENT, agreed_wage_fen=None, insured=frozenset()
    )
    month = compute(Month(2026, 10), [quota_worker(), agreement], demo)
    assert month.amounts("taxable_income").tolist() == [0, 0]
    tax = next(line for line in month.payslip(1).lines if line.code == "income_tax")
    assert tax.zh.startswith("个人所得税 0.00 = 未定")
    assert {figure.parameter for figure in tax.figures} == set()


def test_a_base_of_nil_is_a_base(quota_worker: Build, demo: Policy) -> None:
    """Declared for one insurance alone, it is lifted to the floor; the others keep theirs."""
    worker = quota_worker(
        agreed_wage_fen=600_000,
        declared_base_fen=600_000,
        declared_bases={Insurance.PENSION: 0},
    )
    slip = _slip(worker, demo)
    assert slip.amount_fen("pension_base") == 450_400
    assert slip.amount_fen("pension_employee") == 36_032
    assert slip.amount_fen("medical_employee") == 12_000


@pytest.mark.parametrize(
    ("floor", "told"),
    [(None, "agreement_no_floor"), ("3600.01", "agreement_below_floor"), ("3600", None)],
)
def test_a_place_may_know_a_floor_for_agreements(
    quota_worker: Build, tmp_path: Path, floor: str | None, told: str | None
) -> None:
    """3600 yuan of pieces against no floor on file, one a fen above, and one just reached."""
    path = tmp_path / "floor.yaml"
    path.write_text(
        "document: 示例\ndate: 2026-01-01\nfigures:\n  - {parameter: wage.agreement_floor,"
        f" place: '371681', from: 2026-01-01, value: {floor}}}\n"
    )
    policy = Policy.load([LOCAL_POLICY, path] if floor else [LOCAL_POLICY])
    worker = quota_worker(
        kind=Kind.ASSISTED_AGREEMENT,
        agreed_wage_fen=None,
        insured=frozenset(),
        pieces=(Piece(item="手工串珠", quantity=1000, rate_fen=360),),
    )
    codes = {code for code, _ in _slip(worker, policy).warnings}
    assert codes & {"agreement_no_floor", "agreement_below_floor"} == ({told} if told else set())


def test_the_days_to_register_are_a_figure(quota_worker: Build, demo: Policy) -> None:
    """社会保险法第五十八条: thirty days, named with the law."""
    slip = _slip(quota_worker(insured=frozenset()), demo)
    (words,) = (text.zh for code, text in slip.warnings if code == "not_fully_insured")
    assert "用工之日起 30 日内应办理参保登记（社会保险法第五十八条）" in words
