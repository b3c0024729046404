"""Time at the edges: the database keeps UTC, people read Asia/Shanghai."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pendulum

SHANGHAI = pendulum.timezone("Asia/Shanghai")

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
        If the text is not a year and a month.
    """
    try:
        return pendulum.from_format(text, "YYYY-MM").date()
    except ValueError as error:
        raise ValueError(
            f"月份 {text!r} 不是“年-月”，请写成 2026-10 这样。"
            f" Month {text!r} is not year-month; write it like 2026-10."
        ) from error


def month_in_words(first: date) -> str:
    """Return a month as headings name it: 2026 年 10 月."""
    return f"{first.year} 年 {first.month} 月"


def days_of_month(first: date) -> list[date]:
    """Return every day of the month that begins with ``first``, in order."""
    start = pendulum.date(first.year, first.month, 1)
    return [start.add(days=offset) for offset in range(start.days_in_month)]


def overlap(one_from: date, one_to: date | None, from_: date, to: date | None) -> bool:
    """Return whether two spans, ends included and None open, share a day."""
    return max(one_from, from_) <= min(one_to or date.max, to or date.max)
