"""Months as people write them, and moments as they read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rukang.base.clock import days_of_month, first_of_month, in_shanghai, month_in_words


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_a_month_has_all_its_days(day: date) -> None:
    """From the first to the last, in order, and the day after begins the next month."""
    days = days_of_month(day)
    assert days[0] == day.replace(day=1)
    assert day in days
    assert all((later - earlier).days == 1 for earlier, later in pairwise(days))
    assert (days[-1] + timedelta(days=1)).day == 1


def test_a_month_is_read_as_it_is_written() -> None:
    """Year, hyphen, month."""
    assert first_of_month("2026-10") == date(2026, 10, 1)
    assert month_in_words(date(2026, 10, 1)) == "2026 年 10 月"


@pytest.mark.parametrize("text", ["2026-13", "10月", "2026-10-01", ""])
def test_what_is_no_month_is_refused(text: str) -> None:
    """The message repeats the text and shows how to write it."""
    with pytest.raises(ValueError, match="2026-10 这样"):
        first_of_month(text)


def test_an_evening_in_utc_is_the_next_morning_in_shanghai() -> None:
    """Eight hours on, all year: there is no summer time."""
    for month in (1, 7):
        moment = datetime(2026, month, 31, 20, tzinfo=UTC)
        assert f"{in_shanghai(moment):%m-%d %H:%M}" == f"{month + 1:02}-01 04:00"
