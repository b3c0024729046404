"""Wages of a home: runs and their life, payslips and their documents."""

from rukang.pay.corrections import correct
from rukang.pay.documents import write_documents
from rukang.pay.findings import RULES, Finding, Rule, findings
from rukang.pay.life import advance, calculated_by, reopen
from rukang.pay.records import PayCorrection, PayRun, PayslipRecord, PayStep, RunState
from rukang.pay.service import calculate_run, find_run, is_reproduced, list_runs, request_run
from rukang.pay.stored import inputs_of, payslip_of
from rukang.pay.variance import Variance, month_before, variances
from rukang.pay.workers import employments_of, workers_of

__all__ = [
    "RULES",
    "Finding",
    "PayCorrection",
    "PayRun",
    "PayStep",
    "PayslipRecord",
    "Rule",
    "RunState",
    "Variance",
    "advance",
    "calculate_run",
    "calculated_by",
    "correct",
    "employments_of",
    "find_run",
    "findings",
    "inputs_of",
    "is_reproduced",
    "list_runs",
    "month_before",
    "payslip_of",
    "reopen",
    "request_run",
    "variances",
    "workers_of",
    "write_documents",
]
