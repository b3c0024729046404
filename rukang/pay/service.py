"""Wage runs: asked for once, calculated once, kept with everything they were made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

import payroll
from payroll import LineKind, Month, Payroll, Payslip, Policy, WorkerMonth
from rukang.access import Database
from rukang.database.find import find
from rukang.employment import Employment
from rukang.homes import Home, hold
from rukang.pay.records import PayRun, PayslipRecord, RunState
from rukang.pay.workers import workers_of


def request_run(session: Session, home: Home, month: date) -> PayRun:
    """Return the home's run of a month, made if there is none: asking twice is asking once."""
    hold(session, home.id)
    query = select(PayRun).where(PayRun.home_id == home.id, PayRun.month == month)
    run = session.scalar(query)
    if run is None:
        run = PayRun(
            home_id=home.id,
            month=month,
            state=RunState.REQUESTED,
            requested_at=session.info["clock"](),
        )
        session.add(run)
        session.flush()
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


def calculate_run(database: Database, run_id: int, policy: Policy) -> None:
    """Calculate a requested run and keep inputs, payslips and digest, all in one transaction.

    A run that is calculated already is left as it is, so that a job started again after a crash
    does no harm.

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
        if run.state is not RunState.REQUESTED:
            return
        home = session.get_one(Home, run.home_id)
        pairs = workers_of(session, home, run.month, policy)
        workers = [worker for _, worker in pairs]
        result = payroll.compute(Month(run.month.year, run.month.month), workers, policy)
        _keep(session, run, pairs, result)


def payslip_of(record: PayslipRecord) -> Payslip:
    """Return a stored payslip as the engine made it."""
    return payroll.from_plain(record.slip)


def _keep(
    session: Session, run: PayRun, pairs: list[tuple[Employment, WorkerMonth]], result: Payroll
) -> None:
    run.inputs = [worker.model_dump(mode="json") for _, worker in pairs]
    run.digest = result.digest()
    run.state = RunState.CALCULATED
    for person, (work, _) in enumerate(pairs):
        session.add(_record(run, work, result, person))


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
