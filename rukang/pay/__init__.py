"""Wages of a home: runs and their life, payslips and their documents."""

from rukang.pay.documents import (
    period_of,
    write_bank_list,
    write_by_employer,
    write_certificates,
    write_documents,
    write_part_list,
    write_statement,
)
from rukang.pay.month.findings import RULES, Finding, Rule, findings
from rukang.pay.month.missing import leave_out, take_in
from rukang.pay.month.team_shares import MemberShare, SharedOut, team_shares_of
from rukang.pay.month.workers import employments_of, workers_of
from rukang.pay.owed.after_end import PaidAfterEnd, paid_after_end
from rukang.pay.owed.corrections import correct, field_of
from rukang.pay.owed.entries import (
    confirm_waiver,
    propose_waiver,
    record_consent,
    record_payment,
)
from rukang.pay.owed.heirs import OwedToHeirs, owed_to_heirs
from rukang.pay.owed.ledger import Lot, Receivable, receivable_of, receivables
from rukang.pay.paying.paid import due_on, paid_on
from rukang.pay.paying.parts import (
    PartAnswer,
    Settled,
    answer_part,
    find_part,
    part_payments,
    parts_query,
    send_again,
    settle_parts,
)
from rukang.pay.paying.payments import (
    BankAnswer,
    PaidSoFar,
    paid_so_far,
    payments_of,
    send,
    take_answers,
)
from rukang.pay.run.filing import (
    files_of,
    find_order,
    open_file,
    order_files,
    orders_query,
    write_ordered,
)
from rukang.pay.run.life import advance, calculated_by, reopen
from rukang.pay.run.own import find_own_payslip, months_of_payslips, own_payslips_query
from rukang.pay.run.service import (
    calculate_run,
    find_payslip,
    find_run,
    list_runs,
    payslips_query,
    request_run,
    runs_query,
)
from rukang.pay.run.settle import owed
from rukang.pay.store.nameless import named_runs, take_names_out
from rukang.pay.store.records import (
    ALLOWANCES,
    EntryKind,
    PartPayment,
    PayCorrection,
    PayFile,
    PayFiles,
    PayItem,
    PayItemKind,
    Payment,
    PaymentState,
    PayMissing,
    PayRun,
    PayslipRecord,
    PayStep,
    ReceivableEntry,
    RunState,
)
from rukang.pay.store.reproduce import is_reproduced
from rukang.pay.store.stored import inputs_of, payslip_of, year_after_payslip
from rukang.pay.store.variance import Variance, month_before, variances
from rukang.pay.year.certificates import Certificate, certificates
from rukang.pay.year.employer_year import Books, employer_year, read_books

__all__ = [
    "ALLOWANCES",
    "RULES",
    "BankAnswer",
    "Books",
    "Certificate",
    "EntryKind",
    "Finding",
    "Lot",
    "MemberShare",
    "OwedToHeirs",
    "PaidAfterEnd",
    "PaidSoFar",
    "PartAnswer",
    "PartPayment",
    "PayCorrection",
    "PayFile",
    "PayFiles",
    "PayItem",
    "PayItemKind",
    "PayMissing",
    "PayRun",
    "PayStep",
    "Payment",
    "PaymentState",
    "PayslipRecord",
    "Receivable",
    "ReceivableEntry",
    "Rule",
    "RunState",
    "Settled",
    "SharedOut",
    "Variance",
    "advance",
    "answer_part",
    "calculate_run",
    "calculated_by",
    "certificates",
    "confirm_waiver",
    "correct",
    "due_on",
    "employer_year",
    "employments_of",
    "field_of",
    "files_of",
    "find_order",
    "find_own_payslip",
    "find_part",
    "find_payslip",
    "find_run",
    "findings",
    "inputs_of",
    "is_reproduced",
    "leave_out",
    "list_runs",
    "month_before",
    "months_of_payslips",
    "named_runs",
    "open_file",
    "order_files",
    "orders_query",
    "owed",
    "owed_to_heirs",
    "own_payslips_query",
    "paid_after_end",
    "paid_on",
    "paid_so_far",
    "part_payments",
    "parts_query",
    "payments_of",
    "payslip_of",
    "payslips_query",
    "period_of",
    "propose_waiver",
    "read_books",
    "receivable_of",
    "receivables",
    "record_consent",
    "record_payment",
    "reopen",
    "request_run",
    "runs_query",
    "send",
    "send_again",
    "settle_parts",
    "take_answers",
    "take_in",
    "take_names_out",
    "team_shares_of",
    "variances",
    "workers_of",
    "write_bank_list",
    "write_by_employer",
    "write_certificates",
    "write_documents",
    "write_ordered",
    "write_part_list",
    "write_statement",
    "year_after_payslip",
]
