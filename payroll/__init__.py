"""The wage rules: inputs and a date in, explained payslips out.

``compute(Month(2026, 10), workers, Policy.load())`` needs no database and no web.
"""

from payroll.arrears import difference, paid_lines, to_worker, within
from payroll.columns import Columns
from payroll.compute import Each, compute, compute_each
from payroll.explain import Explanation, explain
from payroll.fingerprint import NEWEST as NEWEST_DIGEST
from payroll.fingerprint import VERSIONS as DIGEST_VERSIONS
from payroll.given import GivenTypeError
from payroll.late import LateFee, late_contributions, late_levy
from payroll.lines.line import Line, LineKind
from payroll.lines.pieces import team_pay
from payroll.money import Rounding, fen, yuan
from payroll.month import Month
from payroll.payslip import ExplainedLine, Payslip
from payroll.policy import Policy, PolicyFileError, Resolved, Standing, UnknownFigure
from payroll.refuse import Problem, RefusedInput
from payroll.result import Payroll, Totals
from payroll.stored import from_plain, to_plain
from payroll.tax_certificate import TaxCertificate, tax_certificate
from payroll.tax_year import year_after, year_with
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
