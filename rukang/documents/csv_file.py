"""CSV for programs that take nothing better."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from rukang.documents.cells import Cell, defused


def csv_text(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return a table as CSV: dates in ISO form, text defused, lines ended as RFC 4180 asks."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headers)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue()


def write_csv(path: Path, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Path:
    """Write a CSV file and return its path; a byte-order mark tells Excel that it is UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(csv_text(headers, rows), encoding="utf-8-sig", newline="")
    return path


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return defused(cell) if isinstance(cell, str) else str(cell)
