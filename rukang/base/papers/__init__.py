"""Shared means of writing documents: Chinese type in PDF, workbooks, printable pages."""

from rukang.base.papers.cells import Cell
from rukang.base.papers.page import environment, write_page
from rukang.base.papers.pdf import Document
from rukang.base.papers.private_files import private_files
from rukang.base.papers.xlsx import Column, Sheet, write_workbook

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
