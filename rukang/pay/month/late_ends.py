"""What of a locked month is right where its job had ended before, which became known later.

A death, or a resignation, that is entered late ends the job on its day. Of a month after it
nothing was due; of the month of the end, what was worked up to that day by the records of today.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import Policy, WorkerMonth
from rukang.bodies.homes import Home
from rukang.pay.month.workers import gather
from rukang.pay.owed.after_end import end_unknown_to, ends_of
from rukang.pay.store.records import PayCorrection, PayRun, PayslipRecord
from rukang.pay.store.stored import employed_in
from rukang.work.employment import Job

DAYS = (
    *("left", "joined", "scheduled_days", "paid_days", "unpaid_days", "between_days"),
    *("leave", "overtime", "hours", "earlier"),
)
"""Fields of a month that the last day of the job decides."""

WAGES = ("agreed_wage_fen", "hourly_wage_fen")
"""Fields that belong to a spell: where a month has several, the last one may be another now."""


@dataclass
class LateEnds:
    """The payslips of a locked run that do not know the end of their job, by employment.

    ``gone`` are those of a month after the end, ``changes`` what is right in a month of an end,
    ``unknown`` the jobs of which it cannot be said.
    """

    gone: set[int] = field(default_factory=set)
    changes: dict[int, dict[str, Any]] = field(default_factory=dict)
    unknown: set[Job] = field(default_factory=set)


def late_ends(session: Session, home: Home, run: PayRun, policy: Policy) -> LateEnds:
    """Return what the ends of jobs that are known now change in a locked run.

    A correction of the last day by hand goes before it; where days were corrected by hand and the
    last day was not, somebody has to say what is right.
    """
    found, ends = LateEnds(), ends_of(session, home)
    in_part: list[tuple[PayslipRecord, WorkerMonth]] = []
    for record, worker in employed_in(run):
        ended = end_unknown_to(worker, ends.get(record.employment.job), run.month)
        if ended is not None and ended < run.month:
            found.gone.add(record.employment_id)
        elif ended is not None:
            in_part.append((record, worker))
    if in_part:
        _in_part(session, home, run, policy, in_part, found)
    return found


def _in_part(
    session: Session,
    home: Home,
    run: PayRun,
    policy: Policy,
    in_part: list[tuple[PayslipRecord, WorkerMonth]],
    found: LateEnds,
) -> None:
    now = {work.job: worker for work, worker in gather(session, home, run.month, policy).pairs}
    by_hand = _corrected_by_hand(session, run)
    for record, worker in in_part:
        job, corrected = record.employment.job, by_hand.get(record.employment_id, set())
        if "left" in corrected:
            continue
        if job not in now or corrected & {*DAYS}:
            found.unknown.add(job)
            continue
        own = now[job]
        fields = DAYS + (WAGES if own.earlier or worker.earlier else ())
        plain = own.model_dump(mode="json")
        found.changes[record.employment_id] = {name: plain[name] for name in fields}


def _corrected_by_hand(session: Session, run: PayRun) -> dict[int, set[str]]:
    fields: dict[int, set[str]] = {}
    for of in session.scalars(select(PayCorrection).where(PayCorrection.run_id == run.id)):
        fields.setdefault(of.employment_id, set()).update(of.changes)
    return fields
