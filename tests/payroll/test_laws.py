"""Laws that hold for every month of every group."""

import json
from datetime import date
from decimal import Decimal

import numpy as np
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from payroll import (
    DayCount,
    Kind,
    Leave,
    LeaveKind,
    LineKind,
    Month,
    Payroll,
    Piece,
    Policy,
    RefusedInput,
    Share,
    Spell,
    TaxYear,
    WorkerMonth,
    compute,
    from_plain,
    team_shares,
    to_plain,
)
from payroll.lines.line import Line
from payroll.payslips.payslip import describe
from tests.payroll.strategies import contract_workers, groups

OCTOBER = Month(2026, 10)


def _computed(workers: list[WorkerMonth], policy: Policy) -> Payroll:
    """Compute a month; groups whose deductions or debts are refused are not of interest here."""
    try:
        return compute(OCTOBER, workers, policy)
    except RefusedInput:
        assume(False)
        raise


def _sum(payroll: Payroll, kind: LineKind) -> np.ndarray:
    lines: list[Line] = [line for line in payroll.lines if line.kind is kind]
    return np.sum([line.amounts for line in lines], axis=0)


@given(workers=groups)
@settings(max_examples=60, deadline=None)
def test_conservation(demo: Policy, workers: list[WorkerMonth]) -> None:
    """Gross + advance = net + own shares + tax + deductions; cost = gross + employer shares."""
    payroll = _computed(workers, demo)
    gross = payroll.amounts("gross")
    kinds = (LineKind.NET, LineKind.EMPLOYEE_SHARE, LineKind.TAX, LineKind.DEDUCTION)
    advance, net = payroll.amounts("advance"), payroll.amounts("net")
    assert (gross + advance == sum(_sum(payroll, kind) for kind in kinds)).all()
    assert ((advance == 0) | (net == 0)).all()
    assert (gross == _sum(payroll, LineKind.EARNING)).all()
    cost = gross + _sum(payroll, LineKind.EMPLOYER_COST)
    assert (payroll.amounts("employer_total") == cost).all()
    assert (net >= 0).all()
    assert (advance >= 0).all()


@given(workers=groups)
@settings(max_examples=30, deadline=None)
def test_alone_equals_among_many(demo: Policy, workers: list[WorkerMonth]) -> None:
    """One person computed alone equals the same person among others, lines and words."""
    together = _computed(workers, demo)
    for person, worker in enumerate(workers):
        assert compute(OCTOBER, [worker], demo).payslip(0) == together.payslip(person)


