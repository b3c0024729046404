"""A run's frozen inputs and payslips, as the engine made them."""

from __future__ import annotations

import payroll
from payroll import Payslip, WorkerMonth
from rukang.pay.records import PayRun, PayslipRecord


def payslip_of(record: PayslipRecord) -> Payslip:
    """Return a stored payslip as the engine made it."""
    return payroll.from_plain(record.slip)


def inputs_of(run: PayRun) -> list[tuple[PayslipRecord, WorkerMonth]]:
    """Return each payslip of a calculated run with the inputs it was computed from."""
    workers = (WorkerMonth.model_validate(plain) for plain in run.inputs or ())
    return list(zip(run.payslips, workers, strict=True))


def employed_in(run: PayRun) -> list[tuple[PayslipRecord, WorkerMonth]]:
    """Return `inputs_of` those who had not left before the month: leavers are only settled with."""
    return [pair for pair in inputs_of(run) if pair[1].left is None or pair[1].left >= run.month]
