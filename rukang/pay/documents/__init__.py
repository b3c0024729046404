"""The papers of a wage run: payslips, lists, declarations, invoices, summary."""

from rukang.pay.documents.employer_statement import write_statement
from rukang.pay.documents.tax_certificate import write_certificates
from rukang.pay.documents.write import write_bank_list, write_documents

__all__ = ["write_bank_list", "write_certificates", "write_documents", "write_statement"]
