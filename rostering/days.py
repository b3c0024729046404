"""Days of a problem and times of day in words, and runs of days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rostering.problem import Problem

WEEKDAYS = "一二三四五六日"
HOUR = 60
DAY_MINUTES = 24 * HOUR


@dataclass(frozen=True)
class Run:
    """Equal days in a row; ``is_whole`` if its begin and end both lie within the known days.

    A run that touches the first or the last known day may go on beyond it.
    """

    first: int
    last: int
    is_whole: bool

    @property
    def length(self) -> int:
        """Return the number of days."""
        return self.last - self.first + 1


def runs(worked: Sequence[bool], first_day: int, kind: bool) -> Iterator[Run]:
    """Return the runs of worked days (``kind`` true) or days off that touch or precede the period.

    Parameters
    ----------
    worked
        Whether each known day is worked, from ``first_day`` on; day 0 begins the period.
    """
    end = first_day + len(worked) - 1
    day = first_day
    for value, group in groupby(worked):
        last = day + len(list(group)) - 1
        if value == kind and last >= -1:  # a run ended earlier is past mending
            yield Run(day, last, is_whole=first_day < day and last < end)
        day = last + 1


def when(problem: Problem, day: int) -> tuple[str, str]:
    """Return a day in Chinese and in English: 10月3日（周六） and Sat 2026-10-03."""
    date = problem.date(day)
    weekday = WEEKDAYS[date.weekday()]
    return f"{date.month}月{date.day}日（周{weekday}）", f"{date:%a} {date.isoformat()}"


def clock(minute: int) -> str:
    """Return a minute of the day as 07:30; one of the next day likewise, and midnight as 24:00."""
    of_day = minute - DAY_MINUTES if minute > DAY_MINUTES else minute
    return f"{of_day // HOUR:02}:{of_day % HOUR:02}"
