"""The header row of a sheet: which column belongs to which field."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import Any

from openpyxl.utils import get_column_letter
from pydantic import BaseModel

from rostering.sheets.located import Headers, shown
from rostering.sheets.page import Page, coordinate
from rostering.sheets.reader import WorkbookReader

SERIAL = re.compile(
    r"(序|顺序|排序|次序|流水|行|项|序列)(号|数|次|列|编号|号码)?"
    r"|#|s/?n|nr|num|index|(row|line|serial)?(no|number|num)?(号|#)?"
)
"""Headers, in letters, digits, # and / alone, of columns that number the lines: passed over."""


TITLE_ROWS = 10
"""Rows of a title, above the headers, at most."""

CODES = ("编号", "工号")
"""Endings of headers whose cells say who or what a row is about."""


def read_headers(book: WorkbookReader, page: Page, model: type[BaseModel], row: int) -> Headers:
    """Return the known columns of a sheet; note missing, unknown and repeated headers."""
    known = aliases(model)
    columns: dict[str, int] = {}
    serials: list[int] = []
    for column, first in page.columns(row).items():
        header = page.text(row, column)
        if header not in known and is_serial(header):
            serials.append(column)
            continue
        problem = _problem(coordinate(first, column), header, columns, model)
        if problem:
            place: dict[str, Any] = {
                "row": row if header else first,
                "column": get_column_letter(column),
                "found": header or shown(page.cell(first, column).value),
            }
            book.add(*problem, sheet=page.title, **place)
        elif header in known:
            columns[header] = column
    for header, required in known.items():
        if required and header not in columns:
            zh = f"缺少这个表头；请在第 {row} 行补上这一列"
            en = f"this header is missing: add its column, header in row {row}"
            book.add(zh, en, sheet=page.title, row=row, header=header)
            for column in serials if header.endswith(CODES) else ():
                _no_substitute(book, page, row, column, header)
    return Headers(page.title, row, columns)


def header_row_of(page: Page, model: type[BaseModel], row: int) -> int:
    """Return the row of the headers: the one asked for, unless they stand below a title."""
    known = aliases(model)
    needed = {header for header, required in known.items() if required}
    if not needed or page.texts(row) & known.keys():
        return row
    below = [at for at in page.rows if row < at <= row + TITLE_ROWS and needed <= page.texts(at)]
    return below[0] if len(below) == 1 else row


def is_serial(header: str) -> bool:
    """Return whether a header means the number of a line, which belongs to nobody for long."""
    plain = unicodedata.normalize("NFKC", header).casefold()
    kept = "".join(one for one in plain if one.isalnum() or one in "#/")
    return bool(kept) and SERIAL.fullmatch(kept) is not None


def _no_substitute(book: WorkbookReader, page: Page, row: int, column: int, missing: str) -> None:
    book.add(
        f"行次不能代替“{missing}”：名单一变，同一个数就是另一个人；请另加“{missing}”一列",
        f"the number of a line is no {missing}: once the list changes it is somebody else's; add"
        f" a column {missing}",
        sheet=page.title,
        row=row,
        column=get_column_letter(column),
        found=page.text(row, column),
    )


def aliases(model: type[BaseModel]) -> dict[str, bool]:
    """Return the headers of a row model, and whether each needs its column."""
    return {field.alias or name: field.is_required() for name, field in model.model_fields.items()}


def _problem(
    place: str, header: str, columns: dict[str, int], model: type[BaseModel]
) -> tuple[str, str] | None:
    known = aliases(model)
    if header in columns:
        return "表头重复；请只保留一列", "header repeated: keep one column"
    if header in known or model.model_config.get("extra") == "ignore":
        return None
    if header:
        return _unknown(header, known)
    return (
        f"这一列有内容但没有表头；请补上表头，或清空这一列（从单元格 {place} 起）",
        f"a column without a header: name it, or clear it from cell {place} on",
    )


def _unknown(header: str, known: dict[str, bool]) -> tuple[str, str]:
    near = get_close_matches(header, known, n=1, cutoff=0.5)
    if near:
        return f"不认识的表头，是不是“{near[0]}”？", f"unknown header, perhaps {near[0]}?"
    choices = "、".join(known)
    return f"不认识的表头；可用的表头：{choices}", f"unknown header; known are {choices}"
