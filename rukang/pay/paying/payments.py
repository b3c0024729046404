"""Paying a locked run through the bank: what is sent, what the bank answers, what is sent again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import yuan
from rukang.base.database import context
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.homes import lock_home
from rukang.pay.owed.heirs import due, to_bank
from rukang.pay.store.records import Payment, PaymentState, PayRun, PayslipRecord, RunState


@dataclass(frozen=True)
class BankAnswer:
    """What the bank says of one payment."""

    payslip_id: int
    amount_fen: int
    is_paid: bool
    message: str = ""


@dataclass(frozen=True)
class PaidSoFar:
    """How far a run is paid, its parts included: counts of payments and their sums in fen.

    What has not been sent yet waits, too.
    """

    paid: int
    paid_fen: int
    failed: int
    failed_fen: int
    waiting: int
    waiting_fen: int

    @property
    def is_complete(self) -> bool:
        """Whether everything has been paid."""
        return not (self.failed or self.waiting)


def send(session: Session, run: PayRun) -> Sequence[PayslipRecord]:
    """Note what of a run goes to the bank now, and return it, as `send_some` does.

    Raises
    ------
    ConflictError
        If the run is not locked, or has been paid.
    """
    return _send(session, run.id, run.home_id, run.payslips)


def send_some(session: Session, slips: Sequence[PayslipRecord]) -> Sequence[PayslipRecord]:
    """Note what goes to the bank now, and return it: what was never sent, and what failed.

    Sending twice sends nothing twice: what is on its way or paid is left out. What is owed to
    somebody who died goes to the payee of the heirs, and waits while nobody named one.

    Parameters
    ----------
    slips
        Those that may go, such as one employer's, of one run or of several.

    Raises
    ------
    ConflictError
        If one of their runs is not locked, or has been paid; nothing is noted then.
    """
    by_run: dict[int, list[PayslipRecord]] = {}
    for slip in slips:
        by_run.setdefault(slip.run_id, []).append(slip)
    return [
        going
        for run_id, own in by_run.items()
        for going in _send(session, run_id, own[0].home_id, own)
    ]


def _send(
    session: Session, run_id: int, home_id: int, slips: Sequence[PayslipRecord]
) -> Sequence[PayslipRecord]:
    lock_home(session, home_id)
    runs = PayRun.__table__.c
    # Past the session: whoever acts for one employer sees its payslips and no run.
    state = session.connection().scalar(select(runs.state).where(runs.id == run_id))
    if state is not RunState.LOCKED:
        raise ConflictError(
            f"工资批次 {run_id} 的状态是 {state}；锁定以后、记为已发放以前才能送银行。",
            f"Wage run {run_id} is {state}; only a locked run goes to the bank.",
        )
    query = select(Payment).where(Payment.run_id == run_id)
    known = {payment.payslip_id: payment for payment in session.scalars(query)}
    going, amounts = [], due(session, slips)
    for slip in to_bank(session, slips):
        payment = known.get(slip.id)
        if payment and payment.state is not PaymentState.FAILED:
            continue
        if payment is None:
            payment = Payment(home_id=home_id, run_id=run_id, payslip_id=slip.id)
            session.add(payment)
        payment.amount_fen = amounts[slip.id]
        payment.state, payment.message = PaymentState.SENT, ""
        payment.at = context.now(session)
        going.append(slip)
    session.flush()
    return going


def take_answers(session: Session, run: PayRun, answers: Sequence[BankAnswer]) -> PaidSoFar:
    """Note what the bank answered, all of it or nothing, and return how far the run is paid.

    The same answer twice changes nothing; a payment that is paid cannot fail afterwards.

    Raises
    ------
    InvalidError
        If an answer is of a payment that was not sent, of another amount, or given twice with
        different outcomes.
    """
    lock_home(session, run.home_id)
    known = {payment.payslip_id: payment for payment in payments_of(session, run)}
    wrong = [problem for answer in answers for problem in _wrong(known, answer)]
    outcomes = {(answer.payslip_id, answer.is_paid) for answer in answers}
    if len(outcomes) != len({payslip for payslip, _ in outcomes}):
        wrong.append(("同一笔付款既成功又失败", "a payment both succeeded and failed"))
    if wrong:
        raise InvalidError("；".join(zh for zh, _ in wrong), "; ".join(en for _, en in wrong))
    for answer in answers:
        payment = known[answer.payslip_id]
        payment.state = PaymentState.PAID if answer.is_paid else PaymentState.FAILED
        payment.message = answer.message
        payment.at = context.now(session)
    session.flush()
    return paid_so_far(session, run)


def paid_so_far(session: Session, run: PayRun) -> PaidSoFar:
    """Return how far a run is paid."""
    payments = {payment.payslip_id: payment for payment in payments_of(session, run)}
    by_state: dict[PaymentState, list[int]] = {state: [] for state in PaymentState}
    # What was paid before a death was known stays paid, whatever is still due.
    amounts = due(session, run.payslips)
    for slip in run.payslips:
        payment = payments.get(slip.id)
        if payment and payment.state is not PaymentState.FAILED:
            if slip.id in amounts or payment.state is PaymentState.PAID:
                by_state[payment.state].append(payment.amount_fen)
        elif slip.id in amounts:
            state = payment.state if payment else PaymentState.SENT
            by_state[state].append(amounts[slip.id])
        for part in slip.parts:
            if part.amount_fen:
                by_state[part.state].append(part.amount_fen)
    paid, failed, waiting = (
        by_state[state] for state in (PaymentState.PAID, PaymentState.FAILED, PaymentState.SENT)
    )
    return PaidSoFar(
        paid=len(paid),
        paid_fen=sum(paid),
        failed=len(failed),
        failed_fen=sum(failed),
        waiting=len(waiting),
        waiting_fen=sum(waiting),
    )


def payments_of(session: Session, run: PayRun) -> Sequence[Payment]:
    """Return a run's payments, in the order of its payslips."""
    query = select(Payment).where(Payment.run_id == run.id).order_by(Payment.payslip_id)
    return session.scalars(query).all()


