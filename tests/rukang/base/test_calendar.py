"""The working calendar: published years, years of one's own, and years by law alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from payroll.policy import Policy
from rukang.base.calendar import (
    DAYS_OFF,
    FIRST_YEAR,
    LAST_YEAR,
    MAKE_UP,
    PROVISIONAL,
    STATUTORY,
    Arrangement,
    Calendar,
    DayKind,
    calendar_in,
    fixed_by_law,
    published,
)
from rukang.base.clock import days_of_month
from rukang.base.errors import InvalidError

NOTICE = """document: 国务院办公厅关于2027年部分节假日安排的通知（示例）
date: 2026-12-20
figures:
  - {parameter: working_time.holidays.days_off, place: CN, from: 2027-01-01, to: 2027-12-31,
     value: [2027-01-01, 2027-01-02, 2027-01-03, 2027-02-05, 2027-02-06, 2027-02-07, 2027-02-08,
             2027-02-09]}
  - {parameter: working_time.holidays.make_up_workdays, place: CN, from: 2027-01-01,
     to: 2027-12-31, value: [2027-01-30]}
"""
"""An invented notice; the true one of 2027 is not known to this program."""


def year(number: int) -> list[date]:
    """Return all days of a year."""
    first = date(number, 1, 1)
    return [first + timedelta(days=n) for n in range((date(number + 1, 1, 1) - first).days)]


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
    assert Calendar().kind_of(day) is kind
    assert not Calendar().is_provisional(day)


def test_standard_hours_of_a_month() -> None:
    """October 2026: 22 weekdays, less five of the holiday, one made up."""
    assert Calendar().workdays(days_of_month(date(2026, 10, 1))) == 18


@pytest.mark.parametrize("parameter", [DAYS_OFF, MAKE_UP, STATUTORY])
@pytest.mark.parametrize("number", [2025, 2026])
def test_the_package_and_law_agree_with_the_rule_base(number: int, parameter: str) -> None:
    """Three sources of the same days: the package, the files of figures, the lunar dates."""
    arranged = published(number)
    assert arranged is not None
    known = {
        DAYS_OFF: arranged.days_off,
        MAKE_UP: arranged.make_up,
        STATUTORY: frozenset(fixed_by_law(number)),
    }
    figure = Policy.load().value(parameter, "CN", date(number, 1, 1)).value
    assert frozenset(figure) == known[parameter]


@pytest.mark.parametrize("number", range(2008, 2027))
def test_every_day_fixed_by_law_was_off_in_every_published_year(number: int) -> None:
    """So the lunar dates are right; a weekend counts, one year of the package forgets one."""
    arranged = published(number)
    assert arranged is not None
    assert all(day in arranged.days_off or day.weekday() >= 5 for day in fixed_by_law(number)), (
        number
    )


@pytest.mark.parametrize("number", [2027, 2028, 2033, LAST_YEAR])
def test_a_year_without_a_notice_is_provisional(number: int) -> None:
    """Weekends and what law fixes are off, nothing is moved, and no weekend day is worked."""
    calendar = Calendar()
    for day in year(number):
        kind = calendar.kind_of(day)
        assert calendar.is_provisional(day)
        assert kind is not DayKind.MAKE_UP
        assert kind.works is (day.weekday() < 5 and day not in fixed_by_law(number))
    assert calendar.mark(year(number)) == PROVISIONAL


def test_the_spring_festival_of_a_provisional_year() -> None:
    """2027: eve on Friday 5 February, then three days; Tuesday is worked until a notice says so."""
    off = [day for day in fixed_by_law(2027) if day.month == 2]
    assert off == [date(2027, 2, day) for day in (5, 6, 7, 8)]
    assert Calendar().kind_of(date(2027, 2, 9)) is DayKind.WORKDAY


def test_counting_workdays_over_the_turn_of_the_year() -> None:
    """Ten workdays after 24 December 2026: 1 January is off, nothing else is known."""
    assert Calendar().workday_after(date(2026, 12, 24), 10) == date(2027, 1, 8)


def test_a_local_notice_goes_before_law(tmp_path: Path) -> None:
    """Moved days and make-up days hold, and the year is provisional no more."""
    file = tmp_path / "local-policy.yaml"
    before = calendar_in(file)
    file.write_text(NOTICE, encoding="utf-8")
    after = calendar_in(file)
    moved = date(2027, 2, 9)
    assert before.is_provisional(moved)
    assert before.kind_of(moved) is DayKind.WORKDAY
    assert after.kind_of(moved) is DayKind.HOLIDAY
    assert after.kind_of(date(2027, 1, 30)) is DayKind.MAKE_UP
    assert after.mark([moved]) is None
    assert after.mark([moved, date(2028, 1, 3)]) == PROVISIONAL


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    """A server that runs since November learns of the notice without being started anew."""
    file = tmp_path / "local-policy.yaml"
    file.write_text(NOTICE.replace("2027-01-30", "2027-02-20"), encoding="utf-8")
    assert calendar_in(file).kind_of(date(2027, 1, 30)) is DayKind.WEEKEND
    file.write_text(NOTICE + "\n", encoding="utf-8")
    assert calendar_in(file).kind_of(date(2027, 1, 30)) is DayKind.MAKE_UP


def test_half_a_notice_leaves_the_year_provisional(tmp_path: Path) -> None:
    """Days off without the days worked for them would give too many days off."""
    file = tmp_path / "local-policy.yaml"
    file.write_text(NOTICE.partition("  - {parameter: working_time.holidays.make_up")[0], "utf-8")
    assert calendar_in(file).is_provisional(date(2027, 2, 9))


def test_new_year_may_begin_in_december() -> None:
    """A notice of 2028 that gives 31 December 2027 off holds on that day."""
    eve = date(2027, 12, 31)
    notice = Arrangement(2028, frozenset({eve, date(2028, 1, 1)}), frozenset())
    assert Calendar({2028: notice}).kind_of(eve) is DayKind.HOLIDAY
    assert Calendar({2028: notice}).is_provisional(date(2027, 12, 30))


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        ({date(2026, 5, 1)}, set()),  # another year
        ({date(2027, 5, 1)}, {date(2027, 5, 1)}),  # off and worked
        (set(), {date(2027, 5, 3)}),  # a Monday is worked anyway
    ],
)
def test_a_notice_that_cannot_be_is_refused(off: set[date], worked: set[date]) -> None:
    """A slip in typing would move everybody's month."""
    with pytest.raises(InvalidError, match="通知"):
        Arrangement(2027, frozenset(off), frozenset(worked))


@pytest.mark.parametrize("number", [1, FIRST_YEAR - 1, LAST_YEAR + 1, 9999])
def test_years_of_which_nothing_is_known_are_refused(number: int) -> None:
    """No lunar table goes that far."""
    with pytest.raises(InvalidError, match="不在日历范围"):
        Calendar().kind_of(date(number, 1, 1))
