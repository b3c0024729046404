"""The header row of a sheet: which column belongs to which field."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import BaseModel

from rostering.sheets.located import Headers
from rostering.sheets.reader import WorkbookReader


def read_headers(
    book: WorkbookReader, sheet: Worksheet, model: type[BaseModel], row: int
) -> Headers:
    """Return the known columns of a sheet; note missing, unknown and repeated headers."""
    known = aliases(model)
    columns: dict[str, int] = {}
    for column in range(1, sheet.max_column + 1):
        header = _header(sheet, row, column)
        problem = _problem(sheet, row, column, header, columns, model)
        if problem:
            place: dict[str, Any] = {"row": row, "column": get_column_letter(column)}
            book.add(*problem, sheet=sheet.title, found=header or None, **place)
        elif header in known:
            columns[header] = column
    for header, required in known.items():
        if required and header not in columns:
            zh = f"缺少这个表头；请在第 {row} 行补上这一列"
            en = f"this header is missing: add its column, header in row {row}"
            book.add(zh, en, sheet=sheet.title, row=row, header=header)
    return Headers(sheet.title, row, columns)


def aliases(model: type[BaseModel]) -> dict[str, bool]:
    """Return the headers of a row model, and whether each needs its column."""
    return {field.alias or name: field.is_required() for name, field in model.model_fields.items()}


def _header(sheet: Worksheet, row: int, column: int) -> str:
    value = sheet.cell(row, column).value
    return "" if value is None else str(value).strip()


def _problem(
    sheet: Worksheet,
    row: int,
    column: int,
    header: str,
    columns: dict[str, int],
    model: type[BaseModel],
) -> tuple[str, str] | None:
    known = aliases(model)
    if header in columns:
        return "表头重复；请只保留一列", "header repeated: keep one column"
    if header in known or model.model_config.get("extra") == "ignore":
        return None
    if header:
        return _unknown(header, known)
    if any(_header(sheet, below, column) for below in range(row + 1, sheet.max_row + 1)):
        return (
            "这一列有内容但没有表头；请补上表头或清空",
            "a column without a header: name or clear it",
        )
    return None


def _unknown(header: str, known: dict[str, bool]) -> tuple[str, str]:
    near = get_close_matches(header, known, n=1, cutoff=0.5)
    if near:
        return f"不认识的表头，是不是“{near[0]}”？", f"unknown header, perhaps {near[0]}?"
    choices = "、".join(known)
    return f"不认识的表头；可用的表头：{choices}", f"unknown header; known are {choices}"
