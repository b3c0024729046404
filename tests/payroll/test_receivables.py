"""Over a year of odd months: nothing is lost between net and advance, late or in time."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payroll import (
    Arrear,
    Deduction,
    Leave,
    LeaveKind,
    LineKind,
    Month,
    Payslip,
    Policy,
    Spell,
    TaxYear,
    WorkerMonth,
    compute,
    compute_each,
    difference,
    paid_lines,
    year_after,
)
from rukang.pay.owed.entries import recoverable
from tests.demo import LOCAL_POLICY
from tests.payroll.strategies import contract_workers, groups

Build = Callable[..., WorkerMonth]
MONTHS = [Month(2026, month) for month in range(1, 13)]
SCHEDULED = (21, 20, 22, 22, 19, 22, 23, 21, 22, 21, 21, 23)
"""Paid days of the months, as some calendar might have them."""

PLACES = ("371681", "371621")
"""Counties of the second and of the third tier."""

LATE = """\
document: 示例，非官方
date: 2026-08-05
figures:
  - {parameter: insurance.base.floor, place: 370000, from: 2026-01-01, to: 2026-12-31, value: 4700}
  - {parameter: insurance.base.cap, place: 370000, from: 2026-01-01, to: 2026-12-31, value: 23500}
  - {parameter: wage.advance_recovery_share, place: 371681, from: 2026-01-01, value: 0.2,
     date: 2026-01-01}
"""


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """The demo's rule base, a base known in August, and a place that lets a fifth be recovered."""
    path = tmp_path_factory.mktemp("policy") / "late.yaml"
    path.write_text(LATE, encoding="utf-8")
    return Policy.load(local=[LOCAL_POLICY, path])


