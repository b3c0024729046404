"""The working calendar: rest days, public holidays and make-up workdays of published years.

The State Council publishes each year's calendar at the end of the year before; a year that is not
published is an error, never a guess. Which holidays are statutory (300 % pay) is a figure of the
wage rules, ``working_time.holidays.statutory``, not of this calendar.
"""

from __future__ import annotations

import enum
from datetime import date, timedelta

import chinese_calendar

from rukang.errors import InvalidError

SATURDAY = 5


class DayKind(enum.StrEnum):
    """What a calendar day is to somebody on standard hours."""

    WORKDAY = "工作日"
    WEEKEND = "周末"
    HOLIDAY = "节假日"
    MAKE_UP = "调休上班"

    @property
    def works(self) -> bool:
        """Whether standard hours are worked on such a day."""
        return self in {DayKind.WORKDAY, DayKind.MAKE_UP}

    @property
    def en(self) -> str:
        """Return the English word."""
        return self.name.lower().replace("_", "-")


def kind_of(day: date) -> DayKind:
    """Return what a day is.

    Raises
    ------
    InvalidError
        If the calendar of that year is not published in the copy this software carries.
    """
    try:
        works = chinese_calendar.is_workday(day)
        _, holiday = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError as error:
        raise InvalidError(
            f"{day.year} 年的节假日安排尚未收录（国务院公布后请升级 chinese-calendar）。",
            f"The public holidays of {day.year} are not known yet; upgrade chinese-calendar once"
            " the State Council has published them.",
        ) from error
    weekend = day.weekday() >= SATURDAY
    if works:
        return DayKind.MAKE_UP if weekend else DayKind.WORKDAY
    return DayKind.HOLIDAY if holiday else DayKind.WEEKEND


def workdays(days: list[date]) -> int:
    """Return on how many of the days standard hours are worked."""
    return sum(kind_of(day).works for day in days)


def workday_after(day: date, count: int) -> date:
    """Return the ``count``-th workday after a day, which itself is not counted.

    Raises
    ------
    InvalidError
        If the calendar of a year on the way is not published.
    """
    found = day
    for _ in range(count):
        found += timedelta(days=1)
        while not kind_of(found).works:
            found += timedelta(days=1)
    return found
