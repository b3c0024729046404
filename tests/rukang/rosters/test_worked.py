"""Confirmed shifts become worked time: hours of their day, overtime, days in lieu, annual leave."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll.policy import Policy
from rukang.base.access import Database
from rukang.base.errors import InvalidError, NotFoundError
from rukang.bodies.homes import Home
from rukang.people import HoursSystem, Staff
from rukang.rosters import (
    Confirmation,
    ConfirmedShift,
    LeaveDay,
    WorkedRow,
    WorkedShift,
    confirm,
    confirm_as_planned,
    worked_time,
)
from rukang.rosters.law.working_time import working_time
from rukang.rosters.worked import Overtime, annual_days, overtime, summed
from tests.factories import OCTOBER, a_home, a_home_shift, a_member_of_staff

SEPTEMBER = date(2026, 9, 1)


def _october(day: int) -> date:
    return OCTOBER + timedelta(days=day - 1)


def _home(session: Session) -> tuple[Home, Staff]:
    """Return a home with a day shift (480) and a night 21:00–07:00 (600), and one person."""
    home = a_home(session)
    a_home_shift(session, home, "D", 480)
    a_home_shift(session, home, "N", 1260, minutes=600, paid_minutes=600, is_night=True)
    return home, a_member_of_staff(session, home, working_since=date(2016, 10, 15))


def _planned(session: Session, member: Staff, shifts: dict[date, str]) -> None:
    session.add_all(
        WorkedShift(home_id=member.home_id, staff_id=member.id, day=day, shift_code=code)
        for day, code in shifts.items()
    )
    session.flush()


def _row(session: Session, home: Home, month: date = OCTOBER) -> WorkedRow:
    (row,) = worked_time(session, home, month, Policy.load()).rows
    return row


def test_a_month_is_a_fold_of_what_was_confirmed(empty_database: Database) -> None:
    """Every figure of a month, worked by hand.

    Night of 30 September: 600 minutes, 180 of them in September, 420 on 1 October, a holiday.
    Night of Monday 12 October: 600, 120 beyond the day of 480.
    19 to 24 October: six days of 480; the sixth is beyond the week of 2400.
    26 October: 540 worked of 480 planned, 60 beyond the day. 27 October: absent. 28: unconfirmed.
    """
    with empty_database.session() as session:
        home, member = _home(session)
        week = {_october(day): "D" for day in range(19, 25)}
        nights = {date(2026, 9, 30): "N", _october(12): "N"}
        _planned(session, member, nights | week | {_october(d): "D" for d in (26, 27, 28)})
        assert confirm_as_planned(session, home, date(2026, 9, 30), _october(24)) == 8
        late = Confirmation("S01", _october(26), "D", 540, "多留一小时")
        confirm(session, home, [late, Confirmation("S01", _october(27), None)])
        row = _row(session, home)
        before = _row(session, home, SEPTEMBER)
    assert row.planned == 420 + 600 + 6 * 480 + 3 * 480
    assert row.worked == 420 + 600 + 6 * 480 + 540
    assert row.difference == 60 - 480
    assert row.unconfirmed == 1
    assert row.overtime == Overtime(workday=120 + 60, rest_day=480, holiday=420)
    assert (row.overtime_limit, row.over_limit) == (36 * 60, 0)
    assert (row.in_lieu.earned, row.in_lieu.taken) == (1, 0)
    assert row.confirmed_by != ()
    assert (before.planned, before.worked, before.overtime.total) == (180, 180, 0)


def test_leave_of_the_year_by_years_of_work(empty_database: Database) -> None:
    """Ten years of work on 15 October: 10 days; a Saturday of leave is none; a day in lieu."""
    with empty_database.session() as session:
        home, member = _home(session)
        for day, kind in ((8, "年休假"), (17, "年休假"), (29, "调休")):
            leave = {"home_id": home.id, "staff_id": member.id, "kind": kind}
            session.add(LeaveDay(day=_october(day), **leave))
        session.flush()
        row, before = _row(session, home), _row(session, home, SEPTEMBER)
        member.working_since = None
        unknown = _row(session, home).annual_leave
    assert (row.annual_leave.entitled, row.annual_leave.taken, row.annual_leave.left) == (10, 1, 9)
    assert "职工带薪年休假条例" in row.annual_leave.rule
    assert "第三条" in row.annual_leave.rule
    assert before.annual_leave.entitled == 5
    assert (row.in_lieu.taken, row.in_lieu.left) == (1, -1)
    assert (unknown.entitled, unknown.left) == (None, None)


@pytest.mark.parametrize(
    ("since", "days"),
    [
        (date(2025, 11, 1), 0),
        (date(2025, 10, 31), 5),
        (date(2016, 11, 1), 5),
        (date(2016, 10, 31), 10),
        (date(2006, 10, 31), 15),
    ],
)
def test_annual_leave_steps_on_the_day(since: date, days: int) -> None:
    """One, ten and twenty whole years up to 31 October 2026."""
    assert annual_days({1: 5, 10: 10, 20: 15}, since, date(2026, 10, 31)) == days


def test_comprehensive_hours_count_the_month(empty_database: Database) -> None:
    """October 2026 has 18 workdays, 8640 minutes; 25 days of 480 are 3360 more, 1200 too many."""
    with empty_database.session() as session:
        home, member = _home(session)
        member.hours_system = HoursSystem.COMPREHENSIVE
        _planned(session, member, {_october(day): "D" for day in range(4, 29)})
        confirm_as_planned(session, home, _october(1), _october(31))
        row = _row(session, home)
    assert row.overtime == Overtime(workday=25 * 480 - 8640)
    assert row.over_limit == 3360 - 2160


def test_a_holiday_is_a_day_off_beside_those_of_rest(empty_database: Database) -> None:
    """1 to 3 October are holidays: the week has 40 − 24 = 16 normal hours, worked there or not.

    Monday to Sunday are worked 600 minutes each. Wednesday and Sunday are beyond the week's 960.
    """
    with empty_database.session() as session:
        home, member = _home(session)
        law = working_time(Policy.load(), home.county, OCTOBER)
        monday = date(2026, 9, 28)
        worked = [(monday + timedelta(days=n), 600, 0) for n in range(7)]
        found = overtime(member, law, worked)
        off = overtime(member, law, [item for item in worked if item[0].day not in (1, 2, 3)])
        member.weekly_minutes = 1200
        half = overtime(member, law, worked)
        member.hours_system = HoursSystem.PART_TIME  # 24 hours a week, whatever day it is
        part = overtime(member, law, [(day, 240, 0) for day, *_ in worked])
    assert summed(found.values()) == Overtime(workday=4 * 120, rest_day=2 * 480, holiday=3 * 600)
    assert summed(off.values()) == Overtime(workday=4 * 120, rest_day=2 * 480)
    # half a contract: 1200 − 3 × 240 = 480 a week, of 4 × 480
    assert summed(half.values()) == Overtime(workday=480, rest_day=3 * 480, holiday=1800)
    assert summed(part.values()) == Overtime(holiday=3 * 240)


def test_holiday_hours_count_towards_the_months_limit(empty_database: Database) -> None:
    """Three nights of 600 from 30 September, 1 and 2 October, and Saturday days beyond the week.

    Holidays: 420 + 600 + 600 + 180 of 3 October's own 21:00 to 24:00 = 1800. Weeks of 5 to 11, 12
    to 18 and 19 to 25 October: six days of 480, one of them beyond, 480 each. 1800 + 1440 = 3240,
    1080 above the limit of 2160; without the holidays it would be kept.
    """
    with empty_database.session() as session:
        home, member = _home(session)
        nights = {date(2026, 9, 30): "N"} | {_october(day): "N" for day in (1, 2, 3)}
        days = {_october(first + n): "D" for first in (5, 12, 19) for n in range(6)}
        _planned(session, member, nights | days)
        confirm_as_planned(session, home, date(2026, 9, 30), _october(31))
        found = worked_time(session, home, OCTOBER, Policy.load())
    (row,) = found.rows
    assert row.overtime == Overtime(workday=0, rest_day=3 * 480, holiday=1800)
    assert (row.limited, row.over_limit) == (3240, 1080)
    assert found.counted == ("workday", "rest_day", "holiday")
    assert "289号" in found.counted_rule
    assert "法定节假日加班" in found.counted_words.zh
    assert row.overtime.of(("workday", "rest_day")) == 1440


def test_what_was_confirmed_stays_and_may_be_corrected(empty_database: Database) -> None:
    """Confirming days again leaves corrections; the shift type's change leaves what was worked."""
    with empty_database.session() as session:
        home, member = _home(session)
        _planned(session, member, {_october(12): "D"})
        confirm(session, home, [Confirmation("S01", _october(12), "N")])
        assert confirm_as_planned(session, home, _october(12), _october(12)) == 0
        kept = session.scalars(select(ConfirmedShift)).one()
        assert (kept.planned_code, kept.shift_code, kept.minutes) == ("D", "N", 600)
        assert kept.minutes_after_midnight == 420
        confirm(session, home, [Confirmation("S01", _october(12), "N", 300)])
        kept = session.scalars(select(ConfirmedShift)).one()
        assert (kept.minutes, kept.minutes_after_midnight) == (300, 210)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Confirmation("S01", date(2026, 11, 3), "D"), "还没有到"),  # today is 2 November
        (Confirmation("S01", date(2026, 10, 12), None, 60), "请写明班次"),
        (Confirmation("S01", date(2026, 10, 12), "D", 1441), "不在 0 至 1440"),
        (Confirmation("S01", date(2026, 10, 13), None), "无须确认"),
        (Confirmation("S09", date(2026, 10, 12), "D"), "没有员工 S09"),
        (Confirmation("S01", date(2026, 10, 12), "X"), "没有班次 X"),
    ],
)
def test_what_cannot_have_been_is_refused(
    empty_database: Database, given: Confirmation, said: str
) -> None:
    """Days to come, minutes without a shift, strangers: each in words."""
    with empty_database.session() as session:
        home, member = _home(session)
        _planned(session, member, {_october(12): "D"})
        with pytest.raises((InvalidError, NotFoundError), match=said):
            confirm(session, home, [given])
        assert session.scalars(select(ConfirmedShift)).all() == []
