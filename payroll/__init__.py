"""The wage rules: inputs and a date in, explained payslips out.

``compute(Month(2026, 10), workers, Policy.load())`` needs no database and no web.
"""

from payroll.compute import compute
from payroll.lines.line import Line, LineKind
from payroll.money import Rounding, fen, yuan
from payroll.month import Month
from payroll.payslip import ExplainedLine, Payslip
from payroll.policy import Policy, PolicyFileError, Resolved, Standing, UnknownFigure
from payroll.refuse import Problem, RefusedInput
from payroll.result import Payroll, Totals
from payroll.stored import from_plain, to_plain
from payroll.worker import (
    Allowance,
    AllowanceKind,
    DayCount,
    Deduction,
    Insurance,
    Kind,
    Overtime,
    Piece,
    TaxYear,
    WorkerMonth,
)

__all__ = [
    "Allowance",
    "AllowanceKind",
    "DayCount",
    "Deduction",
    "ExplainedLine",
    "Insurance",
    "Kind",
    "Line",
    "LineKind",
    "Month",
    "Overtime",
    "Payroll",
    "Payslip",
    "Piece",
    "Policy",
    "PolicyFileError",
    "Problem",
    "RefusedInput",
    "Resolved",
    "Rounding",
    "Standing",
    "TaxYear",
    "Totals",
    "UnknownFigure",
    "WorkerMonth",
    "compute",
    "fen",
    "from_plain",
    "to_plain",
    "yuan",
]