@given(workers=groups, seed=st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_order_of_people_is_irrelevant(demo: Policy, workers: list[WorkerMonth], seed) -> None:
    """Shuffling people shuffles payslips and leaves totals alone."""
    before = _computed(workers, demo)
    shuffled = list(workers)
    seed.shuffle(shuffled)
    after = compute(OCTOBER, shuffled, demo)
    assert after.totals == before.totals
    assert {after.payslip(i).worker: after.payslip(i) for i in range(len(after))} == {
        before.payslip(i).worker: before.payslip(i) for i in range(len(before))
    }


@given(workers=groups)
@settings(max_examples=30, deadline=None)
def test_computing_twice_is_identical(demo: Policy, workers: list[WorkerMonth]) -> None:
    """The digest of a month is stable."""
    assert _computed(workers, demo).digest() == compute(OCTOBER, workers, demo).digest()


PARTS_ALIKE = WorkerMonth(
    id="alike",
    name="示例职工",
    kind=Kind.LABOUR_CONTRACT,
    employer="A",
    joined=date(2024, 1, 1),
    work_place="371603",
    agreed_wage_fen=100_000,
    day_count=DayCount.PAID_DAYS,
    scheduled_days=Decimal(21),
    paid_days=Decimal(16),
    leave=(Leave(kind=LeaveKind.MATERNITY, days=Decimal(1)),),
    earlier=(Spell(work_place="371603", agreed_wage_fen=100_000, paid_days=Decimal(4)),),
    tax_year=TaxYear(months_employed=10),
)
"""Two parts of a month at one wage, which a rise holds apart: both are rounded once."""


@example(worker=PARTS_ALIKE, more=1)
@given(worker=contract_workers(), more=st.integers(1, 100_000))
@settings(max_examples=60, deadline=None)
def test_monotone_in_the_agreed_wage(demo: Policy, worker: WorkerMonth, more: int) -> None:
    """A higher agreed wage never lowers gross pay, tax or the countable wage."""
    raised = worker.model_copy(
        update={"id": "raised", "agreed_wage_fen": (worker.agreed_wage_fen or 0) + more}
    )
    payroll = _computed([worker, raised], demo)
    for code in ("monthly_wage", "countable_wage", "gross", "taxable_income", "income_tax", "net"):
        amounts = payroll.amounts(code)
        assert amounts[0] <= amounts[1], code


@given(worker=contract_workers())
@settings(max_examples=60, deadline=None)
def test_minimum_is_reached_and_not_overshot(demo: Policy, worker: WorkerMonth) -> None:
    """After the top-up the countable wage reaches the minimum; a top-up goes no further."""
    payroll = _computed([worker], demo)
    countable, top_up, minimum = (
        int(payroll.amounts(code)[0])
        for code in ("countable_wage", "minimum_top_up", "applicable_minimum")
    )
    assert countable + top_up >= minimum
    assert top_up == 0 or countable + top_up == minimum


@given(workers=groups)
@settings(max_examples=25, deadline=None)
def test_a_stored_payslip_equals_the_computed_one(demo: Policy, workers: list[WorkerMonth]) -> None:
    """Through JSON text and back: amounts, sentences, figures with their types."""
    payroll = _computed(workers, demo)
    for person in range(len(payroll)):
        slip = payroll.payslip(person)
        again = from_plain(json.loads(json.dumps(to_plain(slip))))
        assert again == slip
        assert [describe(f) for f in again.unconfirmed] == [describe(f) for f in slip.unconfirmed]


@given(
    weights=st.lists(st.integers(0, 1000), min_size=1, max_size=9).filter(any),
    quantity=st.integers(0, 10**6),
    faults=st.integers(0, 10**6),
)
@settings(max_examples=40, deadline=None)
def test_a_team_is_paid_to_the_fen(
    demo: Policy, weights: list[int], quantity: int, faults: int
) -> None:
    """The members' parts are the whole, and who has more weight never gets less than half a fen."""
    item = {"item": "纸盒", "quantity": quantity, "rate_fen": "33.33"}
    shares = [*team_shares(weights), Share(before=0, own=1, of=1)]
    members = [
        WorkerMonth(
            id=f"M{n}",
            name="示例",
            kind=Kind.ASSISTED_AGREEMENT,
            employer="A",
            work_place="371681",
            joined=date(2026, 1, 1),
            pieces=(
                Piece.model_validate(item | {"share": share, "quality_deduction_fen": faults}),
            ),
        )
        for n, share in enumerate(shares)
    ]
    *parts, whole = compute(OCTOBER, members, demo).amounts("piece_pay").tolist()
    assert sum(parts) == whole
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - whole * weight / sum(weights)) <= 1


@given(worker=contract_workers(), day=st.integers(1, 20))
@settings(max_examples=40, deadline=None)
def test_a_change_to_the_same_terms_is_no_change(
    demo: Policy, worker: WorkerMonth, day: int
) -> None:
    """A month cut in two at one wage and place pays the same, but for a rounding."""
    whole = worker.model_copy(
        update={"earlier": (), "leave": (), "paid_days": Decimal(21), "unpaid_days": Decimal(0)}
    )
    earlier = Spell(
        work_place=whole.work_place,
        agreed_wage_fen=whole.agreed_wage_fen,
        paid_days=Decimal(day),
    )
    cut = whole.model_copy(
        update={"id": "cut", "earlier": (earlier,), "paid_days": Decimal(21 - day)}
    )
    payroll = _computed([whole, cut], demo)
    for code in ("monthly_wage", "applicable_minimum"):
        one, two = payroll.amounts(code).tolist()
        assert abs(one - two) <= 1, code
