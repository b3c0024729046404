"""What locked months leave to settle in the next open one, by what is known now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

import payroll
from payroll import Arrear, LineKind, Month, Payslip, Policy, WorkerMonth
from payroll.lines.catalogue import CATALOGUE
from rukang.employment import Job
from rukang.homes import Home
from rukang.pay.records import FINAL, PayCorrection, PayRun, PayslipRecord
from rukang.pay.stored import employed_in, inputs_of, payslip_of

Owed = dict[Job, tuple[Arrear, ...]]
"""Arrears by job: they go on where other terms have begun."""


def owed(session: Session, home: Home, month: date, policy: Policy) -> Owed:
    """Return what the locked months before a month leave to settle, by job.

    Every such month is computed again from its frozen inputs, its corrections, and the figures as
    they are known now; what it was paid, then and by later locked months, is taken off.
    """
    runs = _locked(session, home)
    settled = _settled(runs)
    found: dict[Job, list[Arrear]] = defaultdict(list)
    for run in (run for run in runs if run.month < month):
        records, workers = _corrected(session, run)
        at = Month(run.month.year, run.month.month)
        due = payroll.compute(at, workers, policy)
        for person, record in enumerate(records):
            paid = payroll.paid_lines(payslip_of(record), settled[record.employment.job])
            found[record.employment.job] += payroll.difference(at, paid, due.payslip(person))
    return {job: tuple(arrears) for job, arrears in found.items() if arrears}


def bearable(
    arrears: Sequence[Arrear], without: Payslip, policy: Policy, place: str
) -> tuple[Arrear, ...]:
    """Return the arrears of a person of which no more is recovered than a deduction may take.

    Parameters
    ----------
    without
        The month's payslip without any arrears.
    """
    ceiling = policy.value("wage.deduction_ceiling", place, without.month.first).value
    deducted = without.amount_fen("deductions")
    above = (
        without.amount_fen("countable_wage")
        + without.amount_fen("minimum_top_up")
        - without.amount_fen("applicable_minimum")
    )
    room = min(int(without.gross_fen * ceiling), above) - deducted
    return payroll.within(arrears, max(room, 0))


def is_payable(arrears: Sequence[Arrear]) -> bool:
    """Return whether arrears can be settled with somebody who has left.

    There is no wage to keep anything from: more pay than own shares has to be owed.
    """
    pay, shares = (
        sum(item.amount_fen for item in arrears if CATALOGUE[item.line][0] is kind)
        for kind in (LineKind.EARNING, LineKind.EMPLOYEE_SHARE)
    )
    return pay > 0 and pay >= shares


def _locked(session: Session, home: Home) -> Sequence[PayRun]:
    query = select(PayRun).where(PayRun.home_id == home.id, PayRun.state.in_(FINAL))
    return session.scalars(query.order_by(PayRun.month)).all()


def _settled(runs: Sequence[PayRun]) -> dict[Job, list[Arrear]]:
    """Return what locked runs have settled of other months, by job."""
    settled: dict[Job, list[Arrear]] = defaultdict(list)
    for run in runs:
        for record, worker in inputs_of(run):
            settled[record.employment.job] += worker.arrears
    return settled


def _corrected(session: Session, run: PayRun) -> tuple[list[PayslipRecord], list[WorkerMonth]]:
    """Return a run's inputs with the corrections made since, and without what it settled.

    Who had left before the month was only settled with, and has nothing else in it.
    """
    query = select(PayCorrection).where(PayCorrection.run_id == run.id).order_by(PayCorrection.id)
    changes: dict[int, dict[str, object]] = defaultdict(dict)
    for correction in session.scalars(query):
        changes[correction.employment_id] |= correction.changes
    pairs = employed_in(run)
    workers = [
        WorkerMonth.model_validate(
            worker.model_dump(mode="json") | {"arrears": []} | changes[record.employment_id]
        )
        for record, worker in pairs
    ]
    return [record for record, _ in pairs], workers
