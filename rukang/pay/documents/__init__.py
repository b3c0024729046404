"""The papers of a wage run: payslips, bank list, income-tax import sheet, summary."""

from rukang.pay.documents.write import write_documents

__all__ = ["write_documents"]
