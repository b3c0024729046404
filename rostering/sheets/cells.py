"""Types of cells: what a value in a sheet may be, and what it becomes in Python."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

EXACT_DIGITS = 15
"""Spreadsheet programs keep 15 digits of a number: a longer one has lost its end."""

LARGEST = 2**31 - 1
"""The largest whole number, and fen, of a cell: what every database keeps. More is a slip."""

LONGEST = 20
"""Digits before the point of a number; with many more, exact arithmetic ends in an error."""

PLAIN = re.compile(r"[-+]?(0|[1-9]\d*|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?", re.ASCII)
"""Numbers typed as text that can mean one thing only: 2210, 2,210.00, also full-width."""

SEPARATORS = re.compile(r"[、，,;；]")


def cell_error(zh: str, en: str) -> PydanticCustomError:
    """Return the error that refuses a cell, saying in two languages what is expected."""
    return PydanticCustomError("cell", "{en}", {"zh": zh, "en": en})


def text(cell: object) -> str:
    """Return text as it stands, and a short whole number as its digits."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, (bool, date, time)):
        raise cell_error("应为文字；请把单元格设为“文本”后重新输入", "text expected")
    number = _number(cell)
    if number != number.to_integral_value():
        raise cell_error("应为文字，不是小数", "text expected, not a fraction")
    digits = f"{number:.0f}"
    if len(digits.lstrip("-")) > EXACT_DIGITS:
        raise cell_error(
            "位数过长，按数字保存会丢失末位；请把单元格设为“文本”后重新输入",
            "so long a number loses its last digits: format the cell as text and type it again",
        )
    return digits


def day(cell: object) -> date:
    """Return a date that the sheet holds as a date."""
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise cell_error("应为日期，不含钟点", "a date without a time of day expected")
        return cell.date()
    if isinstance(cell, date):
        return cell
    kind = "文字" if isinstance(cell, str) else "其他内容"
    raise cell_error(
        f"应为日期，这里是{kind}；请把单元格设为“日期”后重新输入，例如 2026-10-01",
        "a date expected: format the cell as a date and type it again",
    )


def clock(cell: object) -> int:
    """Return the minute of the day of a time, typed as a time or as HH:MM."""
    if isinstance(cell, str) and (match := re.fullmatch(r"([01]?\d|2[0-3])[:：]([0-5]\d)", cell)):
        return int(match[1]) * 60 + int(match[2])
    if isinstance(cell, time) and cell.second == 0:
        return cell.hour * 60 + cell.minute
    raise cell_error("应为 24 小时制钟点，例如 07:30", "a time such as 07:30 expected")


def whole(cell: object) -> int:
    """Return a whole number."""
    number = _number(cell)
    if number != number.to_integral_value():
        raise cell_error("应为整数", "a whole number expected")
    return _not_too_large(int(number))


def hours(cell: object) -> Decimal:
    """Return hours, not negative, with two decimals at most."""
    return _not_negative(_decimals(_number(cell), 2))


def yuan_fen(cell: object) -> int:
    """Return an amount in yuan, with two decimals at most, as whole fen."""
    return _not_too_large(int(_decimals(_number(cell), 2) * 100))


def rate(cell: object) -> Decimal:
    """Return an exact decimal, as the sheet shows it: 8% is 0.08."""
    return _number(cell)


def yes_no(cell: object) -> bool:
    """Return 是 as true and 否 as false."""
    if isinstance(cell, bool):
        return cell
    if cell not in ("是", "否"):
        raise cell_error("应为“是”或“否”", "是 (yes) or 否 (no) expected")
    return cell == "是"


def list_of_text(cell: object) -> tuple[str, ...]:
    """Return the parts of a text, without the empty ones."""
    if isinstance(cell, tuple):  # a default
        return cell
    parts = (part.strip() for part in SEPARATORS.split(text(cell)))
    return tuple(part for part in parts if part)


def _number(cell: object) -> Decimal:
    if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
        number = Decimal(str(cell))  # the shortest text that reads back: 2010.1 stays 2010.1
        if not number.is_finite() or number.adjusted() > LONGEST:
            raise _too_large()
        return number
    if isinstance(cell, str) and PLAIN.fullmatch(plain := unicodedata.normalize("NFKC", cell)):
        return _number(Decimal(plain.replace(",", "")))
    if isinstance(cell, str) and re.fullmatch(r"[-+]?[\d,]*\.?\d+%?", cell):
        raise cell_error(
            "应为数字，这里是文字；请把单元格设为“数值”后重新输入",
            "a number expected, typed here as text: format the cell as a number and type it again",
        )
    raise cell_error("应为数字", "a number expected")


def _decimals(number: Decimal, most: int) -> Decimal:
    if number != round(number, most):
        raise cell_error(
            f"最多 {most} 位小数；如由公式算出，请在公式中用 ROUND 取整",
            f"at most {most} decimals; if a formula gives it, round it there",
        )
    return number


def _not_too_large(number: int) -> int:
    if abs(number) > LARGEST:
        raise _too_large()
    return number


def _too_large() -> PydanticCustomError:
    return cell_error("数值过大；请检查是否多输了位数", "too large: check for a digit too many")


def _not_negative(number: Decimal) -> Decimal:
    if number < 0:
        raise cell_error("不能小于 0", "may not be negative")
    return number


Text = Annotated[str, BeforeValidator(text)]
OptionalText = Text | None
Day = Annotated[date, BeforeValidator(day)]
Clock = Annotated[int, BeforeValidator(clock)]
Whole = Annotated[int, BeforeValidator(whole)]
Hours = Annotated[Decimal, BeforeValidator(hours)]
YuanFen = Annotated[int, BeforeValidator(yuan_fen)]
Rate = Annotated[Decimal, BeforeValidator(rate)]
YesNo = Annotated[bool, BeforeValidator(yes_no)]
ListOfText = Annotated[tuple[str, ...], BeforeValidator(list_of_text)]
