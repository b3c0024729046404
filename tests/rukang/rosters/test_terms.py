"""A contract and the law become the limits of one person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

import rostering
from payroll import Policy
from rukang.base.access import Database
from rukang.base.clock import days_of_month
from rukang.bodies.homes import Home
from rukang.people import HoursSystem, Sex, Staff
from rukang.rosters.law.terms import terms_of
from rukang.rosters.law.working_time import working_time
from tests.factories import a_home, a_member_of_staff

OCTOBER = date(2026, 10, 1)
DAYS = days_of_month(OCTOBER)
LAW = working_time(Policy.load(), "371681", OCTOBER)
DAY = rostering.ShiftType(id="白", start=510, minutes=510, paid_minutes=480)
NIGHT = rostering.ShiftType(id="夜", start=1260, minutes=600, paid_minutes=600, is_night=True)
LONG = rostering.ShiftType(id="长", start=480, minutes=780, paid_minutes=720)
HALF = rostering.ShiftType(id="半", start=510, minutes=240, paid_minutes=240)
SHIFTS = (DAY, NIGHT, LONG, HALF)


@pytest.fixture
def session(empty_database: Database) -> Iterator[Session]:
    """An open session."""
    with empty_database.session() as session:
        yield session


@pytest.fixture
def home(session: Session) -> Home:
    """A home whose own rest between shifts is eleven hours."""
    return a_home(session)


def _terms(member: Staff, home: Home, off: set[date] | None = None) -> rostering.Staff:
    return terms_of(member, LAW, home, DAYS, off or set())


def _fit(terms: rostering.Staff) -> str:
    """Return the shift types that a person may work at all."""
    problem = rostering.Problem(start=OCTOBER, days=31, shift_types=SHIFTS, staff=(terms,))
    return "".join(shift.id for shift in SHIFTS if problem.may_work(terms, shift))


def test_standard_hours(session: Session, home: Home) -> None:
    """Forty hours a week, eight a day, the workdays of the month, a rest day in seven."""
    terms = _terms(a_member_of_staff(session, home, max_consecutive_days=9), home)
    assert terms.max_week_minutes == 2400
    assert terms.max_minutes == 18 * 480
    assert terms.min_minutes == 18 * 480 * 80 // 100
    assert terms.max_consecutive_days == 6
    assert _fit(terms) == "白半"
    assert terms.min_rest_minutes == 660


def test_the_contract_may_be_stricter_than_the_law(session: Session, home: Home) -> None:
    """Fewer days running and fewer hours a week are kept; more would not be."""
    member = a_member_of_staff(session, home, max_consecutive_days=4, weekly_minutes=1200)
    terms = _terms(member, home)
    assert terms.max_consecutive_days == 4
    assert terms.max_week_minutes == 1200
    assert terms.max_minutes == 18 * 240
    greedy = a_member_of_staff(session, home, code="S02", weekly_minutes=3000)
    assert _terms(greedy, home).max_week_minutes == 2400


def test_comprehensive_hours_count_over_the_period(session: Session, home: Home) -> None:
    """No weekly limit and long shifts, but the same total."""
    terms = _terms(a_member_of_staff(session, home, hours_system=HoursSystem.COMPREHENSIVE), home)
    assert terms.max_week_minutes is None
    assert terms.max_minutes == 18 * 480
    assert _fit(terms) == "白夜长半"


def test_part_time_is_four_hours_a_day_and_24_a_week(session: Session, home: Home) -> None:
    """Longer shifts are out, and the week is capped by law."""
    member = a_member_of_staff(
        session, home, hours_system=HoursSystem.PART_TIME, weekly_minutes=1500
    )
    terms = _terms(member, home)
    assert terms.max_week_minutes == 1440
    assert _fit(terms) == "半"


@pytest.mark.parametrize(
    ("fields", "fit"),
    [({}, "白夜长半"), ({"protected": True}, "白半"), ({"night_allowed": False}, "白长半")],
)
def test_nights_and_overtime_are_for_who_may(
    session: Session, home: Home, fields: dict[str, bool], fit: str
) -> None:
    """The protected work no nights and no longer than a normal day, others as by their contract."""
    comprehensive = HoursSystem.COMPREHENSIVE
    member = a_member_of_staff(session, home, hours_system=comprehensive, **fields)
    terms = _terms(member, home)
    assert _fit(terms) == fit
    assert terms.is_protected is fields.get("protected", False)


@pytest.mark.parametrize("sex", Sex)
def test_sex_is_that_of_the_person(session: Session, home: Home, sex: Sex) -> None:
    """Cover for personal care may ask for it."""
    member = a_member_of_staff(session, home)
    member.person.sex = sex
    found = _terms(member, home).sex
    assert found is not None
    assert found.name == sex.name


def test_leave_lowers_the_least_hours_only(session: Session, home: Home) -> None:
    """Ten workdays of leave leave eight to be filled."""
    off = {day for day in DAYS if 8 <= day.day <= 20}
    terms = _terms(a_member_of_staff(session, home), home, off)
    assert terms.max_minutes == 18 * 480
    assert terms.min_minutes == 8 * 480 * 80 // 100


def test_a_contract_that_begins_within_the_month_counts_from_there(
    session: Session, home: Home
) -> None:
    """Half a month's contract holds half a month's hours."""
    member = a_member_of_staff(session, home, contract_from=date(2026, 10, 19))
    assert _terms(member, home).max_minutes == 10 * 480
