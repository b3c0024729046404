"""What is marked of a day: a mark for its morning and a mark for its afternoon.

A day that was spent in one way has the same mark twice. For somebody who works at night the two
are the first and the second half of the night that begins on the day.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal

HALVES = 2
BETWEEN = "/"
"""Stands between the marks of a morning and an afternoon that differ: 出/事."""


class Presence(enum.StrEnum):
    """A mark of the month's attendance sheet. A blank cell is no record, which is not absence."""

    PRESENT = "出"
    ANNUAL_LEAVE = "年"
    SICK_LEAVE = "病"
    INJURY_LEAVE = "工"
    PERSONAL_LEAVE = "事"
    ABSENT = "旷"
    MARRIAGE_LEAVE = "婚"
    BEREAVEMENT_LEAVE = "丧"
    MATERNITY_LEAVE = "产"
    IN_LIEU = "补"
    HOLIDAY = "假"
    REST = "休"


class Half(enum.StrEnum):
    """One half of a day."""

    MORNING = "上午"
    AFTERNOON = "下午"

    @property
    def en(self) -> str:
        """Return the English word."""
        return self.name.lower()


@dataclass(frozen=True)
class DayMarks:
    """How a day was spent, by its halves."""

    morning: Presence
    afternoon: Presence

    @classmethod
    def whole(cls, mark: Presence) -> DayMarks:
        """Return a day spent in one way."""
        return cls(mark, mark)

    @property
    def halves(self) -> tuple[tuple[Half, Presence], ...]:
        """Return the mark of each half, in order."""
        return (Half.MORNING, self.morning), (Half.AFTERNOON, self.afternoon)

    def count(self, *marks: Presence) -> int:
        """Return how many halves of the day have one of these marks."""
        return sum(mark in marks for _, mark in self.halves)

    def __str__(self) -> str:
        if self.morning is self.afternoon:
            return self.morning
        return f"{self.morning}{BETWEEN}{self.afternoon}"


def in_days(halves: int) -> Decimal:
    """Return so many half days in days."""
    return Decimal(halves) / HALVES
