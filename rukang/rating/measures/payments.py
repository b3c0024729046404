"""Whether wages came by the agreed day, and whether what was owed of earlier months was paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import date
from decimal import Decimal

import pendulum

from payroll import Arrear, LineKind, yuan
from payroll.lines.catalogue import CATALOGUE
from rukang.clock import days_of_month, in_shanghai
from rukang.pay import (
    PaymentState,
    PayRun,
    PayslipRecord,
    RunState,
    inputs_of,
    owed,
    payments_of,
)
from rukang.rating.measure import Measurement
from rukang.rating.measures.wages import runs_of
from rukang.rating.measures.window import Records, divided, measurement, months_of, share

RECEIPTS = "工资发放回单 receipts of wages"


def wages_on_time_share(records: Records) -> Measurement | None:
    """Return the wages paid by the agreed day among those that fell due within the window.

    A month's wage is due in the month after. A payment counts from the day on which the bank's
    answer was entered; without a bank, from the day on which the run was called paid. What is
    not due yet, or has no agreed day, is not counted.
    """
    months = records.window.months
    runs = runs_of(records, pendulum.instance(months[0]).subtract(months=1), months[-1])
    runs = [run for run in runs if run.month < months[-1]]
    slips = {slip: paid for run in runs for slip, paid in _paid_on(records, run).items()}
    agreed = {slip: due for slip in slips if (due := due_on(slip)) is not None}
    today = in_shanghai(records.session.info["clock"]()).date()
    counted = [slip for slip, due in agreed.items() if slips[slip] or due < today]
    hits = [(slips[slip] or date.max) <= agreed[slip] for slip in counted]
    without = len(slips) - len(agreed)
    told = f"，未约定发薪日 {without} 笔不计 without an agreed day, not counted" if without else ""
    on_record = months_of(agreed[slip] for slip in counted)
    return share(records, hits, RECEIPTS + told, on_record, counted)


def due_on(slip: PayslipRecord) -> date | None:
    """Return the day by which a wage has to be paid, None if none was agreed.

    A day that the following month does not have is its last.
    """
    if slip.employment.pay_day is None:
        return None
    days = days_of_month(pendulum.instance(slip.run.month).add(months=1))
    return days[min(slip.employment.pay_day, len(days)) - 1]


def arrears_settled_share(records: Records) -> Measurement | None:
    """Return the pay of earlier months that was paid afterwards among all that was found owed.

    Found is what locked runs of the window paid, and what locked months up to its end still
    leave to pay when computed anew by what is known now. Where nothing was owed all is settled.
    """
    window, policy = records.window, records.policy
    runs = [run for run in runs_of(records, window.first, window.last) if run.state.is_final]
    if not runs or policy is None:
        return None
    after = pendulum.instance(window.last).add(days=1)
    due = owed(records.session, records.home, after, policy)
    paid = _pay(((slip, arrears) for slip, arrears in _settled(runs)))
    still_open = _pay(due.items())
    found = paid + still_open
    figures = (
        f"已补发 {yuan(paid)} 元/查出 {yuan(found)} 元 paid ÷ found"
        if found
        else "没有查出欠付 nothing found owed"
    )
    value = divided(paid, found) if found else Decimal(1)
    source = "已锁定的工资批次 locked wage runs"
    return measurement(records, value, source, figures, {run.month for run in runs}, runs)


def _paid_on(records: Records, run: PayRun) -> dict[PayslipRecord, date | None]:
    """Return when each payslip with anything to pay was paid, None for not yet."""
    payments = payments_of(records.session, run)
    by_bank = {of.payslip_id: of.at for of in payments if of.state is PaymentState.PAID}
    called = next((step.at for step in run.steps if step.state is RunState.PAID), None)
    otherwise = None if payments else called
    due = (slip for slip in run.payslips if slip.net_fen > 0)
    moments = {slip: by_bank.get(slip.id, otherwise) for slip in due}
    return {slip: at and in_shanghai(at).date() for slip, at in moments.items()}


def _settled(runs: Iterable[PayRun]) -> list[tuple[int, tuple[Arrear, ...]]]:
    return [(slip.id, worker.arrears) for run in runs for slip, worker in inputs_of(run)]


def _pay(by_whom: Iterable[tuple[Hashable, Iterable[Arrear]]]) -> int:
    """Return the pay owed in fen, month by month of each; what is recovered is not owed."""
    sums: dict[tuple[Hashable, date], int] = defaultdict(int)
    for whose, arrears in by_whom:
        for item in arrears:
            if CATALOGUE[item.line][0] is LineKind.EARNING:
                sums[whose, item.month] += item.amount_fen
    return sum(amount for amount in sums.values() if amount > 0)
