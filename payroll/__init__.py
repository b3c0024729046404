"""The wage rules: inputs and a date in, explained payslips out.

``compute(Month(2026, 10), workers, Policy.load())`` needs no database and no web.
"""

from payroll.arrears import difference, paid_lines, within
from payroll.columns import Columns
from payroll.compute import compute
from payroll.explain import Explanation, explain
from payroll.late import LateFee, late_contributions, late_levy
from payroll.lines.line import Line, LineKind
from payroll.money import Rounding, fen, yuan
from payroll.month import Month
from payroll.payslip import ExplainedLine, Payslip
from payroll.policy import Policy, PolicyFileError, Resolved, Standing, UnknownFigure
from payroll.refuse import Problem, RefusedInput
from payroll.result import Payroll, Totals
from payroll.stored import from_plain, to_plain
from payroll.tax_certificate import TaxCertificate, tax_certificate
from payroll.tax_year import year_after
from payroll.worker import (
    Allowance,
    AllowanceKind,
    Arrear,
    DayCount,
    Deduction,
    Insurance,
    Kind,
    Leave,
    LeaveKind,
    MadeIn,
    Overtime,
    PartTime,
    Piece,
    Share,
    Spell,
    TaxYear,
    WorkerMonth,
    team_shares,
)

__all__ = [
    "Allowance",
    "AllowanceKind",
    "Arrear",
    "Columns",
    "DayCount",
    "Deduction",
    "ExplainedLine",
    "Explanation",
    "Insurance",
    "Kind",
    "LateFee",
    "Leave",
    "LeaveKind",
    "Line",
    "LineKind",
    "MadeIn",
    "Month",
    "Overtime",
    "PartTime",
    "Payroll",
    "Payslip",
    "Piece",
    "Policy",
    "PolicyFileError",
    "Problem",
    "RefusedInput",
    "Resolved",
    "Rounding",
    "Share",
    "Spell",
    "Standing",
    "TaxCertificate",
    "TaxYear",
    "Totals",
    "UnknownFigure",
    "WorkerMonth",
    "compute",
    "difference",
    "explain",
    "fen",
    "from_plain",
    "late_contributions",
    "late_levy",
    "paid_lines",
    "tax_certificate",
    "team_shares",
    "to_plain",
    "within",
    "year_after",
    "yuan",
]
