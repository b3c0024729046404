"""A worksheet written cell by cell, each text kept as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from rukang.base.papers.cells import looks_like_formula

OPTIONS = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


@contextmanager
def open_workbook(path: Path, made_at: datetime) -> Iterator[Workbook]:
    """Yield a new workbook, in a folder that is made if need be; written when the block ends.

    Parameters
    ----------
    made_at
        The moment in the file's properties; the same content at the same moment is the same file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with Workbook(path, OPTIONS) as book:
        book.set_properties({"created": made_at.astimezone(UTC).replace(tzinfo=None)})
        yield book


class Grid:
    """A sheet of a workbook, with every format made once.

    Parameters
    ----------
    book
        The open workbook.
    name
        Name of the sheet.
    """

    def __init__(self, book: Workbook, name: str) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.page = book.add_worksheet(name)

    def put(self, row: int, column: int, value: str | int, **look: Any) -> None:
        """Write a text or a whole number; ``look`` are XlsxWriter's format properties."""
        if isinstance(value, int):
            self.page.write_number(row, column, value, self.format(**look))
            return
        quoted = {"quote_prefix": True} if looks_like_formula(value) else {}
        self.page.write_string(row, column, value, self.format(**look, **quoted))

    def format(self, **look: Any) -> Any:
        """Return the format of these properties."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"valign": "vcenter", **look})
        return self._formats[key]
