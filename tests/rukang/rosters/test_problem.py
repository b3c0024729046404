"""A home's records as a problem, also where they were corrected since they were entered."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from payroll.policy import Policy
from rukang.access import Database
from rukang.attendance import ExpectedAttendance
from rukang.clock import days_of_month
from rukang.homes import Home
from rukang.people import Staff
from rukang.rosters import Attendees, CareRatio, LeaveDay, problem_of
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
