"""A run's frozen inputs and payslips, as the engine made them.

They are frozen without names (`nameless`); whose they are is read from the person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import payroll
from payroll import Month, Payslip, TaxYear, WorkerMonth
from rukang.base.errors import NotFoundError
from rukang.base.words import words_of
from rukang.bodies import Body
from rukang.bodies.homes import Home
from rukang.pay.store.records import PayCorrection, PayRun, PayslipRecord, RunState
from rukang.work.employment import EmploymentKind


def payslip_of(record: PayslipRecord) -> Payslip:
    """Return a stored payslip as the engine made it, with the person's name."""
    return replace(payroll.from_plain(record.slip), name=_name(record))


def inputs_of(run: PayRun) -> list[tuple[PayslipRecord, WorkerMonth]]:
    """Return each payslip of a calculated run with the inputs it was computed from."""
    pairs = zip(run.payslips, frozen_inputs(run), strict=True)
    return [(slip, worker.model_copy(update={"name": _name(slip)})) for slip, worker in pairs]


def frozen_inputs(run: PayRun) -> list[WorkerMonth]:
    """Return the inputs of a calculated run as they were frozen, in the order of its payslips."""
    return [WorkerMonth.model_validate(_as_now(plain)) for plain in run.inputs or ()]


def _as_now(plain: dict[str, Any]) -> dict[str, Any]:
    """Return inputs without the kind that arrears had once: it follows from their line."""
    arrears = plain.get("arrears", ())
    kept = [{name: value for name, value in one.items() if name != "kind"} for one in arrears]
    return {**plain, "arrears": kept}


def corrections_of(session: Session, run_id: int) -> Mapping[int, dict[str, Any]]:
    """Return what a run's inputs should have been by employment, later ones field by field.

    Read past the session: tax of a person counts what the same employer pays in other homes.
    """
    session.flush()
    kept = PayCorrection.__table__.c
    query = select(kept.employment_id, kept.changes).where(kept.run_id == run_id).order_by(kept.id)
    changes: dict[int, dict[str, Any]] = defaultdict(dict)
    for employment_id, right in session.connection().execute(query):
        changes[employment_id] |= right
    return changes


def past_session(
    session: Session, run_ids: Collection[int]
) -> dict[int, tuple[RunState, WorkerMonth]]:
    """Return state and inputs of payslips by id, out of runs that the session may not see."""
    runs, slips = PayRun.__table__.c, PayslipRecord.__table__.c
    connection = session.connection()
    within = defaultdict(list)
    in_order = select(slips.run_id, slips.id).where(slips.run_id.in_(run_ids)).order_by(slips.id)
    for run_id, slip_id in connection.execute(in_order):
        within[run_id].append(slip_id)
    kept = select(runs.id, runs.state, runs.inputs).where(runs.id.in_(run_ids))
    return {
        slip_id: (state, WorkerMonth.model_validate(_as_now(plain)))
        for run_id, state, inputs in connection.execute(kept)
        for slip_id, plain in zip(within[run_id], inputs, strict=True)
    }


def homes_named(session: Session, ids: Collection[int]) -> dict[int, Home]:
    """Return homes by id, read past the session and belonging to none.

    Whoever acts for one employer sees the work that is done for it and no home; where it is done
    stands on the employer's papers all the same.
    """
    homes = Body.__table__.c
    named = select(homes.id, homes.code, homes.name, homes.county).where(homes.id.in_(ids))
    rows = session.connection().execute(named)
    return {row.id: Home(**row._asdict()) for row in rows}


def corrected(worker: WorkerMonth, changes: Mapping[str, Any]) -> WorkerMonth:
    """Return somebody's month with right values for some of its fields, as JSON.

    Raises
    ------
    pydantic.ValidationError
        If a value does not fit its field.
    """
    if not changes:
        return worker
    return WorkerMonth.model_validate({**worker.model_dump(mode="json"), **changes})


def is_wage(slip: PayslipRecord) -> bool:
    """Return whether a payslip was taxed as wages: an agreement's may have been otherwise."""
    if slip.employment.kind is not EmploymentKind.AGREEMENT:
        return True
    return any(line.code == "taxable_income" for line in payroll.from_plain(slip.slip).lines)


def month_of(run: PayRun) -> Month:
    """Return the month of a run as the engine counts it."""
    return Month(run.month.year, run.month.month)


def year_after_payslip(record: PayslipRecord, worker: WorkerMonth | None = None) -> TaxYear:
    """Return the tax year as a payslip's month hands it to the next.

    Parameters
    ----------
    worker
        The inputs of the payslip, where they are at hand.

    Raises
    ------
    NotFoundError
        If there is no such year: pay under an agreement, or December.
    """
    worker = worker or next(own for slip, own in inputs_of(record.run) if slip.id == record.id)
    try:
        return payroll.year_after(worker, payslip_of(record))
    except ValueError as problem:
        words = words_of(problem)
        raise NotFoundError(f"{words.zh}。", f"{worker.id}: {words.en}.") from problem


def _name(record: PayslipRecord) -> str:
    return record.employment.resident.person.name


def employed_in(run: PayRun) -> list[tuple[PayslipRecord, WorkerMonth]]:
    """Return `inputs_of` those who had not left before the month: leavers are only settled with."""
    return [pair for pair in inputs_of(run) if pair[1].left is None or pair[1].left >= run.month]
