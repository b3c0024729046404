"""The papers of a roster: workbook, calendar, printable page."""

from rukang.rosters.documents.write import write_documents, write_papers

__all__ = ["write_documents", "write_papers"]
