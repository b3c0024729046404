"""The rows of a sheet as validated values that know where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from openpyxl.utils import get_column_letter
from pydantic import BaseModel, ConfigDict, ValidationError

from rostering.sheets.headers import aliases, header_row_of, read_headers
from rostering.sheets.limits import FAR_ROWS
from rostering.sheets.located import Headers, Located, Row, shown
from rostering.sheets.page import Page, coordinate
from rostering.sheets.reader import WorkbookReader
from rostering.sheets.words import expected

COPY = re.compile(r"\s*[(（]\d+[)）]$|\s*[-_]?\s*(的)?副本\s*\d*$|^副本\s*|^Copy of ")
"""What spreadsheet programs add to the name of a copied sheet."""


class SheetRow(BaseModel):
    """A convenient base of row models: frozen, and a column nobody declared is reported."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def read_sheet(
    book: WorkbookReader,
    sheet_name: str,
    model: type[Row],
    header_row: int = 1,
    *,
    optional: bool = False,
) -> list[Located[Row]]:
    """Return the sound rows of a sheet and note every problem of the others in the book.

    Parameters
    ----------
    header_row
        Number of the row with the headers; rows above it are not read. Where none of them stands
        there, the one row further down that has all that are needed is taken.
    optional
        Whether the workbook may lack this sheet; then there are no rows.
    """
    page = book.worksheet(sheet_name)
    if page is None:
        if not optional:
            _missing_sheet(book, sheet_name)
        return []
    _check_shown(book, page)
    header_row = header_row_of(page, model, header_row)
    headers = read_headers(book, page, model, header_row)
    numbers = _near(book, page, header_row)
    rows = (_read_row(book, page, headers, model, number) for number in numbers)
    return [row for row in rows if row is not None]


def unique(book: WorkbookReader, rows: Iterable[Located[Row]], *key: str) -> None:
    """Note every row whose values under the headers ``key`` stand in an earlier row already."""
    first: dict[tuple[object, ...], int] = {}
    for item in rows:
        value = tuple(item.cells.get(header) for header in key)
        if any(part is not None for part in value) and value in first:
            book.report(
                item,
                key[0],
                zh=f"与第 {first[value]} 行的{'、'.join(key)}重复；请改正或删除一行",
                en=f"repeats row {first[value]} in {', '.join(key)}: correct or delete one",
            )
        first.setdefault(value, item.row)


def _missing_sheet(book: WorkbookReader, name: str) -> None:
    there, copies = "、".join(book.sheets), _copies(book, name)
    zh, en = (f"；请把“{copies[0]}”改名为“{name}”", f"; rename {copies[0]}") if copies else ("", "")
    book.add(
        f"缺少这个工作表；现有：{there}{zh}",
        f"this sheet is missing; there are {there}{en}",
        sheet=name,
    )


def _check_shown(book: WorkbookReader, page: Page) -> None:
    """Note a sheet that nobody sees, and one with a copy beside it, so that either may be meant."""
    if page.hidden:
        book.add(
            "这张工作表是隐藏的，没有人看得到读了什么；请取消隐藏，或删去",
            "this sheet is hidden, so nobody sees what is read: show it, or delete it",
            sheet=page.title,
        )
    for copy in _copies(book, page.title):
        book.add(
            f"另有一张“{copy}”，不知道该读哪一张；请删去不用的那一张",
            f"there is {copy} as well, and no telling which is meant: delete the other",
            sheet=page.title,
        )


def _copies(book: WorkbookReader, name: str) -> list[str]:
    """Return the sheets whose names spreadsheet programs give to copies of one."""
    return [of for of in book.sheets if of != name and COPY.sub("", of).strip() == name]


def _near(book: WorkbookReader, page: Page, header_row: int) -> Iterator[int]:
    """Return the numbers of the rows with content; note cells far below the table and stop."""
    last = header_row
    for number in page.after(header_row):
        if number - last > FAR_ROWS:
            column, cell = next(iter(page.rows[number].items()))
            place = coordinate(number, column)
            book.add(
                f"单元格 {place} 有内容，却与上面的表格隔了 {number - last - 1:,} 个空行；"
                "请删除，或移到表格里",
                f"cell {place} stands {number - last - 1:,} empty rows below the table: delete it,"
                " or move it into the table",
                sheet=page.title,
                row=number,
                column=get_column_letter(column),
                found=shown(cell.value),
            )
            return
        last = number
        yield number


def _read_row(
    book: WorkbookReader, page: Page, headers: Headers, model: type[Row], number: int
) -> Located[Row] | None:
    cells, unusable = _cells(book, page, headers, number)
    if not cells and not unusable:
        return None
    try:
        value = model.model_validate(cells)
    except ValidationError as error:
        known = headers.columns.keys() & aliases(model).keys() - unusable
        _note(book, headers, number, cells, error, known)
        return None
    return None if unusable else Located(value, book.file, page.title, number, headers, cells)


def _cells(
    book: WorkbookReader, page: Page, headers: Headers, number: int
) -> tuple[dict[str, object], set[str]]:
    """Return the filled cells of a row, and the headers whose cells hold no usable value."""
    filled: dict[str, object] = {}
    unusable: set[str] = set()
    for header, column in headers.columns.items():
        cell = page.cell(number, column)
        if cell.unusable:
            unusable.add(header)
            place: dict[str, Any] = {"row": number, "column": headers.letter(header)}
            found = shown(cell.value)
            book.add(*cell.unusable, sheet=page.title, header=header, found=found, **place)
        elif cell.value is not None:
            filled[header] = cell.value
    return filled, unusable


def _note(
    book: WorkbookReader,
    headers: Headers,
    number: int,
    cells: Mapping[str, object],
    error: ValidationError,
    known: Iterable[str],
) -> None:
    """Note what pydantic refused, once a cell, leaving out columns already reported."""
    for header, (zh, en) in _refused(error):
        if header is None or header in known:
            letter = headers.letter(header) if header else None
            found = shown(cells.get(header)) if header else None
            place: dict[str, Any] = {"row": number, "column": letter, "header": header}
            book.add(zh, en, sheet=headers.sheet, found=found, **place)


def _refused(error: ValidationError) -> Iterator[tuple[str | None, tuple[str, str]]]:
    seen = set()
    for item in error.errors():
        header = str(item["loc"][0]) if item["loc"] else None
        if item["type"] != "none_required" and (header is None or header not in seen):
            seen.add(header)
            yield header, expected(item)
