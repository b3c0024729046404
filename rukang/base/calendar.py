"""The working calendar: what each day is, by the State Council's notice or, until then, by law.

The State Council arranges a year's days off and make-up workdays near the end of the year before.
The arrangement comes from an installation's own figures (``working_time.holidays.*`` in the local
policy file, written by ``rukang calendar supply``), else from the package `chinese_calendar`. A
year that neither knows is **provisional**: weekends, and the holidays that law fixes by the sun and
the moon (全国年节及纪念日放假办法). Which further days are moved off, and which weekend days are
worked for them, nobody knows before the notice, so neither is guessed. Whatever shows a provisional
day says so, and nothing keeps what was derived from one: it is derived again at every reading.

Which days are paid at 300 % is a figure of the wage rules, ``working_time.holidays.statutory``, and
wages wait for it.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import chinese_calendar
import holidays

from payroll.policy import Policy
from rukang.base.errors import InvalidError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session  # engines use the calendar, and load no database

SATURDAY = 5

FIRST_YEAR, LAST_YEAR = 2004, 2040
"""Years of which a day can be told: the package's first, and the last in which every edition of the
library agrees on Qingming (from 2042 on the one that dbos allows is a day off in some years)."""

DAYS_OFF: Final = "working_time.holidays.days_off"
MAKE_UP: Final = "working_time.holidays.make_up_workdays"
STATUTORY: Final = "working_time.holidays.statutory"

PROVISIONAL: Final = ("暂按法定假日推算", "provisional: holidays fixed by law only")
"""The mark beside whatever rests on a year that is not arranged yet."""

Name = tuple[str, str]
"""A name in Chinese and in English."""

_MOVED = ("休息日", "补假")
"""Words by which the library names days that a notice moved; law alone does not give them."""


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


@dataclass(frozen=True)
class Arrangement:
    """A year's days off and make-up workdays as a notice gives them.

    Parameters
    ----------
    year
        The year the notice is about; its days may begin in the December before.
    days_off
        Days off, weekends within them included.
    make_up
        Weekend days on which standard hours are worked.

    Raises
    ------
    InvalidError
        If a day belongs to another year, is off and worked at once, or is made up on a weekday.
    """

    year: int
    days_off: frozenset[date]
    make_up: frozenset[date]

    def __post_init__(self) -> None:
        first, last = date(self.year - 1, 12, 1), date(self.year, 12, 31)
        for day in sorted(self.days_off | self.make_up):
            if not first <= day <= last:
                raise InvalidError(
                    f"{day} 不属于 {self.year} 年的放假安排，请核对通知。",
                    f"{day} does not belong to the calendar of {self.year}; check the notice.",
                )
        for day in sorted(self.make_up):
            if day in self.days_off or day.weekday() < SATURDAY:
                raise InvalidError(
                    f"{day} 不能是调休上班日：它不是周末，或同时列为放假日；请核对通知。",
                    f"{day} cannot be a make-up workday: it is no weekend day, or is off as well;"
                    " check the notice.",
                )

    def kind_of(self, day: date) -> DayKind:
        """Return what a day is by this arrangement."""
        if day in self.make_up:
            return DayKind.MAKE_UP
        return DayKind.HOLIDAY if day in self.days_off else _ordinary(day)

    def gives(self, day: date) -> bool:
        """Return whether the arrangement speaks of a day: one of its year, or moved from before."""
        return day.year == self.year or day in self.days_off or day in self.make_up


@dataclass(frozen=True)
class YearDay:
    """A day that is not what its weekday says: off, or worked at a weekend."""

    day: date
    kind: DayKind
    name: Name


@dataclass(frozen=True)
class Calendar:
    """What every day is, by the arrangements an installation supplied, the package's, and law.

    Parameters
    ----------
    supplied
        Arrangements by year; they go before those of the package.
    """

    supplied: Mapping[int, Arrangement] = field(default_factory=dict)

    @classmethod
    def of(cls, policy: Policy) -> Calendar:
        """Return the calendar with the arrangements among an installation's own figures.

        A year counts as supplied once both its days off and its make-up workdays are.
        """
        off, worked = _latest(policy, DAYS_OFF), _latest(policy, MAKE_UP)
        years = off.keys() & worked.keys()
        return cls({year: Arrangement(year, off[year], worked[year]) for year in sorted(years)})

    def kind_of(self, day: date) -> DayKind:
        """Return what a day is.

        Raises
        ------
        InvalidError
            Before the first or after the last year of which anything is known.
        """
        if (arranged := self._arrangement(day)) is not None:
            return arranged.kind_of(day)
        return DayKind.HOLIDAY if day in fixed_by_law(day.year) else _ordinary(day)

    def is_provisional(self, day: date) -> bool:
        """Return whether the year of a day is not arranged yet."""
        return self._arrangement(day) is None

    def mark(self, days: Iterable[date]) -> Name | None:
        """Return the mark that must stand beside what rests on these days, if one must."""
        return PROVISIONAL if any(self.is_provisional(day) for day in days) else None

    def workdays(self, days: Iterable[date]) -> int:
        """Return on how many of the days standard hours are worked."""
        return sum(self.kind_of(day).works for day in days)

    def workday_after(self, day: date, count: int) -> date:
        """Return the ``count``-th workday after a day, which itself is not counted."""
        found = day
        for _ in range(count):
            found += timedelta(days=1)
            while not self.kind_of(found).works:
                found += timedelta(days=1)
        return found

    def holiday(self, day: date) -> Name:
        """Return the name of the holiday a day off belongs to, as far as it has one."""
        return fixed_by_law(day.year).get(day) or _named_by_package(day) or ("放假", "day off")

    def special_days(self, year: int) -> list[YearDay]:
        """Return a year's days off and make-up workdays, in order, each with its name."""
        kinds = {day: self.kind_of(day) for day in _days_of(year)}
        make_up = ("调休上班", "make-up workday")
        return [
            YearDay(day, kind, make_up if kind.works else self.holiday(day))
            for day, kind in kinds.items()
            if kind in {DayKind.HOLIDAY, DayKind.MAKE_UP}
        ]

    def _arrangement(self, day: date) -> Arrangement | None:
        _refuse_unknown(day)
        for year in (day.year + 1, day.year):  # New Year may begin in December
            found = self.supplied.get(year)
            if found is not None and found.gives(day):
                return found
        return published(day.year)


