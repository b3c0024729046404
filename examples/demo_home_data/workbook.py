"""Workbooks as a home keeps them: formatted headers, frozen panes, a sheet that explains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from pydantic import BaseModel

Row = Mapping[str, Any]

WRITTEN = datetime(2026, 11, 1, 9)  # noqa: DTZ001 - a workbook's properties have no time zone
"""The moment in the properties of every workbook, fixed so that equal data give equal files."""

INVENTED = (
    "虚构示例：本工作簿中的机构、单位、人员、证件号码、账号和电话全部为虚构，与任何真实对象无关。",
    "Invented example: every home, company, person, number and telephone in it is made up.",
    "身份证号的顺序码均为 000，银行账号均以 000000 开头，真实号码中不会出现。",
)


MONEY_DIGITS = -2
"""Decimals with two places are shown with both."""

LOOKS = {
    "head": {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True},
    "text": {"num_format": "@"},
    "money": {"num_format": "0.00"},
    "clock": {"num_format": "hh:mm"},
}


@dataclass(frozen=True)
class Sheet:
    """A worksheet: its rows by header; ``frozen`` columns stay in view, ``choices`` drop down.

    ``strict`` says whether a cell takes nothing but its choices.
    """

    name: str
    headers: Sequence[str]
    rows: Sequence[Row]
    frozen: int = 1
    choices: Mapping[str, Sequence[str]] | None = None
    strict: bool = True


def headers(model: type[BaseModel]) -> list[str]:
    """Return the headers of a sheet as its importer knows them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def write(path: Path, sheets: Iterable[Sheet], notes: Iterable[str]) -> None:
    """Write a workbook, the explanation last."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"created": WRITTEN, "title": path.stem, "comments": INVENTED[0]})
        formats = {name: book.add_format(look) for name, look in LOOKS.items()}
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, formats)
        _write_notes(book, notes)


def _write_sheet(page: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    page.write_row(0, 0, sheet.headers, formats["head"])
    page.freeze_panes(1, sheet.frozen)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.headers) - 1)
    for column, header in enumerate(sheet.headers):
        values = [row.get(header) for row in sheet.rows]
        page.set_column(column, column, _width([header, *values]))
        for number, value in enumerate(values, 1):
            _write_cell(page, number, column, value, formats)
        if sheet.choices and header in sheet.choices:
            choices = list(sheet.choices[header])
            rule = {"validate": "list", "source": choices, "show_error": sheet.strict}
            page.data_validation(1, column, len(sheet.rows) + 50, column, rule)


def _write_cell(page: Any, row: int, column: int, value: Any, formats: Mapping[str, Any]) -> None:
    match value:
        case None:
            return
        case time():
            page.write_datetime(row, column, value, formats["clock"])
        case date():
            page.write_datetime(row, column, value)
        case str():
            page.write_string(row, column, value, formats["text"])
        case Decimal() if value.as_tuple().exponent == MONEY_DIGITS:
            page.write_number(row, column, value, formats["money"])
        case _:
            page.write_number(row, column, value)


def _write_notes(book: xlsxwriter.Workbook, notes: Iterable[str]) -> None:
    page = book.add_worksheet("说明")
    page.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
    for row, line in enumerate([*INVENTED, *notes]):
        page.write_string(row, 0, line)


def _width(values: Iterable[Any]) -> float:
    longest = max(sum(2 if ord(sign) > 0xFF else 1 for sign in _shown(value)) for value in values)
    return min(max(longest + 2, 4), 46)


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)
