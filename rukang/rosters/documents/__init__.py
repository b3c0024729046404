"""The papers of a roster: workbook, calendar, printable page."""

from rukang.rosters.documents.write import write_documents

__all__ = ["write_documents"]
