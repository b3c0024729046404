"""The papers of a wage run: payslips, lists, declarations, invoices, summary."""

from rukang.pay.documents.by_employer import write_by_employer
from rukang.pay.documents.offices.employer_statement import write_statement
from rukang.pay.documents.offices.part_list import period_of, write_part_list
from rukang.pay.documents.offices.tax_certificate import write_certificates
from rukang.pay.documents.write import write_bank_list, write_documents

__all__ = [
    "period_of",
    "write_bank_list",
    "write_by_employer",
    "write_certificates",
    "write_documents",
    "write_part_list",
    "write_statement",
]
