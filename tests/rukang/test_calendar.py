"""The working calendar of published years."""

from __future__ import annotations

from datetime import date

import pytest

from rukang.calendar import DayKind, kind_of, workdays
from rukang.clock import days_of_month
from rukang.errors import InvalidError


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 10, 1), DayKind.HOLIDAY),
        (date(2026, 10, 3), DayKind.HOLIDAY),  # a Saturday within the holiday
        (date(2026, 10, 9), DayKind.WORKDAY),
        (date(2026, 10, 10), DayKind.MAKE_UP),  # a Saturday
        (date(2026, 10, 11), DayKind.WEEKEND),
    ],
)
def test_what_a_day_is(day: date, kind: DayKind) -> None:
    """The National Day week of 2026 as the State Council published it in November 2025."""
    assert kind_of(day) is kind


def test_standard_hours_of_a_month() -> None:
    """October 2026: 22 weekdays, less five of the holiday, one made up."""
    assert workdays(days_of_month(date(2026, 10, 1))) == 18


def test_a_year_that_is_not_published_is_refused() -> None:
    """A guess would be wrong by whole weeks."""
    with pytest.raises(InvalidError, match="2090 年的节假日安排尚未收录"):
        kind_of(date(2090, 1, 1))