def refuse_unpaid(session: Session, run: PayRun, note: str) -> None:
    """Refuse to call a run paid while money is missing; paid otherwise, a note has to say how.

    Raises
    ------
    ConflictError
        Naming how many payments failed or wait.
    """
    so_far = paid_so_far(session, run)
    by_bank = payments_of(session, run)
    if so_far.is_complete or (not by_bank and note.strip()):
        return
    raise ConflictError(
        f"还有 {so_far.failed} 笔失败、{so_far.waiting} 笔没有回单"
        f"（共 {yuan(so_far.failed_fen + so_far.waiting_fen)} 元）；"
        "没有通过银行发放的，请写明怎样发放。",
        f"{so_far.failed} payments failed and {so_far.waiting} have no answer; if the wages were "
        "paid otherwise, say how.",
    )


def _wrong(known: dict[int, Payment], answer: BankAnswer) -> list[tuple[str, str]]:
    payment = known.get(answer.payslip_id)
    if payment is None:
        return [
            (
                f"工资条 {answer.payslip_id} 没有送过银行",
                f"payslip {answer.payslip_id} was not sent",
            )
        ]
    who = payment.payslip.employment.resident.code
    found = []
    if payment.amount_fen != answer.amount_fen:
        answered, sent = yuan(answer.amount_fen), yuan(payment.amount_fen)
        found.append(
            (
                f"{who}：回单 {answered}，与送出的 {sent} 不符",
                f"{who}: {answered} answered, {sent} sent",
            )
        )
    if payment.state is PaymentState.PAID and not answer.is_paid:
        found.append((f"{who}：已经付成，不能再记为失败", f"{who}: was paid, cannot fail now"))
    return found
