"""Days in order: lives that go on side by side, each woken on the day it asked for.

A life is a generator: it yields the next day on which something happens and is sent the session of
that day, so that nothing read on one day is mistaken for what is true on another.
"""

from __future__ import annotations

import heapq
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from rukang.base.calendar import Calendar

CALENDAR = Calendar()
"""The invented city lives in years that are published."""

T = TypeVar("T")
Days = Generator[date, Session, T]
"""Something that takes several days and ends with a result."""

MORNING = 2
"""The hour (UTC) at which things happen: ten o'clock in Binzhou."""


@dataclass
class CityClock:
    """The clock of the invented city; the agenda turns it."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the moment it shows."""
        return self.now

    def to(self, day: date) -> None:
        """Turn it to the morning of a day."""
        self.now = datetime(day.year, day.month, day.day, MORNING, tzinfo=UTC)


@dataclass
class Agenda:
    """The lives that go on until the last day, by the day on which each is woken."""

    last: date
    _waiting: list[tuple[date, int, Days[None]]] = field(default_factory=list)

    def add(self, number: int, life: Days[None]) -> None:
        """Begin a life; its number says who comes first on the same day."""
        self._put(next(life), number, life)

    @property
    def next_day(self) -> date | None:
        """Return the next day on which something happens, if there is one."""
        return self._waiting[0][0] if self._waiting else None

    def wake(self, day: date, session: Session) -> None:
        """Let everything happen that waits for a day."""
        while self._waiting and self._waiting[0][0] == day:
            _, number, life = heapq.heappop(self._waiting)
            try:
                self._put(max(life.send(session), day), number, life)
            except StopIteration:
                continue

    def _put(self, day: date, number: int, life: Days[None]) -> None:
        """Keep a life for the first working day from a day on, unless that is after the last."""
        while day <= self.last and not CALENDAR.kind_of(day).works:
            day += timedelta(days=1)
        if day <= self.last:
            heapq.heappush(self._waiting, (day, number, life))
