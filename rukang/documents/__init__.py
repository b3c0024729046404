"""Shared means of writing documents: Chinese type in PDF, workbooks, printable pages."""

from rukang.documents.cells import Cell
from rukang.documents.page import environment, write_page
from rukang.documents.pdf import Document
from rukang.documents.private_files import private_files
from rukang.documents.xlsx import Column, Sheet, write_workbook

__all__ = [
    "Cell",
    "Column",
    "Document",
    "Sheet",
    "environment",
    "private_files",
    "write_page",
    "write_workbook",
]
