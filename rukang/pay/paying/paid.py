"""When a wage was paid, and by when it had to be: one answer for whoever asks.

Asked by the measure of wages on time and by the signs of dynamic management (动态管理), so that one
home is not on time in the one and late in the other.
"""

from __future__ import annotations

from datetime import date, datetime

import pendulum
from sqlalchemy.orm import Session

from rukang.base.clock import days_of_month, in_shanghai
from rukang.pay.paying.payments import payments_of
from rukang.pay.store.records import PaymentState, PayRun, PayslipRecord, RunState


def paid_on(session: Session, run: PayRun) -> dict[PayslipRecord, date | None]:
    """Return when each payslip with anything to pay was paid, None for not yet.

    Through the bank a wage is paid on the day on which the bank's answer was entered; of a run that
    never went to a bank (cash, 现金), all are on the day on which the run was called paid.
    """
    payments = payments_of(session, run)
    by_bank = {of.payslip_id: of.at for of in payments if of.state is PaymentState.PAID}
    called = next((step.at for step in run.steps if step.state is RunState.PAID), None)
    otherwise = None if payments else called
    moments = {
        slip: by_bank.get(slip.id, otherwise) if slip.due_fen else _parts_paid_at(slip)
        for slip in run.payslips
        if slip.net_fen > 0
    }
    return {slip: at and in_shanghai(at).date() for slip, at in moments.items()}


def _parts_paid_at(slip: PayslipRecord) -> datetime | None:
    """Return when the last part of a month that its parts paid whole was paid."""
    all_paid = all(part.state is PaymentState.PAID for part in slip.parts)
    return max(part.at for part in slip.parts) if all_paid else None


def due_on(slip: PayslipRecord) -> date | None:
    """Return the day by which a wage has to be paid, None if none was agreed.

    It is the agreed day of the following month; a day which that month does not have is its last.
    """
    if slip.employment.pay_day is None:
        return None
    days = days_of_month(pendulum.instance(slip.run.month).add(months=1))
    return days[min(slip.employment.pay_day, len(days)) - 1]