@st.composite
def odd_months(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A year of somebody who joins some day, is ill, on leave, away, leaves and joins again.

    Wage, base and place change from month to month and within one. Months without a job hold what
    earlier ones leave to settle, and nothing else.
    """
    joins, found = draw(st.integers(1, 9)), []
    since, left = date(2026, joins, 20 if joins < 9 else 1), None
    for at, scheduled in enumerate(SCHEDULED, start=1):
        month = Month(2026, at)
        if at > joins and draw(st.integers(0, 5)) == 0:
            left = left or Month(2026, at - 1).last
            found.append(_gone(since, left, scheduled))
            continue
        if left is not None:
            since, left = month.first, None
        found.append(draw(_a_month(since, scheduled, at > joins)))
    return found[joins - 1 :]


def _gone(since: date, left: date, scheduled: int) -> dict[str, Any]:
    """Return a month after the job had ended."""
    return {
        "joined": since,
        "left": left,
        "scheduled_days": Decimal(scheduled),
        "paid_days": Decimal(0),
        "insured": frozenset(),
    }


@st.composite
def _a_month(draw: st.DrawFn, since: date, scheduled: int, may_part: bool) -> dict[str, Any]:
    """A month of the job, in two spells, perhaps with days between them."""
    paid = draw(st.integers(0, scheduled))
    rest = scheduled - paid
    sick = draw(st.integers(0, rest))
    maternity = draw(st.sampled_from([0, rest - sick]))
    unpaid = rest - sick - maternity
    between = draw(st.sampled_from([0, unpaid])) if may_part else 0
    first = draw(st.integers(0, paid))
    return {
        "joined": since,
        "work_place": draw(st.sampled_from(PLACES)),
        "insured_place": "371681",
        "scheduled_days": Decimal(scheduled),
        "between_days": Decimal(between),
        "agreed_wage_fen": draw(st.integers(221_000, 480_000)),
        "declared_base_fen": draw(st.integers(221_000, 480_000)),
        "earlier": (
            Spell(
                work_place=draw(st.sampled_from(PLACES)),
                agreed_wage_fen=draw(st.integers(221_000, 480_000)),
                paid_days=Decimal(first),
            ),
        ),
        "paid_days": Decimal(paid - first),
        "unpaid_days": Decimal(unpaid - between),
        "leave": (
            Leave(kind=LeaveKind.SICK, days=Decimal(sick)),
            Leave(kind=LeaveKind.MATERNITY, days=Decimal(maternity)),
        ),
        "sick_pay_share": Decimal(draw(st.integers(0, 100))) / 100,
    }


class Office:
    """The pay office of one worker, who agreed to the recovery of what is advanced."""

    def __init__(self, policy: Policy, months: list[WorkerMonth]) -> None:
        self.policy, self.workers = policy, list(months)
        self.months = MONTHS[-len(months) :]
        self.slips: dict[int, Payslip] = {}
        self.paid_months = 0
        self.settled: list[Arrear] = []
        self.year = TaxYear(months_employed=1)
        self.open = 0

    def pay(self, known: date, settle: bool) -> None:
        """Pay the next month with what is known on a day, settle or not, recover what may be."""
        at, policy = self.paid_months, self.policy.as_known_on(known)
        self.paid_months += 1
        arrears = self.owed(known) if settle else ()
        if self.is_gone(at) and not arrears:
            return
        worker = self.workers[at].model_copy(update={"tax_year": self.year, "arrears": arrears})
        without = compute(self.months[at], [worker], policy).payslip(0)
        kept = min(self.open, recoverable(without, worker, policy, worker.work_place))
        worker = worker.model_copy(update={"advance_recovered_fen": kept})
        # What was recovered is part of the month, so that computing it again finds it right.
        self.workers[at] = worker.model_copy(update={"arrears": ()})
        slip = compute(self.months[at], [worker], policy).payslip(0)
        assert kept <= slip.gross_fen // 5
        self.open += slip.amount_fen("advance") - kept
        self.slips[at] = slip
        self.settled += arrears
        if slip.month.month < 12:
            self.year = year_after(worker, slip)

    def owed(self, known: date) -> tuple[Arrear, ...]:
        """Return what every month paid so far leaves to settle."""
        return tuple(
            arrear
            for at, slip in self.slips.items()
            if not self.is_gone(at)
            for arrear in difference(
                self.months[at], paid_lines(slip, self.settled), self.right(at, known)
            )
        )

    def is_gone(self, at: int) -> bool:
        """Return whether the job had ended before a month."""
        left = self.workers[at].left
        return left is not None and left < self.months[at].first

    def right(self, at: int, known: date) -> Payslip:
        """Return a month as it should have been; what was locked is never refused."""
        worker = self.workers[at].model_copy(update={"tax_year": TaxYear(months_employed=1)})
        policy = self.policy.as_known_on(known)
        each = compute_each(self.months[at], [worker], policy, settled=True)
        return each.payroll.payslip(0)

    @property
    def paid_out(self) -> int:
        """Return the net pay of all months."""
        return sum(slip.net_fen for slip in self.slips.values())

    def due(self) -> int:
        """Return what the year's pay leaves after own shares and tax."""
        return sum(
            slip.gross_fen
            - sum(
                line.amount_fen
                for line in slip.lines
                if line.kind in (LineKind.EMPLOYEE_SHARE, LineKind.TAX)
            )
            for slip in self.slips.values()
        )


@given(months=odd_months(), settle=st.lists(st.booleans(), min_size=12, max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_late_ends_where_right_would_have_receivables_included(
    late: Policy, quota_worker: Build, months: list[dict[str, Any]], settle: list[bool]
) -> None:
    """What was paid less what is still owed is the pay less shares and tax, and alike both ways.

    No month is refused, none pays out less than nothing, and none both advances and pays. Months
    after a job settle what is owed; who joins again goes on with the same ledger.
    """
    people = [quota_worker(**month, tax_year=TaxYear(months_employed=1)) for month in months]
    office, straight = Office(late, people), Office(late, people)
    for month, now in zip(office.months[:-1], settle, strict=False):
        office.pay(month.last, settle=now)
    office.pay(date(2026, 12, 31), settle=True)
    for _ in straight.months:
        straight.pay(date(2026, 12, 31), settle=False)
    for way in (office, straight):
        assert way.paid_out - way.open == way.due()
        for slip in way.slips.values():
            assert slip.net_fen >= 0
            assert not (slip.amount_fen("advance") and slip.net_fen)
    assert office.paid_out - office.open == straight.paid_out - straight.open
    assert office.owed(date(2026, 12, 31)) == ()


def _broken(worker: WorkerMonth, how: int) -> WorkerMonth:
    """Return a month that cannot be computed, in one of several ways, or as it is."""
    everything: dict[str, Any] = {
        "tax_year": None,
        "scheduled_days": Decimal(0),
        "work_place": "110101",
        "paid_days": Decimal(31),
        "deductions": (Deduction(name="赔偿", amount_fen=10**9),),
    }
    field = list(everything)[how % len(everything)]
    return worker.model_copy(update={field: everything[field]})


@given(
    workers=groups,
    odd=contract_workers(),
    breaks=st.lists(st.none() | st.integers(0, 4), min_size=9, max_size=9),
)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_nobody_is_refused_by_another_s_month(
    demo: Policy, workers: list[WorkerMonth], odd: WorkerMonth, breaks: list[int | None]
) -> None:
    """Whoever can be computed alone is computed among the others, alike; who cannot, is not."""
    people = [
        worker if how is None else _broken(worker, how)
        for worker, how in zip([*workers, odd], breaks, strict=False)
    ]
    month = Month(2026, 10)
    each = compute_each(month, people, demo)
    assert sorted([*each.computed, *each.refused]) == list(range(len(people)))
    for person, worker in enumerate(people):
        alone = compute_each(month, [worker], demo)
        assert (person in each.refused) is bool(alone.refused)
        if alone.refused:
            assert each.refused[person] == alone.refused[0]
        else:
            row = each.computed.index(person)
            assert each.payroll.payslip(row) == alone.payroll.payslip(0)
