"""Wages of a home: runs, payslips and their documents."""

from rukang.pay.documents import write_documents
from rukang.pay.records import PayRun, PayslipRecord, RunState
from rukang.pay.service import calculate_run, find_run, list_runs, payslip_of, request_run
from rukang.pay.workers import employments_of, workers_of

__all__ = [
    "PayRun",
    "PayslipRecord",
    "RunState",
    "calculate_run",
    "employments_of",
    "find_run",
    "list_runs",
    "payslip_of",
    "request_run",
    "workers_of",
    "write_documents",
]
