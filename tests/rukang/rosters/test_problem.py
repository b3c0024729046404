"""A home's records as a problem, also where they were corrected since they were entered."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from payroll.policy import Policy
from rukang.base.access import Database
from rukang.base.clock import days_of_month
from rukang.base.errors import InvalidError
from rukang.bodies.homes import Home
from rukang.care.attendance import ExpectedAttendance
from rukang.people import Staff
from rukang.rosters import (
    Attendees,
    CareRatio,
    LeaveDay,
    RosterState,
    find_plan,
    problem_of,
    recount,
    request_roster,
    solve_plan,
)
from rukang.rosters.law.working_time import working_time
from tests.factories import OCTOBER, a_home, a_home_shift, a_member_of_staff, a_wish

SECOND = date(2026, 10, 2)


def _home(session: Session) -> tuple[Home, Staff]:
    home = a_home(session)
    a_home_shift(session, home, "A", 480)
    expected = {"day_care": 0, "workshop": 0, "overnight": 0}
    session.add_all(
        ExpectedAttendance(home_id=home.id, day=day, **expected) for day in days_of_month(OCTOBER)
    )
    ratio = {"attendees": Attendees.DAY_CARE, "heads_per_staff": 10, "at_least": 0}
    session.add(CareRatio(home_id=home.id, shift_code="A", **ratio))
    return home, a_member_of_staff(session, home)


@pytest.mark.parametrize(("ends", "asked_off"), [(None, 1), (date(2026, 9, 30), 0)])
def test_leave_and_wishes_count_while_a_contract_holds(
    empty_database: Database, ends: date | None, asked_off: int
) -> None:
    """A contract that was ended after leave and a wish were entered leaves neither behind."""
    with empty_database.session() as session:
        home, _ = _home(session)
        leaver = a_member_of_staff(session, home, "S02", contract_to=ends)
        session.add(LeaveDay(home_id=home.id, staff_id=leaver.id, day=SECOND, kind="年休假"))
        a_wish(session, leaver, SECOND)
        problem = problem_of(session, home, OCTOBER, Policy.load())
    assert len(problem.unavailable) == len(problem.requests) == asked_off


@pytest.mark.parametrize("is_on", [True, False])
def test_no_night_runs_into_leave_unless_the_home_says_so(
    empty_database: Database, is_on: bool
) -> None:
    """On leave on 2 October and 1 November: no night on 1 and 31 October, if the switch is on."""
    with empty_database.session() as session:
        home, member = _home(session)
        home.leave_from_midnight = is_on
        a_home_shift(session, home, "N", 1260)
        for day in (SECOND, date(2026, 11, 1)):
            session.add(LeaveDay(home_id=home.id, staff_id=member.id, day=day, kind="年休假"))
        problem = problem_of(session, home, OCTOBER, Policy.load())
    assert [(item.day, item.from_midnight) for item in problem.unavailable] == [(1, is_on)]
    assert [(item.day, item.shift) for item in problem.forbidden] == [(30, "N")] * is_on


def test_a_new_home_keeps_nights_off_leave(empty_database: Database) -> None:
    """The switch is on for a home that says nothing."""
    with empty_database.session() as session:
        assert a_home(session).leave_from_midnight


def test_the_holiday_after_the_month_is_told(empty_database: Database) -> None:
    """A night of 30 September runs into the first of October, a statutory holiday."""
    with empty_database.session() as session:
        home = a_home(session)
        a_home_shift(session, home, "A", 480)
        a_member_of_staff(session, home)
        september = date(2026, 9, 1)
        expected = {"day_care": 1, "workshop": 0, "overnight": 0}
        days = days_of_month(september)
        session.add_all(ExpectedAttendance(home_id=home.id, day=day, **expected) for day in days)
        ratio = {"attendees": Attendees.DAY_CARE, "heads_per_staff": 10, "at_least": 0}
        session.add(CareRatio(home_id=home.id, shift_code="A", **ratio))
        session.flush()
        problem = problem_of(session, home, september, Policy.load())
    assert 30 in problem.holidays


def test_the_calendar_of_the_month_is_told(empty_database: Database) -> None:
    """October 2026: three statutory holidays, and Saturday the 10th is worked."""
    with empty_database.session() as session:
        home, _ = _home(session)
        problem = problem_of(session, home, OCTOBER, Policy.load())
    assert [problem.date(day).day for day in problem.holidays] == [1, 2, 3]
    assert [problem.date(day).day for day in problem.make_up_days] == [10]
    assert 9 not in problem.rest_days()


def test_a_month_without_a_notice_goes_by_law(empty_database: Database) -> None:
    """A roster does not wait for it as wages do: what it lacks are records, not a calendar."""
    with empty_database.session() as session:
        home, _ = _home(session)
        with pytest.raises(InvalidError, match="缺少预计出勤与照护配比"):
            problem_of(session, home, date(2027, 10, 1), Policy.load())
    law = working_time(Policy.load(), "371681", date(2027, 10, 1))
    assert {day for day in law.statutory if day.month == 10} == {
        date(2027, 10, day) for day in (1, 2, 3)
    }


def test_a_plan_without_records_is_stopped_with_the_reason(empty_database: Database) -> None:
    """It neither waits for ever nor looks impossible; the missing records are named."""
    with empty_database.session() as session:
        plan = request_roster(session, a_home(session), OCTOBER)
    with pytest.raises(InvalidError, match="缺少"):
        solve_plan(empty_database, plan.id, Policy.load())
    with empty_database.session() as session:
        stopped = find_plan(session, plan.id)
    assert stopped.state is RosterState.STOPPED
    assert "班次" in (stopped.findings or [{}])[0]["zh"]


def test_a_plan_with_records_is_solved(empty_database: Database) -> None:
    """The same home with its records gets a roster that the checker passes."""
    with empty_database.session() as session:
        home, _ = _home(session)
        plan = request_roster(session, home, OCTOBER)
    solve_plan(empty_database, plan.id, Policy.load(), iterations=2500)
    with empty_database.session() as session:
        solved = find_plan(session, plan.id)
    assert solved.state is RosterState.DRAFT
    assert recount(solved) == []
