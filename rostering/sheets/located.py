"""A row's values and where they stand in the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from openpyxl.utils import get_column_letter
from pydantic import BaseModel

Row = TypeVar("Row", bound=BaseModel)


@dataclass(frozen=True)
class Headers:
    """The columns of a sheet that a row model knows: header → column number."""

    sheet: str
    row: int
    columns: dict[str, int]

    def letter(self, header: str) -> str | None:
        """Return the letter of a header's column, or None if the sheet has no such header."""
        column = self.columns.get(header)
        return get_column_letter(column) if column else None


@dataclass(frozen=True)
class Located(Generic[Row]):
    """A row's values and where they stand; ``row`` is its number in the spreadsheet program."""

    value: Row
    file: str
    sheet: str
    row: int
    headers: Headers = field(repr=False, compare=False)
    cells: Mapping[str, object] = field(repr=False, compare=False)

    def cell(self, header: str) -> tuple[str | None, str | None]:
        """Return the letter of a header's column and what stands in it, each None if absent."""
        return self.headers.letter(header), shown(self.cells.get(header))


def shown(value: object) -> str | None:
    """Return a cell's value as people read it."""
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)
