"""Attendance marks become the days of the wage rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from payroll import Policy
from rukang.base.errors import InvalidError
from rukang.care.attendance import DayMarks, Presence
from rukang.pay.month.days import Gap, Schedule, month_days, schedule_of

OCTOBER = date(2026, 10, 1)


@pytest.fixture(scope="module")
def october() -> Schedule:
    """October 2026 in 邹平: 18 workdays and 3 statutory holidays."""
    return schedule_of(Policy.load(), "371681", OCTOBER)


PRESENT = DayMarks.whole(Presence.PRESENT)


def _full(schedule: Schedule) -> dict[date, DayMarks]:
    return dict.fromkeys(schedule.scheduled - schedule.statutory, PRESENT)


def test_a_month_has_its_workdays_and_statutory_holidays(october: Schedule) -> None:
    """October 2026: National Day off, the 10th worked in exchange."""
    assert len(october.scheduled) == 21
    assert len(october.statutory) == 3
    assert date(2026, 10, 10) in october.scheduled
    assert date(2026, 10, 5) not in october.scheduled


def test_a_year_without_published_holidays_is_an_error() -> None:
    """2027 is not on file and is not guessed: wages wait for the notice."""
    with pytest.raises(InvalidError, match="rukang calendar supply --year 2027"):
        schedule_of(Policy.load(), "371681", date(2027, 1, 1))


def test_full_attendance_is_paid_in_full(october: Schedule) -> None:
    """Statutory holidays need no mark and are paid."""
    days = month_days(october, _full(october), date(2025, 3, 1), None)
    assert (days.scheduled, days.paid, days.unpaid) == (21, 21, 0)
    assert days.unrecorded == ()
    assert days.overtime.holiday_hours == 0


@pytest.mark.parametrize(
    ("mark", "paid", "unpaid"),
    [
        (Presence.ANNUAL_LEAVE, 21, 0),
        (Presence.SICK_LEAVE, 21, 0),
        (Presence.INJURY_LEAVE, 21, 0),
        (Presence.PERSONAL_LEAVE, 20, 1),
        (Presence.ABSENT, 20, 1),
    ],
)
def test_each_kind_of_leave_is_paid_or_not(
    october: Schedule, mark: Presence, paid: int, unpaid: int
) -> None:
    """Leave for the person's own reasons is unpaid, the rest is paid."""
    marks = _full(october) | {date(2026, 10, 20): DayMarks.whole(mark)}
    days = month_days(october, marks, date(2025, 3, 1), None)
    assert (days.paid, days.unpaid) == (paid, unpaid)


@pytest.mark.parametrize("mark", [None, Presence.REST])
def test_a_scheduled_day_without_record_is_a_gap_not_an_absence(
    october: Schedule, mark: Presence | None
) -> None:
    """No record, or a mark of rest on a workday, is named and not deducted."""
    marks = _full(october)
    del marks[date(2026, 10, 20)]
    if mark:
        marks[date(2026, 10, 20)] = DayMarks.whole(mark)
    days = month_days(october, marks, date(2025, 3, 1), None)
    assert days.unrecorded == (Gap(date(2026, 10, 20)),)
    assert days.unpaid == 0


def test_a_joiner_is_paid_from_the_first_day(october: Schedule) -> None:
    """Days before joining are neither paid nor missed."""
    days = month_days(october, _full(october), date(2026, 10, 15), None)
    assert (days.scheduled, days.paid, days.unpaid) == (21, 12, 0)


def test_a_leaver_is_paid_to_the_last_day(october: Schedule) -> None:
    """Both ends of an employment are inclusive."""
    days = month_days(october, _full(october), date(2025, 3, 1), date(2026, 10, 15))
    assert days.paid == 10


def test_presence_on_a_day_off_is_overtime(october: Schedule) -> None:
    """A rest day pays 200 %, a statutory holiday 300 %: the hours are kept apart."""
    marks = _full(october) | {
        date(2026, 10, 1): PRESENT,
        date(2026, 10, 18): PRESENT,
    }
    days = month_days(october, marks, date(2025, 3, 1), None)
    assert days.paid == 21
    assert days.overtime.holiday_hours == Decimal(8)
    assert days.overtime.rest_day_hours == Decimal(8)
