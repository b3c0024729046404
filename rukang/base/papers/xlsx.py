"""Workbooks with Chinese headers, ready to print and safe to open.

The type of a value decides how it is written. Text is written as text and never as number, link or
formula; what looks like a formula also gets Excel's own quote mark (``quotePrefix``), so that it
stays text when somebody edits the cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from math import ceil
from pathlib import Path

from rukang.base.papers.cells import Cell, display_width
from rukang.base.papers.grid import Grid, open_workbook

YUAN = "#,##0.00"
DATE = "yyyy-mm-dd"
NARROWEST, WIDEST = 6, 48
LINE = 15.5
"""Points a line of a header takes."""
A3, A4 = 8, 9
LONGEST_OFFER = 255
"""Characters Excel takes for the words of a drop-down list."""
ROWS_TO_FILL = 200
"""Rows below a table whose cells offer what its columns do."""
WIDE_SHEET = 180
"""Characters across above which a sheet is printed on A3: on A4 nobody could read it."""
FOOTER = "&L&A&R第 &P 页 / 共 &N 页"


@dataclass(frozen=True)
class Column:
    """A column: its header, and what to do if not the usual.

    Parameters
    ----------
    width
        In characters; None makes room for the longest text.
    number_format
        Excel format of its numbers; None shows ``Decimal`` as yuan and ``int`` as it is.
    wrap
        Whether long text breaks into lines; it is cut off at the next cell otherwise.
    choices
        What its cells, also those below the rows, offer to choose from; other words are refused.
    note
        Words that show when somebody points at the header.
    """

    header: str
    width: float | None = None
    number_format: str | None = None
    wrap: bool = False
    choices: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table on a sheet of its own.

    Parameters
    ----------
    name
        Name of the sheet, at most 31 characters.
    columns
        Columns, or plain headers.
    rows
        One value per column.
    title
        A line above the headers; leave it out where another program reads the sheet.
    portrait
        Whether the printed page stands upright.
    fixed
        Columns that stay when the others are scrolled, such as who a row is about.
    offered
        What a cell (row and column, from 0) offers to choose from; other words are refused by
        Excel. Offers too long for Excel are left out.
    """

    name: str
    columns: Sequence[Column | str]
    rows: Sequence[Sequence[Cell]]
    title: str | None = None
    portrait: bool = field(default=False, kw_only=True)
    fixed: int = field(default=0, kw_only=True)
    offered: Mapping[tuple[int, int], Sequence[str]] = field(default_factory=dict, kw_only=True)


def write_workbook(path: Path, sheets: Sequence[Sheet], made_at: datetime) -> Path:
    """Write a workbook and return its path.

    Parameters
    ----------
    made_at
        The moment in the file's properties; the same content at the same moment is the same file.

    Raises
    ------
    ValueError
        If a row has not one value per column.
    """
    with open_workbook(path, made_at) as book:
        for sheet in sheets:
            _Writer(Grid(book, sheet.name), sheet).write()
    return path


class _Writer:
    """Writes one sheet."""

    def __init__(self, grid: Grid, sheet: Sheet) -> None:
        self._grid, self._page, self._sheet = grid, grid.page, sheet
        self._columns = [Column(c) if isinstance(c, str) else c for c in sheet.columns]
        self._head = 0 if sheet.title is None else 1

    def write(self) -> None:
        """Title, headers, rows, widths, print."""
        if self._sheet.title is not None:
            self._grid.put(0, 0, self._sheet.title, bold=True, font_size=14)
        shaded = {"bold": True, "bg_color": "#E8ECF0", "border": 1, "text_wrap": True}
        for at, column in enumerate(self._columns):
            self._grid.put(self._head, at, column.header, **shaded)
        for down, row in enumerate(self._sheet.rows, start=self._head + 1):
            for at, (column, cell) in enumerate(zip(self._columns, row, strict=True)):
                self._write_cell(down, at, column, cell)
        for (down, at), words in self._sheet.offered.items():
            place = down + self._head + 1
            self._offer(place, place, at, words)
        for at, column in enumerate(self._columns):
            first, last = self._head + 1, self._head + len(self._sheet.rows) + ROWS_TO_FILL
            self._offer(first, last, at, column.choices)
            if column.note:
                self._page.write_comment(self._head, at, column.note, {"font_size": 10})
        self._fit_columns()
        self._set_up_print()

    def _offer(self, first: int, last: int, at: int, words: Sequence[str]) -> None:
        """Let the cells of a column be chosen from words, as far as Excel takes so many."""
        if words and sum(len(word) + 1 for word in words) <= LONGEST_OFFER:
            choice = {"validate": "list", "source": list(words)}
            self._page.data_validation(first, at, last, at, choice)

    def _write_cell(self, down: int, at: int, column: Column, cell: Cell) -> None:
        number_format = {"num_format": column.number_format} if column.number_format else {}
        match cell:
            case None:
                self._page.write_blank(down, at, None, self._grid.format(border=1))
            case str():
                wrapped = {"text_wrap": True} if column.wrap else {}
                self._grid.put(down, at, cell, border=1, **wrapped)
            case date():
                style = self._grid.format(border=1, num_format=column.number_format or DATE)
                self._page.write_datetime(down, at, cell, style)
            case Decimal():
                style = self._grid.format(border=1, num_format=column.number_format or YUAN)
                self._page.write_number(down, at, cell, style)
            case int():
                self._grid.put(down, at, cell, border=1, **number_format)

    def _fit_columns(self) -> None:
        """Set widths, and the height of the headers: programs do not all find it by themselves."""
        for at, width in enumerate(self._widths):
            self._page.set_column(at, at, width)
        lines = (
            sum(
                ceil(max(display_width(part), 1) / (width - 1))
                for part in column.header.split("\n")
            )
            for column, width in zip(self._columns, self._widths, strict=True)
        )
        self._page.set_row(self._head, LINE * max(lines, default=1))

    @cached_property
    def _widths(self) -> list[float]:
        return [self._width(at, column) for at, column in enumerate(self._columns)]

    def _width(self, at: int, column: Column) -> float:
        if column.width is not None:
            return column.width
        texts = [column.header, *(_shown(row[at]) for row in self._sheet.rows)]
        return min(max(max(map(display_width, texts)) + 2, NARROWEST), WIDEST)

    def _set_up_print(self) -> None:
        self._page.freeze_panes(self._head + 1, self._sheet.fixed)
        self._page.repeat_rows(self._head)
        self._page.set_paper(A3 if sum(self._widths) > WIDE_SHEET else A4)
        if not self._sheet.portrait:
            self._page.set_landscape()
        self._page.fit_to_pages(1, 0)
        self._page.set_footer(FOOTER)


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:,.2f}" if isinstance(cell, Decimal) else str(cell)
