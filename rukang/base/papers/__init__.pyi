from .cells import Cell
from .page import environment, write_page
from .pdf import Document
from .private_files import private_files
from .xlsx import Column, Sheet, write_workbook

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
