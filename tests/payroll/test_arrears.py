"""Arrears: what was paid late or wrong ends where paying right would have."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payroll import (
    Arrear,
    LineKind,
    Month,
    Payslip,
    Policy,
    RefusedInput,
    TaxYear,
    WorkerMonth,
    compute,
    difference,
    paid_lines,
    within,
    year_after,
)
from payroll.lines.arrears import SETTLED
from payroll.rules.income_tax import tax_on
from tests.demo import LOCAL_POLICY

Build = Callable[..., WorkerMonth]
BRACKETS, YEAR_END = "income_tax.brackets", date(2026, 12, 31)
MONTHS = [Month(2026, month) for month in range(1, 13)]

LATE = """\
document: 示例，非官方
date: 2026-08-05
figures:
  - {parameter: insurance.base.floor, place: 370000, from: 2026-01-01, to: 2026-12-31, value: 4700}
  - {parameter: insurance.base.cap, place: 370000, from: 2026-01-01, to: 2026-12-31, value: 23500}
  - {parameter: minimum_wage.tier, place: 371681, from: 2026-03-01, value: 1, date: 2026-05-20}
  - {parameter: insurance.unemployment.employee_rate, place: 371600, from: 2026-06-01,
     value: 0.005, date: 2026-10-09}
"""


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """The demo's rule base with a base, a tier and a rate that became known after they applied."""
    path = tmp_path_factory.mktemp("policy") / "late.yaml"
    path.write_text(LATE, encoding="utf-8")
    return Policy.load(local=[LOCAL_POLICY, path])


class Office:
    """A pay office of one worker: pays month by month and settles what earlier months left."""

    def __init__(self, policy: Policy, workers: Sequence[WorkerMonth]) -> None:
        self.policy = policy
        self.workers = list(workers)
        self.slips: list[Payslip] = []
        self.settled: list[Arrear] = []
        self.year = TaxYear(months_employed=1)

    def pay(self, known: date, settle: bool) -> None:
        """Pay the next month with what is known on a day, and settle the ones before or not."""
        at = len(self.slips)
        arrears = self.owed(known) if settle else ()
        worker = self.workers[at].model_copy(update={"tax_year": self.year, "arrears": arrears})
        slip = compute(MONTHS[at], [worker], self.policy.as_known_on(known)).payslip(0)
        self.slips.append(slip)
        self.settled += arrears
        if at < 11:
            self.year = year_after(worker, slip)

    def owed(self, known: date) -> tuple[Arrear, ...]:
        """Return what every month paid so far leaves to settle."""
        return tuple(
            arrear
            for at, slip in enumerate(self.slips)
            for arrear in difference(
                MONTHS[at], paid_lines(slip, self.settled), self.right(at, known)
            )
        )

    def right(self, at: int, known: date) -> Payslip:
        """Return a month as it should have been, by what is known on a day."""
        worker = self.workers[at].model_copy(update={"tax_year": TaxYear(months_employed=1)})
        return compute(MONTHS[at], [worker], self.policy.as_known_on(known)).payslip(0)

    def paid(self, at: int) -> Counter[str]:
        """Return what has been paid of a month in all."""
        return paid_lines(self.slips[at], self.settled)


def _end_of(month: Month) -> date:
    return month.last


wages = st.lists(st.integers(221_000, 2_000_000), min_size=12, max_size=12)


@given(wages=wages, settle=st.lists(st.booleans(), min_size=11, max_size=11))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_late_in_any_order_ends_where_right_would_have(
    late: Policy, quota_worker: Build, wages: list[int], settle: list[bool]
) -> None:
    """Whatever months settle, after the last one every line of every month is as it is due.

    Taxable income of the year is the same, and so the tax withheld: that of the table, or more
    where December itself says that too much was withheld before, for the yearly settlement.
    """
    people = [
        quota_worker(
            agreed_wage_fen=wage, declared_base_fen=wage, tax_year=TaxYear(months_employed=1)
        )
        for wage in wages
    ]
    office, straight = Office(late, people), Office(late, people)
    for month, now in zip(MONTHS, [*settle, True], strict=True):
        office.pay(_end_of(month), settle=now)
        straight.pay(YEAR_END, settle=False)
    for at, slip in enumerate(straight.slips):
        assert office.paid(at) == Counter({code: slip.amount_fen(code) for code in SETTLED})
    assert office.owed(YEAR_END) == ()
    taxable = straight.slips[-1].amount_fen("taxable_income")
    assert office.slips[-1].amount_fen("taxable_income") == taxable
    for way in (office, straight):
        withheld = sum(slip.amount_fen("income_tax") for slip in way.slips)
        paid_out = sum(slip.net_fen for slip in way.slips)
        shares = sum(_own_shares(slip) for slip in way.slips)
        assert paid_out == sum(slip.gross_fen for slip in way.slips) - shares - withheld
        due = int(tax_on(np.array([taxable]), late.value(BRACKETS, "370000", YEAR_END).value)[0])
        if any(code == "tax_overpaid" for code, _ in way.slips[-1].warnings):
            assert withheld > due
        else:
            assert withheld == due


def _own_shares(slip: Payslip) -> int:
    return sum(line.amount_fen for line in slip.lines if line.kind is LineKind.EMPLOYEE_SHARE)


