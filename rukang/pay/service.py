"""Wage runs: asked for once, calculated once, kept with everything they were made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

import payroll
from payroll import LineKind, Month, Payroll, Payslip, Policy, WorkerMonth
from rukang.access import Database
from rukang.clock import in_shanghai
from rukang.database.find import find
from rukang.employment import Employment
from rukang.homes import Home, hold
from rukang.pay.left_open import left_open
from rukang.pay.life import reach
from rukang.pay.records import PayRun, PayslipRecord, RunState
from rukang.pay.settle import Owed, bearable, is_payable, owed
from rukang.pay.stored import inputs_of
from rukang.pay.workers import leavers_of, workers_of


def request_run(session: Session, home: Home, month: date, by: str | None = None) -> PayRun:
    """Return the home's run of a month, made if there is none: asking twice is asking once.

    Parameters
    ----------
    by
        Who asks and answers for the inputs; the session's caller if not given.
    """
    hold(session, home.id)
    query = select(PayRun).where(PayRun.home_id == home.id, PayRun.month == month)
    run = session.scalar(query)
    if run is None:
        run = PayRun(
            home_id=home.id,
            month=month,
            state=RunState.DRAFT,
            requested_at=session.info["clock"](),
        )
        session.add(run)
        session.flush()
        reach(session, run, RunState.DRAFT, by or session.info["actor"])
    return run


def list_runs(session: Session, home: Home) -> Sequence[PayRun]:
    """Return a home's runs, newest month first."""
    query = select(PayRun).where(PayRun.home_id == home.id).order_by(PayRun.month.desc())
    return session.scalars(query).all()


def find_run(session: Session, run_id: int) -> PayRun:
    """Return a run.

    Raises
    ------
    NotFoundError
        If there is none that the session may see.
    """
    return find(session, PayRun, run_id, "工资批次", "wage run")


def calculate_run(
    database: Database, run_id: int, policy: Policy, known_on: date | None = None
) -> None:
    """Calculate a draft and keep inputs, payslips and digest, all in one transaction.

    What locked months leave to settle is part of it; what it leaves open itself is told in its
    step. A run that is calculated already is left as it is, so that a job started again after a
    crash does no harm.

    Parameters
    ----------
    known_on
        The day by whose knowledge of the figures it is computed; today if not given.

    Raises
    ------
    NotFoundError
        If there is no such run.
    InvalidError
        If records of the month are missing.
    payroll.UnknownFigure, payroll.RefusedInput
        If a figure is unknown, or a month cannot be right.
    """
    with database.session() as session:
        run = find_run(session, run_id)
        hold(session, run.home_id)
        session.refresh(run)
        if run.state is not RunState.DRAFT:
            return
        known = known_on or in_shanghai(session.info["clock"]()).date()
        policy = policy.as_known_on(known)
        home = session.get_one(Home, run.home_id)
        arrears = owed(session, home, run.month, policy)
        pairs, result = _computed(session, home, run.month, policy, arrears)
        run.known_on = known
        settled = {work.job: worker.arrears for work, worker in pairs}
        unsettled = [job for job, items in arrears.items() if items != settled.get(job)]
        _keep(session, run, pairs, result, left_open(session, run, unsettled))


def is_reproduced(run: PayRun, policy: Policy) -> bool:
    """Return whether a run, computed anew from its frozen inputs, is the same to the bit.

    It is not if the rule base has been changed for the days before ``known_on``: published
    figures are corrected by later ones, never overwritten.
    """
    if run.known_on is None:
        return False
    workers = [worker for _, worker in inputs_of(run)]
    again = payroll.compute(_month(run.month), workers, policy.as_known_on(run.known_on))
    return again.digest() == run.digest


Pairs = list[tuple[Employment, WorkerMonth]]


def _computed(
    session: Session, home: Home, month: date, policy: Policy, arrears: Owed
) -> tuple[Pairs, Payroll]:
    """Compute a month without arrears, then with as much of them as each wage can bear.

    Who has left is paid what earlier months owe.
    """
    pairs = workers_of(session, home, month, policy)
    result = payroll.compute(_month(month), [worker for _, worker in pairs], policy)
    here = {work.job for work, _ in pairs}
    owed_to_leavers = {
        job: items for job, items in arrears.items() if job not in here and is_payable(items)
    }
    settling = leavers_of(session, home, month, policy, owed_to_leavers)
    if not settling and not here & arrears.keys():
        return pairs, result
    for person, (work, worker) in enumerate(pairs):
        own = bearable(arrears.get(work.job, ()), result.payslip(person), policy, home.county)
        settling.append((work, worker.model_copy(update={"arrears": own})))
    settling.sort(key=lambda pair: (pair[0].resident.code, pair[0].employer.uscc))
    return settling, payroll.compute(_month(month), [worker for _, worker in settling], policy)


def _month(first: date) -> Month:
    return Month(first.year, first.month)


def _keep(session: Session, run: PayRun, pairs: Pairs, result: Payroll, note: str) -> None:
    run.inputs = [worker.model_dump(mode="json") for _, worker in pairs]
    run.digest = result.digest()
    for person, (work, _) in enumerate(pairs):
        session.add(_record(run, work, result, person))
    reach(session, run, RunState.CALCULATED, session.info["actor"], note)


def _record(run: PayRun, work: Employment, result: Payroll, person: int) -> PayslipRecord:
    slip = result.payslip(person)
    return PayslipRecord(
        home_id=run.home_id,
        run_id=run.id,
        employment_id=work.id,
        slip=payroll.to_plain(slip),
        gross_fen=slip.gross_fen,
        employee_shares_fen=_sum(slip, LineKind.EMPLOYEE_SHARE),
        tax_fen=_sum(slip, LineKind.TAX),
        deductions_fen=_sum(slip, LineKind.DEDUCTION),
        net_fen=slip.net_fen,
        employer_cost_fen=slip.employer_total_fen,
    )


def _sum(slip: Payslip, kind: LineKind) -> int:
    return sum(line.amount_fen for line in slip.lines if line.kind is kind)
