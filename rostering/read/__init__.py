"""Read problems from files: our workbook, JSON, and the public text format."""

from __future__ import annotations

from pathlib import Path
from zipfile import is_zipfile

from rostering.problem import Problem
from rostering.read.nrp import Mistake, NrpError, read_nrp
from rostering.read.workbook import read_workbook
from rostering.read.write import write_workbook

__all__ = ["Mistake", "NrpError", "read", "read_nrp", "read_workbook", "write_workbook"]


def read(path: Path | str) -> Problem:
    """Return the problem in a file, told by its content: workbook, JSON, or text instance."""
    path = Path(path)
    if is_zipfile(path) or path.suffix.lower() in (".xlsx", ".xls"):
        return read_workbook(path)
    text = path.read_text(encoding="utf-8")
    if text.lstrip().startswith("{"):
        return Problem.model_validate_json(text)
    return read_nrp(path)
