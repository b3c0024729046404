"""Who of a month is not in its run, and why: computed, or expressly left out with a reason."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.database import context
from rukang.base.errors import ConflictError, InvalidError, NotFoundError
from rukang.bodies.homes import Home, lock_home
from rukang.pay.month.workers import Missing, employments_of
from rukang.pay.store.records import PayMissing, PayRun
from rukang.work.employment import Employment

TOLD = 20
"""People named in a refusal; the run lists all of them."""


def note_missing(session: Session, run: PayRun, missing: Missing) -> None:
    """Keep why jobs are not in a run that was just calculated; who is left out stays so."""
    for record in list(run.missing):
        if record.left_out is None:
            session.delete(record)
    session.flush()
    for employment_id, reasons in missing.items():
        session.add(
            PayMissing(
                home_id=run.home_id,
                run_id=run.id,
                employment_id=employment_id,
                reasons=[{"zh": why.zh, "en": why.en} for why in reasons],
            )
        )
    session.flush()
    session.expire(run, ["missing"])


def leave_out(session: Session, run: PayRun, employment_id: int, reason: str) -> PayMissing:
    """Leave somebody out of a month expressly, who has no payslip in its run.

    Raises
    ------
    InvalidError
        If no reason is given.
    NotFoundError
        If the home has no such employment in that month.
    ConflictError
        If the run holds a payslip of the job.
    """
    if not reason.strip():
        raise InvalidError("请写明不计入本月的原因。", "Say why the person is left out.")
    lock_home(session, run.home_id)
    session.refresh(run)
    work = _work(session, run, employment_id)
    if any(slip.employment.job == work.job for slip in run.payslips):
        raise ConflictError(
            f"{work.resident.code} 在 {run.month:%Y-%m} 的批次里有工资条；不计入须先退回草稿。",
            f"{work.resident.code} has a payslip in {run.month:%Y-%m}: take the run back first.",
        )
    record = _record(session, run, work.id)
    if record is None:
        record = PayMissing(home_id=run.home_id, run_id=run.id, employment_id=work.id, reasons=[])
        session.add(record)
    record.left_out, record.by = reason, context.actor(session)
    record.at = context.now(session)
    session.flush()
    session.expire(run, ["missing"])
    return record


def take_in(session: Session, run: PayRun, employment_id: int) -> None:
    """Take back that somebody is left out; a run that is calculated has to be calculated anew.

    Raises
    ------
    NotFoundError
        If the person is not left out.
    ConflictError
        If the run is locked.
    """
    lock_home(session, run.home_id)
    session.refresh(run)
    record = _record(session, run, employment_id)
    if record is None or record.left_out is None:
        raise NotFoundError(
            f"{run.month:%Y-%m} 没有把用工关系 {employment_id} 不计入。",
            f"Employment {employment_id} is not left out of {run.month:%Y-%m}.",
        )
    if run.state.is_final:
        raise ConflictError(
            f"工资批次 {run.id} 已锁定，不能再计入；请在以后的月份结算。",
            f"Wage run {run.id} is locked: settle with a later month.",
        )
    if record.reasons or run.state.has_payslips:
        record.left_out = record.by = record.at = None
        record.reasons = record.reasons or [
            {"zh": "刚计入，还没有计算", "en": "taken in, not computed yet"}
        ]
    else:
        session.delete(record)
    session.flush()
    session.expire(run, ["missing"])


def refuse_missing(run: PayRun) -> None:
    """Refuse to lock a run while somebody is neither computed nor left out with a reason.

    Raises
    ------
    ConflictError
        Naming who.
    """
    codes = sorted(item.employment.resident.code for item in run.missing if item.left_out is None)
    if codes:
        named = "、".join(codes[:TOLD]) + ("等" if codes[TOLD:] else "")
        raise ConflictError(
            f"还有 {len(codes)} 人没有算出工资：{named}；请更正后重新计算，或写明原因不计入本月，"
            "然后才能锁定。",
            f"{len(codes)} people are not computed ({', '.join(codes[:TOLD])}): mend and calculate"
            " anew, or leave them out with a reason; then the run can be locked.",
        )


def _record(session: Session, run: PayRun, employment_id: int) -> PayMissing | None:
    query = select(PayMissing).where(
        PayMissing.run_id == run.id, PayMissing.employment_id == employment_id
    )
    return session.scalar(query)


def _work(session: Session, run: PayRun, employment_id: int) -> Employment:
    home = session.get_one(Home, run.home_id)
    works = employments_of(session, home, run.month)
    given = next((work for work in works if work.id == employment_id), None)
    if given is None:
        raise NotFoundError(
            f"{run.month:%Y-%m} 没有用工关系 {employment_id}。",
            f"There is no employment {employment_id} in {run.month:%Y-%m}.",
        )
    # The last record of the month stands for the job, as in the run.
    return [work for work in works if work.job == given.job][-1]
