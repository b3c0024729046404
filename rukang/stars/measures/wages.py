"""Jobs and what a month's wages hold: contracts, the minimum, insurance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import chain

from sqlalchemy import select

from payroll import Payslip
from rukang.base.clock import days_of_month
from rukang.engines.rating.criteria.measure import Measurement
from rukang.pay import PayRun, PayslipRecord, employments_of, payslip_of
from rukang.stars.measures.window import Records, share
from rukang.work.employment import EmploymentKind

WAGE_RUNS = "工资批次 wage runs"
EMPLOYER_SHARES = (
    "pension_employer",
    "medical_employer",  # collected together with maternity
    "unemployment_employer",
    "injury_employer",
)
"""All five insurances are paid when none of these is nil."""


def contracts_share(records: Records) -> Measurement | None:
    """Return the jobs whose terms held to the end of a month, month by month."""
    by_month = {
        month: works
        for month in records.window.months
        if (works := employments_of(records.session, records.home, month))
    }
    hits = (
        work.ended_on is None or work.ended_on >= days_of_month(month)[-1]
        for month, works in by_month.items()
        for work in works
    )
    used = chain.from_iterable(by_month.values())
    return share(records, hits, "用工关系 employments", by_month, used)


def wages_at_or_above_minimum_share(records: Records) -> Measurement | None:
    """Return the payslips of labour contracts that reach the minimum wage."""
    return _of_slips(records, _reaches_minimum)


def insured_share(records: Records) -> Measurement | None:
    """Return the payslips of labour contracts with all five insurances."""
    return _of_slips(records, _is_insured)


def runs_of(records: Records, first: date, last: date) -> list[PayRun]:
    """Return the home's wage runs of the months in a span, in order."""
    query = select(PayRun).where(
        PayRun.home_id == records.home.id, PayRun.month.between(first, last)
    )
    return list(records.session.scalars(query.order_by(PayRun.month)))


def _of_slips(records: Records, holds: Callable[[Payslip], bool]) -> Measurement | None:
    runs = runs_of(records, records.window.first, records.window.last)
    slips = [slip for run in runs for slip in run.payslips if _of_contract(slip)]
    months = {slip.run.month for slip in slips}
    open_runs = [run for run in runs if run.month in months and not run.state.is_final]
    told = "".join(f"，{run.month:%Y-%m} 尚未锁定 not locked yet" for run in open_runs)
    hits = (holds(payslip_of(slip)) for slip in slips)
    return share(records, hits, WAGE_RUNS + told, months, slips)


def _of_contract(slip: PayslipRecord) -> bool:
    return slip.employment.kind is EmploymentKind.CONTRACT


def _reaches_minimum(slip: Payslip) -> bool:
    paid = slip.amount_fen("countable_wage") + slip.amount_fen("minimum_top_up")
    return paid >= slip.amount_fen("applicable_minimum")


def _is_insured(slip: Payslip) -> bool:
    return all(slip.amount_fen(line) > 0 for line in EMPLOYER_SHARES)
