"""The wage rules: inputs and a date in, explained payslips out.

``compute(Month(2026, 10), workers, Policy.load())`` needs no database and no web.
"""

from payroll.columns import Columns
from payroll.compute import Each, compute, compute_each
from payroll.given import GivenTypeError
from payroll.lines.earned.pieces import team_pay
from payroll.lines.line import Line, LineKind
from payroll.money import Rounding, fen, yuan
from payroll.month import Month
from payroll.payslips.explain import Explanation, explain
from payroll.payslips.fingerprint import NEWEST as NEWEST_DIGEST
from payroll.payslips.fingerprint import VERSIONS as DIGEST_VERSIONS
from payroll.payslips.payslip import ExplainedLine, Payslip
from payroll.payslips.result import Payroll, Totals
from payroll.payslips.stored import from_plain, to_plain
from payroll.policy import Policy, PolicyFileError, Resolved, Standing, UnknownFigure
from payroll.refuse import Problem, RefusedInput
from payroll.settling.arrears import difference, paid_lines, to_worker, within
from payroll.settling.late import LateFee, late_contributions, late_levy
from payroll.settling.tax_certificate import TaxCertificate, tax_certificate
from payroll.settling.tax_year import year_after, year_with
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
    "DIGEST_VERSIONS",
    "NEWEST_DIGEST",
    "Allowance",
    "AllowanceKind",
    "Arrear",
    "Columns",
    "DayCount",
    "Deduction",
    "Each",
    "ExplainedLine",
    "Explanation",
    "GivenTypeError",
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
    "compute_each",
    "difference",
    "explain",
    "fen",
    "from_plain",
    "late_contributions",
    "late_levy",
    "paid_lines",
    "tax_certificate",
    "team_pay",
    "team_shares",
    "to_plain",
    "to_worker",
    "within",
    "year_after",
    "year_with",
    "yuan",
]
