"""Time at the edges: the database keeps UTC, people read Asia/Shanghai."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pendulum

from rostering.sheets.masking import shown
from rukang.base.errors import InvalidError

SHANGHAI = pendulum.timezone("Asia/Shanghai")

FIRST_MONTH, LAST_MONTH = date(2000, 1, 1), date(2099, 12, 1)
"""The months the house knows: before the first there was no such home, and rules end somewhere."""

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
"""Days people may name; arithmetic with days far beyond them would leave the calendar."""

Clock = Callable[[], datetime]
"""Returns the present moment, timezone-aware. Always an argument, so that tests can fix it."""


def utc_now() -> datetime:
    """Return the present moment in UTC; the default clock of the programs."""
    return datetime.now(UTC)


def in_shanghai(moment: datetime) -> datetime:
    """Return a stored UTC moment as people in Binzhou read it."""
    return moment.astimezone(SHANGHAI)


def first_of_month(text: str) -> date:
    """Return the first day of a month written ``2026-10``.

    Raises
    ------
    ValueError
        If the text is not a year and a month, or the month is out of bounds.
    """
    try:
        month = pendulum.from_format(text, "YYYY-MM").date()
    except ValueError as error:
        raise ValueError(
            f"月份 {shown(text)} 不是“年-月”，请写成 2026-10 这样。"
            f" Month {shown(text)} is not year-month; write it like 2026-10."
        ) from error
    try:
        require_month(month)
    except InvalidError as error:
        raise ValueError(str(error)) from error
    return month


def require_month(first: date) -> None:
    """Raise unless a month lies within the bounds of the house.

    Raises
    ------
    InvalidError
        If it lies before 2000 or after 2099: a slip, for which there are neither rules nor records.
    """
    if not FIRST_MONTH <= first <= LAST_MONTH:
        raise InvalidError(
            f"月份 {first:%Y-%m} 超出范围，请填 2000-01 至 2099-12 之间的月份。",
            f"The month {first:%Y-%m} is out of bounds; give one from 2000-01 to 2099-12.",
        )


def month_in_words(first: date) -> str:
    """Return a month as headings name it: 2026 年 10 月."""
    return f"{first.year} 年 {first.month} 月"


def days_of_month(first: date) -> list[date]:
    """Return every day of the month that begins with ``first``, in order."""
    start = pendulum.date(first.year, first.month, 1)
    return [start.add(days=offset) for offset in range(start.days_in_month)]


def in_month(day: date, month: date) -> bool:
    """Return whether a day lies in the month of another."""
    return (day.year, day.month) == (month.year, month.month)
