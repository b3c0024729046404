"""The rows of a sheet as validated values that know where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import BaseModel, ConfigDict, ValidationError

from rostering.sheets.headers import aliases, read_headers
from rostering.sheets.located import Headers, Located, Row, shown
from rostering.sheets.reader import WorkbookReader
from rostering.sheets.words import expected


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
        Number of the row with the headers; rows above it are not read.
    optional
        Whether the workbook may lack this sheet; then there are no rows.
    """
    sheet = book.worksheet(sheet_name)
    if sheet is None:
        if not optional:
            _missing_sheet(book, sheet_name)
        return []
    headers = read_headers(book, sheet, model, header_row)
    rows = (
        _read_row(book, sheet, headers, model, number) for number in _numbers(sheet, header_row)
    )
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
    there = "、".join(book.sheets)
    book.add(
        f"缺少这个工作表；现有：{there}", f"this sheet is missing; there are {there}", sheet=name
    )


def _numbers(sheet: Worksheet, header_row: int) -> range:
    return range(header_row + 1, sheet.max_row + 1)


def _read_row(
    book: WorkbookReader, sheet: Worksheet, headers: Headers, model: type[Row], number: int
) -> Located[Row] | None:
    cells, unusable = _cells(book, sheet, headers, number)
    if not cells and not unusable:
        return None
    try:
        value = model.model_validate(cells)
    except ValidationError as error:
        known = headers.columns.keys() & aliases(model).keys() - unusable
        _note(book, headers, number, cells, error, known)
        return None
    return None if unusable else Located(value, book.file, sheet.title, number, headers, cells)


def _cells(
    book: WorkbookReader, sheet: Worksheet, headers: Headers, number: int
) -> tuple[dict[str, object], set[str]]:
    """Return the filled cells of a row, and the headers whose cells hold no usable value."""
    filled: dict[str, object] = {}
    unusable: set[str] = set()
    for header, column in headers.columns.items():
        cell = sheet.cell(number, column)
        value = cell.value.strip() if isinstance(cell.value, str) else cell.value
        problem = _unusable(book, sheet.title, cell)
        if problem:
            unusable.add(header)
            place: dict[str, Any] = {"row": number, "column": headers.letter(header)}
            book.add(*problem, sheet=sheet.title, header=header, found=shown(value), **place)
        elif value not in (None, ""):
            filled[header] = value
    return filled, unusable


def _unusable(book: WorkbookReader, sheet: str, cell: Any) -> tuple[str, str] | None:
    if not isinstance(cell, Cell):  # the covered part of a merged cell
        return None
    if cell.data_type == "e":
        return "公式出错；请改正公式或直接填值", "the formula fails: correct it or type the value"
    if cell.value is None and book.formula(sheet, cell.coordinate):
        return (
            "公式还没有计算结果；请用表格软件打开并保存一次，或直接填值",
            "the formula has no stored result: open and save the file in a spreadsheet program",
        )
    return None


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
