"""What locked months leave to settle in the next open one, by what is known now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

import payroll
from payroll import Arrear, LineKind, Month, Payslip, Policy, WorkerMonth
from payroll.lines.catalogue import CATALOGUE
from rukang.bodies.homes import Home
from rukang.pay.month.late_ends import LateEnds, late_ends
from rukang.pay.owed.ledger import Receivable, receivables
from rukang.pay.owed.overpaid import without_waived
from rukang.pay.store.records import FINAL, PayRun, PayslipRecord
from rukang.pay.store.stored import corrected, corrections_of, employed_in, inputs_of, payslip_of
from rukang.work.employment import Job

Owed = dict[Job, tuple[Arrear, ...]]
"""Arrears by job: they go on where other terms have begun."""


def owed(session: Session, home: Home, month: date, policy: Policy) -> Owed:
    """Return what the locked months before a month leave to settle, by job (`settlement`)."""
    return settlement(session, home, month, policy).owed


@dataclass(frozen=True)
class Settlement:
    """What locked months leave to settle, by job, and the jobs of which one cannot be reckoned."""

    owed: Owed
    unknown: frozenset[Job]


def settlement(session: Session, home: Home, month: date, policy: Policy) -> Settlement:
    """Return what the locked months before a month leave to settle.

    What was repaid counts as given back, and what was waived is not asked for again. Every such
    month is computed again from its frozen inputs, its corrections, and the figures as they are
    known now; what it was paid, then and by later locked months, is taken off. What was locked is
    never refused again: whoever's month cannot be reckoned keeps what was paid, and is told.
    """
    runs = _locked(session, home)
    ledgers = {item.work.job: item for item in receivables(session, home)}
    settled = _settled(runs, ledgers)
    found: dict[Job, list[Arrear]] = defaultdict(list)
    unknown: set[Job] = set()
    for run in (run for run in runs if run.month < month):
        late = late_ends(session, home, run, policy)
        unknown |= late.unknown
        records, workers = _corrected(session, run, late)
        at = Month(run.month.year, run.month.month)
        due = payroll.compute_each(at, workers, policy, settled=True)
        unknown |= {records[person].employment.job for person in due.refused}
        for row, person in enumerate(due.computed):
            job = records[person].employment.job
            paid = payroll.paid_lines(payslip_of(records[person]), settled[job])
            arrears = payroll.difference(at, paid, due.payroll.payslip(row))
            found[job] += without_waived(arrears, ledgers[job]) if job in ledgers else arrears
        for record in (slip for slip in run.payslips if slip.employment_id in late.gone):
            job = record.employment.job
            paid = payroll.paid_lines(payslip_of(record), settled[job])
            arrears = payroll.difference(at, paid, None)
            found[job] += without_waived(arrears, ledgers[job]) if job in ledgers else arrears
    return Settlement(
        {job: tuple(arrears) for job, arrears in found.items() if arrears}, frozenset(unknown)
    )


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
    # Own shares of earlier months go before pay that is recovered: it never takes an advance.
    own = sum(
        item.amount_fen
        for item in arrears
        if CATALOGUE[item.line][0] is LineKind.EMPLOYEE_SHARE and item.amount_fen > 0
    )
    room = min(int(without.gross_fen * ceiling) - deducted, above - deducted, without.net_fen - own)
    return payroll.within(arrears, max(room, 0))


def payable(arrears: Sequence[Arrear]) -> tuple[Arrear, ...]:
    """Return the arrears that are settled with somebody who has left.

    There is no wage to keep earlier pay from: a recovery waits, and is told. What is owed is paid;
    own shares that became due late go against it, and the employer advances the rest, for they are
    due to the insurance office all the same. Own shares of a month that come back go against pay
    of the same month that was too much.
    """
    months = [
        [item for item in arrears if item.month == month]
        for month in sorted({item.month for item in arrears})
    ]
    room = sum(max(_given(own), 0) for own in months)
    found: list[Arrear] = []
    for own in months:
        shares_back = max(-_own_shares(own), 0)
        beyond = min(max(-_given(own) - shares_back, 0), room)
        room -= beyond
        found += payroll.within(own, shares_back + beyond)
    return tuple(found)


def _given(arrears: Sequence[Arrear]) -> int:
    """Return what arrears give the worker beside shares, below nil if they take."""
    return sum(map(payroll.to_worker, arrears))


def _own_shares(arrears: Sequence[Arrear]) -> int:
    return sum(
        item.amount_fen for item in arrears if CATALOGUE[item.line][0] is LineKind.EMPLOYEE_SHARE
    )


def _locked(session: Session, home: Home) -> Sequence[PayRun]:
    query = select(PayRun).where(PayRun.home_id == home.id, PayRun.state.in_(FINAL))
    return session.scalars(query.order_by(PayRun.month)).all()


def _settled(runs: Sequence[PayRun], ledgers: Mapping[Job, Receivable]) -> dict[Job, list[Arrear]]:
    """Return what locked runs have settled of other months, and what was repaid, by job."""
    settled: dict[Job, list[Arrear]] = defaultdict(list)
    for job, owed in ledgers.items():
        settled[job] += owed.returned
    for run in runs:
        for record, worker in inputs_of(run):
            settled[record.employment.job] += worker.arrears
    return settled


def _corrected(
    session: Session, run: PayRun, late: LateEnds
) -> tuple[list[PayslipRecord], list[WorkerMonth]]:
    """Return a run's inputs with the corrections made since, and without what it settled.

    Who had left before the month was only settled with, and has nothing else in it. Nor are those
    in it whose job had ended before, as is known now, or of whom nobody can say what is right.
    """
    changes = dict(corrections_of(session, run.id))
    for employment_id, ended in late.changes.items():
        changes[employment_id] = changes.get(employment_id, {}) | ended
    pairs = [
        (record, worker)
        for record, worker in employed_in(run)
        if record.employment_id not in late.gone and record.employment.job not in late.unknown
    ]
    workers = [
        corrected(worker, changes.get(record.employment_id, {})).model_copy(update={"arrears": ()})
        for record, worker in pairs
    ]
    return [record for record, _ in pairs], workers
