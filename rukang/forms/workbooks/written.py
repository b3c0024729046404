"""How a value stands in a cell: read out of it, and written into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from payroll.money import yuan
from rostering.sheets import (
    Clock,
    Day,
    Hours,
    ListOfText,
    Rate,
    Text,
    Whole,
    YesNo,
    YuanFen,
    cell_error,
)
from rukang.base.clock import days_of_month, first_of_month
from rukang.base.database.sealing.vault import Sealed
from rukang.base.papers.cells import Cell

YES, NO = YES_NO = ("是", "否")
HOUR = 60
WEEK = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Written:
    """How the values of a column stand in cells.

    Parameters
    ----------
    read
        The type of a cell, as pydantic takes it.
    write
        Gives the cell of a value; an empty one is not asked for.
    keep
        Gives the value of what was read and found within its limits.
    number_format
        Excel format of its numbers.
    choices
        The words it offers to choose from.
    """

    read: Any
    write: Callable[[Any], Cell] = _same
    keep: Callable[[Any], Any] | None = None
    number_format: str | None = field(default=None, kw_only=True)
    choices: Sequence[str] = field(default=(), kw_only=True)


def _month(cell: object) -> date:
    if isinstance(cell, datetime) and cell.day == 1:
        return cell.date()
    try:
        return first_of_month(cell if isinstance(cell, str) else "")
    except ValueError:
        raise cell_error("应为月份，例如 2026-10", "a month such as 2026-10 expected") from None


def either(yes: str, no: str) -> Written:
    """Return how yes and no stand in words of their own."""
    of = {yes: True, no: False}
    words = Literal[yes, no]  # type: ignore[valid-type]
    return Written(words, lambda value: yes if value else no, of.__getitem__, choices=(yes, no))


def _weekdays(named: Sequence[str]) -> list[int]:
    if unknown := [day for day in named if day not in WEEK]:
        raise cell_error(
            f"不认识“{'、'.join(unknown)}”；请写成“周一、周二”这样",
            f"unknown: {', '.join(unknown)}; write weekdays like 周一、周二",
        )
    return sorted(WEEK.index(day) + 1 for day in named)


Month = Annotated[date, BeforeValidator(_month)]
"""A month, typed as 2026-10 or as the date of its first day."""

YUAN = Written(YuanFen, yuan)
RATE = Written(Rate, number_format="0.00##")
FRACTION = Written(Rate, number_format="0.######")
CLOCK = Written(Clock, lambda minute: f"{minute // HOUR:02}:{minute % HOUR:02}")
WEEKDAYS = Written(ListOfText, lambda days: "、".join(WEEK[day - 1] for day in days), _weekdays)
"""ISO weekdays (1 is Monday)."""
LIST = Written(ListOfText, "、".join, list)
MONTH = Written(Month, lambda month: f"{month:%Y-%m}")
LAST_OF_MONTH = Written(Month, MONTH.write, lambda month: days_of_month(month)[-1])
"""The last day of a month that people name."""
MINUTES = Written(
    Hours,
    lambda minutes: Decimal(minutes) / HOUR,
    lambda hours: int(hours * HOUR),
    number_format="0.##",
)
"""Minutes that people write as hours."""
NOT = Written(YesNo, lambda value: NO if value else YES, lambda yes: not yes, choices=YES_NO)
"""The opposite of what people are asked for."""

USUAL: Mapping[type[Any], Written] = {
    str: Written(Text),
    date: Written(Day),
    int: Written(Whole),
    Decimal: Written(Hours, number_format="0.##"),
    bool: Written(YesNo, lambda value: YES if value else NO, choices=YES_NO),
    Sealed: Written(Text, lambda number: number.masked),
}
"""How values stand where nothing else is said, by their type; choices stand as themselves."""
