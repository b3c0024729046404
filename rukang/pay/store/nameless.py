"""Wage runs without names: inputs and payslips are frozen under the codes of residents.

A locked run never changes, and a person's name may have to be erased: so a run holds none. Its
digest is over what it holds, and verifies when a person in it is known no more.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import Payroll, Policy, RefusedInput, UnknownFigure, WorkerMonth
from rukang.pay.store.records import PayRun
from rukang.pay.store.reproduce import reproduced
from rukang.pay.store.stored import frozen_inputs


def without_name(worker: WorkerMonth) -> WorkerMonth:
    """Return somebody's month with the code in place of the name."""
    return worker.model_copy(update={"name": worker.id})


def without_names(result: Payroll) -> Payroll:
    """Return a computed month with codes in place of names; nothing else depends on them."""
    return replace(result, people=replace(result.people, names=result.people.ids))


def named_runs(session: Session) -> list[int]:
    """Return the runs of an older version that still hold names."""
    return list(session.scalars(select(PayRun.id).where(~PayRun.nameless).order_by(PayRun.id)))


def take_names_out(session: Session, run: PayRun, policy: Policy) -> None:
    """Take the names out of a run calculated by an older version, once.

    The digest is computed anew, over what the old one covered, where the old one was reproduced;
    where it was not, it stays as it is, and the run verifies no more than before.
    """
    workers = frozen_inputs(run)
    nameless = [without_name(worker) for worker in workers]
    digest, version = run.digest, run.digest_version
    with suppress(RefusedInput, UnknownFigure):
        if (found := reproduced(run, workers, policy)) is not None:
            version, computed = found
            digest = without_names(computed).digest(version)
    for slip in run.payslips:
        slip.slip = {**slip.slip, "name": slip.slip["worker"]}
    # Payslips first: the run is guarded again once it says that it is without names.
    session.flush()
    run.inputs = [worker.model_dump(mode="json") for worker in nameless]
    run.digest, run.digest_version, run.nameless = digest, version, True
    session.flush()
