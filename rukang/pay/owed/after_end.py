"""What was paid for days after a job had ended, where its end was entered late.

A death, a lost certificate, a resignation may become known after months are locked. From its day on
nothing is computed any more; what was locked meanwhile never changes, and is listed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import WorkerMonth
from rukang.base.clock import days_of_month
from rukang.bodies.homes import Home
from rukang.pay.store.records import FINAL, PayRun, PayslipRecord
from rukang.pay.store.stored import inputs_of
from rukang.work.employment import Employment, Job


@dataclass(frozen=True)
class PaidAfterEnd:
    """A locked payslip of a month that the job did not live to the end of, as it was computed.

    ``ended_on`` is the job's last day as it is known now; ``is_in_part`` whether the month holds
    days before it, so that a part of the payslip is right.
    """

    payslip: PayslipRecord
    month: date
    ended_on: date

    @property
    def is_in_part(self) -> bool:
        """Whether a part of the month was before the end."""
        return self.ended_on >= self.month


def paid_after_end(session: Session, home: Home, before: date | None = None) -> list[PaidAfterEnd]:
    """Return the locked payslips that do not know of the end of their job, oldest month first.

    Parameters
    ----------
    before
        Only months before this one.
    """
    ends = ends_of(session, home)
    query = select(PayRun).where(PayRun.home_id == home.id, PayRun.state.in_(FINAL))
    found = []
    for run in session.scalars(query.order_by(PayRun.month)):
        last = days_of_month(run.month)[-1]
        if before is not None and run.month >= before:
            continue
        if not any(ended < last for ended in ends.values()):
            continue
        for record, worker in inputs_of(run):
            ended = end_unknown_to(worker, ends.get(record.employment.job), run.month)
            if ended is not None:
                found.append(PaidAfterEnd(record, run.month, ended))
    return found


def end_unknown_to(worker: WorkerMonth, ended: date | None, month: date) -> date | None:
    """Return a job's last day where it lies before that of a month whose inputs do not know it."""
    knew = worker.left is not None and ended is not None and worker.left <= ended
    return None if ended is None or knew or ended >= days_of_month(month)[-1] else ended


def ends_of(session: Session, home: Home) -> dict[Job, date]:
    """Return the last day of every job that has ended and was not begun again."""
    ends: dict[Job, date] = {}
    query = select(Employment).where(Employment.home_id == home.id)
    for work in session.scalars(query):
        ended = work.ended_on or date.max
        ends[work.job] = max(ends.get(work.job, ended), ended)
    return {job: ended for job, ended in ends.items() if ended < date.max}
