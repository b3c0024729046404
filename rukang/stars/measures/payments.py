"""Whether wages came by the agreed day, and whether what was owed of earlier months was paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import date, timedelta
from decimal import Decimal

import pendulum

from payroll import Arrear, LineKind, yuan
from payroll.lines.catalogue import CATALOGUE
from rukang.base.database import context
from rukang.engines.rating.criteria.measure import Measurement
from rukang.pay import due_on, inputs_of, owed, paid_on
from rukang.stars.measures.wages import runs_of
from rukang.stars.measures.window import Records, Window, divided, measurement, months_of, share

RECEIPTS = "工资发放回单 receipts of wages"


def wages_on_time_share(records: Records) -> Measurement | None:
    """Return the wages paid by the agreed day among those that fell due within the window.

    A month's wage is due in the month after; :func:`rukang.pay.paid_on` says when it was paid. What
    is not due yet, or has no agreed day, is not counted.
    """
    window = records.window
    earned = Window(window.months[-1] - timedelta(days=1), window.count)
    runs = runs_of(records, earned.first, earned.last)
    days = {slip: day for run in runs for slip, day in paid_on(records.session, run).items()}
    agreed = {slip: due for slip in days if (due := due_on(slip)) is not None}
    today = context.today(records.session)
    due_by = {slip: due for slip, due in agreed.items() if days[slip] or due < today}
    hits = [(days[slip] or date.max) <= due for slip, due in due_by.items()]
    without = len(days) - len(agreed)
    told = f"，未约定发薪日 {without} 笔不计 without an agreed day, not counted" if without else ""
    return share(records, hits, RECEIPTS + told, months_of(due_by.values()), due_by)


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
    paid = _pay((slip.id, of.arrears) for run in runs for slip, of in inputs_of(run))
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


def _pay(by_whom: Iterable[tuple[Hashable, Iterable[Arrear]]]) -> int:
    """Return the pay owed in fen, month by month of each; what is recovered is not owed."""
    sums: dict[tuple[Hashable, date], int] = defaultdict(int)
    for whose, arrears in by_whom:
        for item in arrears:
            if CATALOGUE[item.line][0] is LineKind.EARNING:
                sums[whose, item.month] += item.amount_fen
    return sum(amount for amount in sums.values() if amount > 0)
