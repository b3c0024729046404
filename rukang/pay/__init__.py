"""Wages of a home: runs and their life, payslips and their documents."""

from rukang.pay.certificates import Certificate, certificates
from rukang.pay.corrections import correct
from rukang.pay.documents import (
    write_bank_list,
    write_certificates,
    write_documents,
    write_statement,
)
from rukang.pay.employer_year import Books, employer_year, read_books
from rukang.pay.findings import RULES, Finding, Rule, findings
from rukang.pay.life import advance, calculated_by, reopen
from rukang.pay.payments import BankAnswer, PaidSoFar, paid_so_far, payments_of, send, take_answers
from rukang.pay.records import (
    ALLOWANCES,
    PayCorrection,
    PayItem,
    PayItemKind,
    Payment,
    PaymentState,
    PayRun,
    PayslipRecord,
    PayStep,
    RunState,
)
from rukang.pay.service import calculate_run, find_run, is_reproduced, list_runs, request_run
from rukang.pay.settle import owed
from rukang.pay.stored import inputs_of, payslip_of
from rukang.pay.variance import Variance, month_before, variances
from rukang.pay.workers import employments_of, workers_of

__all__ = [
    "ALLOWANCES",
    "RULES",
    "BankAnswer",
    "Books",
    "Certificate",
    "Finding",
    "PaidSoFar",
    "PayCorrection",
    "PayItem",
    "PayItemKind",
    "PayRun",
    "PayStep",
    "Payment",
    "PaymentState",
    "PayslipRecord",
    "Rule",
    "RunState",
    "Variance",
    "advance",
    "calculate_run",
    "calculated_by",
    "certificates",
    "correct",
    "employer_year",
    "employments_of",
    "find_run",
    "findings",
    "inputs_of",
    "is_reproduced",
    "list_runs",
    "month_before",
    "owed",
    "paid_so_far",
    "payments_of",
    "payslip_of",
    "read_books",
    "reopen",
    "request_run",
    "send",
    "take_answers",
    "variances",
    "workers_of",
    "write_bank_list",
    "write_certificates",
    "write_documents",
    "write_statement",
]
