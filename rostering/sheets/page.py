"""A worksheet as its filled cells: what is empty takes no room and no time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter

READ: dict[str, Any] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
}
"""How values that JSON does not know are read back, by their kind."""


class Cell(NamedTuple):
    """What stands in a cell; ``kind`` also tells a failed formula and one without a result."""

    kind: str
    value: Any

    @property
    def unusable(self) -> tuple[str, str] | None:
        """Return why the cell holds no value, in Chinese and English."""
        if self.kind == "error":
            return (
                "公式出错；请改正公式或直接填值",
                "the formula fails: correct it or type the value",
            )
        if self.kind == "pending":
            return (
                "公式还没有计算结果；请用表格软件打开并保存一次，或直接填值",
                "the formula has no stored result: open and save the file in a spreadsheet program",
            )
        if self.kind == "merged":
            return (
                "合并单元格只有第一格有内容；请取消合并，每一格都填写",
                "merged cells hold one value: split them and fill in each",
            )
        return None


EMPTY = Cell("empty", None)


@dataclass(frozen=True)
class Page:
    """A worksheet: its rows by number, and in each the filled cells by number of their column."""

    title: str
    rows: Mapping[int, Mapping[int, Cell]]
    hidden: bool = False

    @classmethod
    def of(cls, title: str, cells: list[list[Any]], hidden: bool = False) -> Page:
        """Return a sheet from its cells in reading order: row, column, kind and value."""
        rows: dict[int, dict[int, Cell]] = {}
        for row, column, kind, value in cells:
            text = value.strip() if isinstance(value, str) else value
            read = READ[kind](value) if kind in READ else text
            rows.setdefault(row, {})[column] = Cell(kind, read)
        return cls(title, rows, hidden)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, filled or not."""
        return self.rows.get(row, {}).get(column, EMPTY)

    def text(self, row: int, column: int) -> str:
        """Return a cell as text; nothing for an empty one."""
        value = self.cell(row, column).value
        return "" if value is None else str(value)

    def texts(self, row: int) -> set[str]:
        """Return what stands in a row, as texts."""
        return {self.text(row, column) for column in self.rows.get(row, ())}

    def after(self, row: int) -> Iterator[int]:
        """Return the numbers of the filled rows below one, from the top."""
        return (number for number in self.rows if number > row)

    def columns(self, first: int) -> dict[int, int]:
        """Return the columns filled in a row or below: the first such row of each, in order."""
        found: dict[int, int] = {}
        for number in (first, *self.after(first)):
            for column, cell in self.rows.get(number, {}).items():
                if cell.value is not None or cell.kind != "merged":
                    found.setdefault(column, number)
        return dict(sorted(found.items()))


def coordinate(row: int, column: int) -> str:
    """Return the name of a cell, such as ``B12``."""
    return f"{get_column_letter(column)}{row}"
