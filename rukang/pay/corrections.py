"""Correcting a locked month: what was wrong in its inputs, settled with the next open one."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from payroll import WorkerMonth
from rukang.errors import ConflictError, InvalidError, NotFoundError
from rukang.homes import hold
from rukang.pay.records import PayCorrection, PayRun
from rukang.pay.stored import inputs_of

CORRECTABLE = {
    "paid_days",
    "unpaid_days",
    "leave",
    "overtime",
    "hours",
    "pieces",
    "allowances",
    "agreed_wage_fen",
    "hourly_wage_fen",
    "declared_base_fen",
    "declared_bases",
    "insured",
    "injury_rate",
    "injury_rate_document",
    "earlier",
}
"""Fields of a month that may turn out wrong; who somebody is and whom they work for is not one."""


def correct(
    session: Session,
    run: PayRun,
    employment_id: int,
    changes: dict[str, Any],
    reason: str,
    by: str,
) -> PayCorrection:
    """Keep a correction of a locked run's inputs.

    Parameters
    ----------
    changes
        Fields of :class:`payroll.WorkerMonth` with their right values, as JSON.

    Raises
    ------
    ConflictError
        If the run is not locked: then its records are corrected and it is calculated anew.
    NotFoundError
        If the run has no payslip of that employment.
    InvalidError
        If no reason is given, a field cannot be corrected, or a value cannot be right.
    """
    hold(session, run.home_id)
    session.refresh(run)
    if not run.state.is_final:
        raise ConflictError(
            f"工资批次 {run.id} 还没有锁定，请更正原始记录后重新计算。",
            f"Wage run {run.id} is not locked: correct the records and calculate it anew.",
        )
    if not reason.strip():
        raise InvalidError("请写明更正的原因。", "Say why this is corrected.")
    if unknown := sorted(changes.keys() - CORRECTABLE):
        raise InvalidError(
            f"不能更正 {'、'.join(unknown)}；可更正：{'、'.join(sorted(CORRECTABLE))}。",
            f"Cannot correct {', '.join(unknown)}.",
        )
    before = _input(run, employment_id)
    try:
        WorkerMonth.model_validate(before.model_dump(mode="json") | changes)
    except ValidationError as problem:
        wrong = "；".join(f"{e['loc']}: {e['msg']}" for e in problem.errors())
        raise InvalidError(
            f"更正的数值不合适：{wrong}", f"The values do not fit: {wrong}"
        ) from problem
    correction = PayCorrection(
        home_id=run.home_id,
        run_id=run.id,
        employment_id=employment_id,
        changes=changes,
        reason=reason,
        at=session.info["clock"](),
        by=by,
    )
    session.add(correction)
    session.flush()
    return correction


def _input(run: PayRun, employment_id: int) -> WorkerMonth:
    for record, worker in inputs_of(run):
        if record.employment_id == employment_id:
            return worker
    raise NotFoundError(
        f"工资批次 {run.id} 里没有这份用工关系 {employment_id} 的工资条。",
        f"Wage run {run.id} has no payslip of employment {employment_id}.",
    )
