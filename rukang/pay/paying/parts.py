"""Part-time work paid before the month is over: parts of at most fifteen days (半月支付).

A part is computed like a month of which no later day is known: hours and dated pieces up to its
last day, tax by the year so far, less what the parts before it paid. What the month holds besides
(undated pieces, allowances, deductions, earlier months) comes with the month's wages, which pay
their net less all parts; so the payments of a month are its net, to the fen.

References
----------
劳动合同法第七十二条（非全日制用工劳动报酬结算支付周期最长不得超过十五日）
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

import payroll
from payroll import Month, Policy
from payroll.policy import Name
from rukang.base.clock import require_month
from rukang.base.database import context
from rukang.base.database.find import find_in
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.homes import Home, lock_home
from rukang.pay.month.workers import gather
from rukang.pay.store.records import PartPayment, PaymentState, PayRun, PayslipRecord, RunState
from rukang.people import deaths
from rukang.work.employment import Employment, EmploymentKind, Job

Span = tuple[date, date]


@dataclass
class Settled:
    """Parts that were settled now, and of whom one could not be, with the reasons."""

    parts: list[PartPayment] = field(default_factory=list)
    missing: list[tuple[Employment, list[Name]]] = field(default_factory=list)


@dataclass(frozen=True)
class PartAnswer:
    """What the bank says of one part."""

    part: PartPayment
    is_paid: bool
    message: str = ""


def parts_of(work: Employment, month: date) -> tuple[Span, ...]:
    """Return the parts of a month that are paid before its wages: all but the last."""
    if work.kind is not EmploymentKind.PART_TIME or not work.pay_cycle_days:
        return ()
    return Month(month.year, month.month).parts(work.pay_cycle_days)[:-1]


def parts_query(home: Home, month: date) -> Select[tuple[PartPayment]]:
    """Return the query of the parts of a month that were settled, by day."""
    query = select(PartPayment).where(PartPayment.home_id == home.id, PartPayment.month == month)
    return query.order_by(PartPayment.last, PartPayment.id)


def part_payments(session: Session, home: Home, month: date) -> Sequence[PartPayment]:
    """Return the parts of a month that were settled, by day."""
    return session.scalars(parts_query(home, month)).all()


def find_part(session: Session, home: Home, part_id: int) -> PartPayment:
    """Return a part's payment of a home.

    Raises
    ------
    NotFoundError
        If the home has none of that id.
    """
    inside = PartPayment.home_id == home.id
    return find_in(session, PartPayment, inside, part_id, "分期支付", "part payment")


def settle_parts(
    session: Session, home: Home, month: date, through: date, policy: Policy
) -> Settled:
    """Settle every part of a month that has ended by a day and was not settled before.

    They count as sent to the bank; asking twice settles nothing twice. Somebody who died is paid
    with the month, to the heirs.

    Raises
    ------
    InvalidError
        If the month or the day is out of bounds, or the day is still to come.
    ConflictError
        If the month's wages are calculated already: they pay all that is left.
    """
    require_month(month)
    lock_home(session, home.id)
    _require_day(session, month, through)
    _require_open(session, home, month)
    settled = Settled()
    dead = deaths(session)
    known: dict[Job, list[PartPayment]] = defaultdict(list)
    for part in part_payments(session, home, month):
        known[part.employment.job].append(part)
    for last in _ends(session, home, month, through):
        found = gather(session, home, month, policy, through=last)
        pairs = [pair for pair in found.pairs if _is_due(pair[0], month, last, known)]
        each = payroll.compute_each(
            Month(month.year, month.month), [worker for _, worker in pairs], policy
        )
        refused = {pairs[at][0].id: list(why) for at, why in each.refused.items()}
        for at, why in (found.missing | refused).items():
            if _is_due(found.works[at], month, last, known):
                settled.missing.append((found.works[at], why))
        for row, at in enumerate(each.computed):
            work = pairs[at][0]
            if work.resident.person_id in dead:
                continue
            before = sum(part.amount_fen for part in known[work.job])
            amount = max(each.payroll.payslip(row).net_fen - before, 0)
            part = _part(session, work, month, last, amount)
            known[work.job].append(part)
            settled.parts.append(part)
    session.flush()
    return settled


def send_again(session: Session, home: Home, month: date) -> list[PartPayment]:
    """Note the parts that failed as sent once more, and return them."""
    lock_home(session, home.id)
    failed = [
        part for part in part_payments(session, home, month) if part.state is PaymentState.FAILED
    ]
    for part in failed:
        part.state, part.message = PaymentState.SENT, ""
        part.at = context.now(session)
    session.flush()
    return failed


def answer_part(session: Session, part: PartPayment, *, is_paid: bool, message: str = "") -> None:
    """Note that a part was paid, by the bank or in cash, or that the payment failed.

    Raises
    ------
    ConflictError
        If it was paid and is said to have failed.
    """
    lock_home(session, part.home_id)
    session.refresh(part)
    if part.state is PaymentState.PAID and not is_paid:
        raise ConflictError("已经付成，不能再记为失败。", "It was paid, it cannot fail now.")
    if part.state is PaymentState.PAID:
        return
    part.state = PaymentState.PAID if is_paid else PaymentState.FAILED
    part.message, part.at = message, context.now(session)
    session.flush()


def join_parts(session: Session, run: PayRun, slips: Sequence[PayslipRecord]) -> None:
    """Join the parts of a month to its payslips; one that failed is due with the month instead."""
    by_job = {slip.employment.job: slip for slip in slips}
    query = select(PartPayment).where(
        PartPayment.home_id == run.home_id, PartPayment.month == run.month
    )
    for part in session.scalars(query):
        if part.state is PaymentState.FAILED:
            session.delete(part)
        elif part.employment.job in by_job:
            part.payslip_id = by_job[part.employment.job].id
    session.flush()
    for slip in slips:
        session.expire(slip, ["parts"])


def _ends(session: Session, home: Home, month: date, through: date) -> list[date]:
    """Return the last days of the parts that have ended by a day, of anybody, in order."""
    query = select(Employment).where(
        Employment.home_id == home.id, Employment.kind == EmploymentKind.PART_TIME
    )
    ends = {last for work in session.scalars(query) for _, last in parts_of(work, month)}
    return sorted(last for last in ends if last <= through)


def _is_due(
    work: Employment, month: date, last: date, known: Mapping[Job, Sequence[PartPayment]]
) -> bool:
    """Return whether a job has a part with this last day that is not settled yet."""
    ends = [end for _, end in parts_of(work, month)]
    settled = [part.last for part in known.get(work.job, ())]
    return last in ends and last not in settled and work.started_on <= last


def _part(session: Session, work: Employment, month: date, last: date, amount: int) -> PartPayment:
    first = next(start for start, end in parts_of(work, month) if end == last)
    part = PartPayment(
        home_id=work.home_id,
        employment_id=work.id,
        month=month,
        first=max(first, work.started_on),
        last=last,
        amount_fen=amount,
        # Where nothing was earned nothing goes to the bank.
        state=PaymentState.SENT if amount else PaymentState.PAID,
        message="",
        at=context.now(session),
        by=context.actor(session),
    )
    session.add(part)
    return part


def _require_day(session: Session, month: date, through: date) -> None:
    today = context.today(session)
    if (through.year, through.month) != (month.year, month.month):
        raise InvalidError(
            f"截止日 {through} 不在 {month:%Y-%m} 之内。", f"{through} is not in {month:%Y-%m}."
        )
    if through > today:
        raise InvalidError(
            f"截止日 {through} 还没有到，工时还不全。", f"{through} is still to come."
        )


def _require_open(session: Session, home: Home, month: date) -> None:
    query = select(PayRun.state).where(PayRun.home_id == home.id, PayRun.month == month)
    state = session.scalar(query)
    if state not in (None, RunState.DRAFT):
        raise ConflictError(
            f"{month:%Y-%m} 的工资已经算好，余下的随月工资发放；要先付一部分，请退回草稿。",
            f"The wages of {month:%Y-%m} are calculated and pay what is left; take the run back to"
            " a draft to pay a part before.",
        )