@cache
def published(year: int) -> Arrangement | None:
    """Return a year's arrangement as the package carries it, or None if it does not."""
    days = _days_of(year)
    try:
        kinds = {day: (chinese_calendar.is_workday(day), _named_by_package(day)) for day in days}
    except NotImplementedError:
        return None
    return Arrangement(
        year,
        frozenset(day for day, (works, named) in kinds.items() if named and not works),
        frozenset(day for day, (works, _) in kinds.items() if works and day.weekday() >= SATURDAY),
    )


@cache
def fixed_by_law(year: int) -> Mapping[date, Name]:
    """Return the holidays that law itself fixes in a year, each with its name.

    They fall where the sun and the moon say; lunar dates come from the library `holidays`.

    References
    ----------
    全国年节及纪念日放假办法, art. 2 (from 2025: 国务院令第795号).
    """
    zh, en = (
        holidays.country_holidays("CN", years=year, observed=False, language=language)
        for language in ("zh_CN", "en_US")
    )
    return {
        day: (name, en[day])
        for day, name in sorted(zh.items())
        if not any(word in name for word in _MOVED)
    }


def calendar_of(session: Session) -> Calendar:
    """Return the calendar of the installation whose records a session reads."""
    source: Callable[[], Calendar] = session.info["calendar"]
    return source()


def calendar_in(local_policy: Path) -> Calendar:
    """Return the calendar with the arrangements in a local policy file, read when it changed.

    Raises
    ------
    payroll.PolicyFileError
        If the file is not what it must be.
    """
    if not local_policy.exists():
        return Calendar()
    changed = local_policy.stat()
    return _read(local_policy, changed.st_mtime_ns, changed.st_size)


@cache
def _read(local_policy: Path, _changed: int, _size: int) -> Calendar:
    return Calendar.of(Policy.load([local_policy]))


def _latest(policy: Policy, parameter: str) -> dict[int, frozenset[date]]:
    """Return an installation's own days of each year; of two notices, the one known last."""
    entries = sorted(policy.local.get(parameter, ()), key=lambda e: e.known_from or e.first)
    return {entry.first.year: frozenset(entry.value) for entry in entries if entry.place == "CN"}


def _ordinary(day: date) -> DayKind:
    return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKDAY


def _named_by_package(day: date) -> Name | None:
    try:
        _, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    named = chinese_calendar.Holiday(name) if name else None
    return (named.chinese, named.value) if named else None


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def _refuse_unknown(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidError(
            f"{day.year} 年不在日历范围（{FIRST_YEAR} 至 {LAST_YEAR} 年）内，请核对日期。",
            f"The calendar goes from {FIRST_YEAR} to {LAST_YEAR}; {day.year} lies outside.",
        )
