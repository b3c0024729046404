"""The months a measure is read over, and the words of its evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

import pendulum
from sqlalchemy.orm import Session

from payroll.policy import Policy
from rukang.base.clock import days_of_month
from rukang.base.database.base import Base
from rukang.base.errors import InvalidError
from rukang.bodies.homes import Home
from rukang.engines.rating.criteria.measure import Measurement

PLACES = Decimal("0.001")


@dataclass(frozen=True)
class Window:
    """So many months in a row, up to and including the month of a day."""

    until: date
    count: int = 1

    def __post_init__(self) -> None:
        if self.count < 1:
            raise InvalidError(
                f"统计期 {self.count} 个月太短，至少 1 个月。",
                f"A window of {self.count} months is too short: give 1 at least.",
            )

    @property
    def months(self) -> list[date]:
        """Return the first day of each month, in order."""
        last = pendulum.date(self.until.year, self.until.month, 1)
        return [last.subtract(months=back) for back in range(self.count - 1, -1, -1)]

    @property
    def days(self) -> list[date]:
        """Return every day, in order."""
        return [day for month in self.months for day in days_of_month(month)]

    @property
    def first(self) -> date:
        """Return the first day."""
        return self.months[0]

    @property
    def last(self) -> date:
        """Return the last day."""
        return self.days[-1]

    def __str__(self) -> str:
        if self.count == 1:
            return f"{self.first:%Y-%m}"
        return f"{self.first:%Y-%m} 至 {self.last:%Y-%m}"


@dataclass(frozen=True)
class Records:
    """What a measure is read from: a home's records within a window.

    Parameters
    ----------
    policy
        The rule base with the installation's own figures; without it nothing is computed anew.
    """

    session: Session
    home: Home
    window: Window
    policy: Policy | None = None


def measurement(
    records: Records,
    value: Decimal,
    source: str,
    figures: str,
    months: Collection[date],
    used: Iterable[Base],
) -> Measurement:
    """Return a value with its evidence: window, source, figures, months on record, record ids.

    Parameters
    ----------
    source
        Which records were read, in both languages.
    figures
        What was divided by what, or counted.
    months
        First days of the months of which there are records; the others are named as missing.
    """
    parts = (figures, _coverage(records.window, months), *_ids(used))
    return Measurement(value=value, evidence=f"{records.window} {source}：{'；'.join(parts)}")


def share(
    records: Records,
    hits: Iterable[bool],
    source: str,
    months: Collection[date],
    used: Iterable[Base],
) -> Measurement | None:
    """Return hits as a fraction of all; nothing of nobody."""
    counted = list(hits)
    if not counted:
        return None
    value = divided(sum(counted), len(counted))
    figures = f"{sum(counted)}/{len(counted)}"
    return measurement(records, value, source, figures, months, used)


def divided(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """Return a fraction of three places, rounded down so that it never reaches a threshold."""
    value = (Decimal(part) / whole).quantize(PLACES, ROUND_DOWN)
    return value.to_integral_value() if value == value.to_integral_value() else value


def months_of(days: Iterable[date]) -> set[date]:
    """Return the first days of the months that some days lie in."""
    return {day.replace(day=1) for day in days}


def _coverage(window: Window, months: Collection[date]) -> str:
    missing = [f"{month:%Y-%m}" for month in window.months if month not in months]
    have = window.count - len(missing)
    named = f"（缺 {'、'.join(missing)}）" if missing else ""
    return (
        f"{window.count} 个月中 {have} 个月有记录{named} {have} of {window.count} months on record"
    )


def _ids(used: Iterable[Base]) -> list[str]:
    """Return how many records of each table were read, and the first and last id."""
    by_table: dict[str, set[int]] = {}
    for record in used:
        by_table.setdefault(record.__tablename__, set()).add(record.id)
    return [
        f"{table} {len(ids)} 条，编号 {min(ids)} 至 {max(ids)}" for table, ids in by_table.items()
    ]
