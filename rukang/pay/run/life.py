"""The life of a wage run: who takes it from one state to the next, and when that is refused."""

from __future__ import annotations

from sqlalchemy.orm import Session

from rukang.base.database import context
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError
from rukang.bodies.homes import lock_home
from rukang.pay.month.missing import refuse_missing
from rukang.pay.owed.entries import enter_run
from rukang.pay.paying.payments import refuse_unpaid
from rukang.pay.store.records import PayRun, PayStep, RunState
from rukang.pay.year.elsewhere import lock_payers, refuse_uncounted

NEXT = {
    RunState.CALCULATED: RunState.APPROVED,
    RunState.APPROVED: RunState.LOCKED,
    RunState.LOCKED: RunState.PAID,
    RunState.PAID: RunState.RECONCILED,
    RunState.RECONCILED: RunState.DECLARED,
}
"""The state that follows each, once a person takes the step."""


def advance(session: Session, run: PayRun, to: RunState, note: str = "") -> None:
    """Take a run one step further in its life.

    Raises
    ------
    ConflictError
        If the state asked for does not follow the run's own, it is to be locked while somebody is
        neither computed nor left out, or wages of the same payer were locked in another home since
        it was calculated, it is called paid while payments are missing, or it is to be approved
        and nobody is on record for the calculation.
    NotAllowedError
        If who approves is who calculated: it takes a second person.
    """
    if to is RunState.LOCKED:
        lock_payers(session, run)
    lock_home(session, run.home_id)
    session.refresh(run)
    if NEXT.get(run.state) is not to:
        raise ConflictError(
            f"工资批次 {run.id} 的状态是 {run.state}，不能到 {to}；下一步是 "
            f"{NEXT.get(run.state, '计算 calculate' if run.state is RunState.DRAFT else '无')}。",
            f"Wage run {run.id} is {run.state}; that cannot become {to}.",
        )
    if to is RunState.APPROVED:
        _require_second_person(run, context.actor(session))
    if to is RunState.LOCKED:
        refuse_missing(run)
        refuse_uncounted(session, run)
    if to is RunState.PAID:
        refuse_unpaid(session, run, note)
    reach(session, run, to, note)
    if to is RunState.LOCKED:
        enter_run(session, run)


def _require_second_person(run: PayRun, by: str) -> None:
    first = calculated_by(run)
    if first is None:
        raise ConflictError(
            f"工资批次 {run.id} 没有记录是谁计算的（由旧版本计算），不能批准；请退回并重新计算，"
            "由计算人以外的人批准。",
            f"Nobody is on record for the calculation of wage run {run.id} (an older version made"
            " it), so it cannot be approved; take it back and calculate it anew, then a second"
            " person can approve it.",
        )
    if by == first:
        raise NotAllowedError(
            f"{by} 计算了这一批工资，须由另一人复核批准。",
            f"{by} calculated this run; a second person has to approve it.",
        )


def reopen(session: Session, run: PayRun, reason: str) -> None:
    """Take a run that is not locked back to a draft; its payslips are discarded.

    Raises
    ------
    ConflictError
        If the run is locked: what was wrong in it is corrected in the next open one.
    InvalidError
        If no reason is given.
    """
    if not reason.strip():
        raise InvalidError("请写明退回的原因。", "Say why the run is taken back.")
    lock_home(session, run.home_id)
    session.refresh(run)
    if run.state.is_final:
        raise ConflictError(
            f"工资批次 {run.id} 已锁定，不能退回；请登记更正，差额在下一个未锁定的月份补发或收回。",
            f"Wage run {run.id} is locked; enter a correction, it is settled in the next month.",
        )
    for slip in list(run.payslips):
        session.delete(slip)
    for item in [item for item in run.missing if item.left_out is None]:
        session.delete(item)
    session.flush()
    session.expire(run, ["payslips", "missing"])
    run.inputs = run.digest = run.digest_version = run.known_on = run.waiting = None
    reach(session, run, RunState.DRAFT, reason)


def reach(session: Session, run: PayRun, state: RunState, note: str = "") -> None:
    """Set a run's state and write the step down."""
    run.state = state
    step = PayStep(
        home_id=run.home_id,
        run_id=run.id,
        state=state,
        at=context.now(session),
        by=context.actor(session),
        note=note,
    )
    session.add(step)
    session.flush()
    session.expire(run, ["steps"])


def calculated_by(run: PayRun) -> str | None:
    """Return who asked for the calculation that the run holds now."""
    asked = [step.by for step in run.steps if step.state is RunState.DRAFT]
    return asked[-1] if asked else None