def test_nothing_is_settled_twice(late: Policy, quota_worker: Build) -> None:
    """Once settled, a month owes nothing until something new becomes known."""
    person = quota_worker(tax_year=TaxYear(months_employed=1))
    office = Office(late, [person] * 12)
    for month in MONTHS[:7]:
        office.pay(_end_of(month), settle=True)
    assert office.owed(date(2026, 8, 4)) == ()
    owed = office.owed(date(2026, 8, 5))
    assert {arrear.month.month for arrear in owed} == {1, 2, 3, 4, 5, 6, 7}
    assert all(arrear.amount_fen > 0 for arrear in owed)
    office.pay(date(2026, 8, 5), settle=True)
    assert office.owed(date(2026, 8, 5)) == ()


def test_a_payslip_tells_its_arrears_month_by_month(late: Policy, quota_worker: Build) -> None:
    """Each line of each earlier month is named, in both languages, with its amount."""
    office = Office(late, [quota_worker(tax_year=TaxYear(months_employed=1))] * 12)
    for month in MONTHS[:8]:
        office.pay(_end_of(month), settle=True)
    line = next(x for x in office.slips[7].lines if x.code == "arrears_employee_share")
    # 4700 − 4504 = 196: × 8 % = 15.68, × 2 % = 3.92, 4700 × 0.3 % − 13.51 = 0.59
    assert (
        "2026-01：养老保险（个人） 15.68 + 医疗保险（个人） 3.92 + 失业保险（个人） 0.59；"
        in line.zh
    )
    assert "2026-07：" in line.zh
    assert "2026-01：Pension (employee) 15.68 + Medical (employee) 3.92" in line.en
    assert line.amount_fen == 7 * (1568 + 392 + 59)


def test_of_a_month_that_was_never_paid_everything_is_owed(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """Nothing paid counts as nil, line by line."""
    due = compute(october, [quota_worker()], demo).payslip(0)
    owed = {arrear.line: arrear.amount_fen for arrear in difference(october, {}, due)}
    assert owed == {code: due.amount_fen(code) for code in SETTLED if due.amount_fen(code)}


def _arrear(month: int, amount: int, line: str = "monthly_wage") -> Arrear:
    return Arrear(month=date(2026, month, 1), line=line, amount_fen=amount)


def test_a_recovery_stays_within_what_may_be_kept() -> None:
    """The newest recoveries wait, the last of them in part; what is owed is never cut."""
    owed = [_arrear(1, -300), _arrear(2, -300), _arrear(3, 100)]
    assert [item.amount_fen for item in within(owed, 500)] == [-300, -300, 100]
    assert [item.amount_fen for item in within(owed, 350)] == [-300, -150, 100]
    assert [item.amount_fen for item in within(owed, 0)] == [-100, 100]
    shares = [_arrear(1, -300, "pension_employee")]
    assert within(shares, 0) == tuple(shares)


@pytest.mark.parametrize(
    ("arrear", "field"),
    [
        (_arrear(10, 100), "arrears"),
        (_arrear(9, -60_001), "deductions"),
        (_arrear(9, -79_001), "deductions"),
        (_arrear(9, 100, "pension"), "arrears"),
        (_arrear(9, 100, "income_tax"), "arrears"),
        (_arrear(9, 100, "arrears"), "arrears"),
    ],
)
def test_a_recovery_too_large_or_too_late_is_refused(
    quota_worker: Build, demo: Policy, october: Month, arrear: Arrear, field: str
) -> None:
    """Of the same month, or of no line that is settled; a recovery keeps a deduction's limits."""
    with pytest.raises(RefusedInput) as refused:
        compute(october, [quota_worker(agreed_wage_fen=300_000, arrears=(arrear,))], demo)
    assert {problem.field for problem in refused.value.problems} == {field}


def test_an_arrear_counts_for_tax_and_not_for_the_minimum(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """Pay of an earlier month enters this month's income, and no top-up is saved by it."""
    worker = quota_worker(
        agreed_wage_fen=200_000,
        arrears=(_arrear(9, 600_000),),
        tax_year=TaxYear(months_employed=1),
    )
    slip = compute(october, [worker], demo).payslip(0)
    assert slip.amount_fen("minimum_top_up") == 21_000
    assert slip.gross_fen == 821_000
    assert slip.amount_fen("taxable_income") == 821_000 - 500_000 - 46_391


def test_the_year_goes_on_to_the_next_month(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """Income, own insurance and tax of the month are added; after December nothing goes on."""
    worker = quota_worker(tax_year=TaxYear(months_employed=10, income_fen=100))
    slip = compute(october, [worker], demo).payslip(0)
    after = year_after(worker, slip)
    assert (after.months_employed, after.income_fen) == (11, 221_100)
    assert after.insurance_fen == 46_391
    december = compute(Month(2026, 12), [quota_worker()], demo).payslip(0)
    with pytest.raises(ValueError, match="2026-12"):
        year_after(worker, december)


def test_months_follow_each_other() -> None:
    """December is followed by January."""
    assert (Month(2026, 11).next, Month(2026, 12).next) == (Month(2026, 12), Month(2027, 1))
