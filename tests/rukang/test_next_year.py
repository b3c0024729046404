"""A year of which nothing is shipped: by law and marked, then by the installation's own file alone.

The notice is invented. Spring Festival 2027: eve on Friday 5 February, then three days by law; the
notice takes Tuesday 9 to Thursday 11 off too, for Saturdays 30 January and 20 February.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

import rostering
from payroll.policy import Policy
from rostering import PayClass, Roster
from rukang.base.access import Database
from rukang.base.calendar import PROVISIONAL, calendar_in, calendar_of, fixed_by_law
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.base.errors import InvalidError
from rukang.bodies.homes import Home
from rukang.care.attendance import ExpectedAttendance
from rukang.engines.rating import load_edition
from rukang.rosters import (
    Attendees,
    CareRatio,
    problem_of,
    request_roster,
    roster_table,
)
from rukang.stars.inspections import moderate, propose, signs
from rukang.stars.inspections.steps.visiting import refuse_day
from tests.factories import a_home, a_home_shift, a_member_of_staff, a_resident, some_marks
from tests.rukang.stars.inspections.scenario import OFFICER, a_round

FEBRUARY = date(2027, 2, 1)
LAW = ", ".join(str(day) for day in sorted(fixed_by_law(2027)))
NOTICE = f"""document: 国务院办公厅关于2027年部分节假日安排的通知（示例）
date: 2026-11-20
figures:
  - {{parameter: working_time.holidays.days_off, place: CN, from: 2027-01-01, to: 2027-12-31,
     value: [2027-01-01, 2027-01-02, 2027-01-03, 2027-02-05, 2027-02-06, 2027-02-07, 2027-02-08,
             2027-02-09, 2027-02-10, 2027-02-11]}}
  - {{parameter: working_time.holidays.make_up_workdays, place: CN, from: 2027-01-01,
     to: 2027-12-31, value: [2027-01-30, 2027-02-20]}}
  - {{parameter: working_time.holidays.statutory, place: CN, from: 2027-01-01, to: 2027-12-31,
     value: [{LAW}]}}
"""


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """Where the installation's own file will be; a test writes the notice into it."""
    return tmp_path / "local-policy.yaml"


@pytest.fixture
def database(empty_database: Database, notice: Path) -> Database:
    """An installation that reads its calendar from the file, as it stands at every reading."""
    return replace(empty_database, calendar=lambda: calendar_in(notice))


def _policy(notice: Path) -> Policy:
    return Policy.load([notice] if notice.exists() else [])


def _a_roster_home(session: Session) -> Home:
    home = a_home(session)
    night = {"minutes": 600, "paid_minutes": 600, "is_night": True}
    a_home_shift(session, home, "A", 21 * 60, **night)
    expected = {"day_care": 0, "workshop": 0, "overnight": 0}
    session.add_all(
        ExpectedAttendance(home_id=home.id, day=day, **expected) for day in days_of_month(FEBRUARY)
    )
    ratio = {"attendees": Attendees.DAY_CARE, "heads_per_staff": 10, "at_least": 0}
    session.add(CareRatio(home_id=home.id, shift_code="A", **ratio))
    a_member_of_staff(session, home)
    return home


def test_classes_of_days_in_a_roster(database: Database, notice: Path) -> None:
    """By law the 5th to 8th are holidays; the 9th to 11th are rest days by the notice."""
    found = []
    with database.session() as session:
        home_id = _a_roster_home(session).id
    for text in ("", NOTICE):
        if text:
            notice.write_text(text, encoding="utf-8")
        with database.session() as session:
            home = session.get_one(Home, home_id)
            problem = problem_of(session, home, FEBRUARY, _policy(notice))
            mark = roster_table(session, request_roster(session, home, FEBRUARY)).calendar_mark
        found.append(({day: problem.pay_class(day - 1) for day in (4, 5, 8, 9, 11, 20)}, mark))
    by_law = dict.fromkeys((4, 9, 11), PayClass.WORKDAY) | dict.fromkeys((5, 8), PayClass.HOLIDAY)
    assert found[0] == (by_law | {20: PayClass.REST_DAY}, PROVISIONAL)
    moved = dict.fromkeys((9, 11), PayClass.REST_DAY) | {20: PayClass.WORKDAY}
    assert found[1] == (by_law | moved, None)


@pytest.mark.parametrize(
    ("night", "known", "minutes"),
    [
        (4, False, (180, 0, 420)),  # Thursday 21:00 to 07:00 on the eve: seven hours of a holiday
        (4, True, (180, 0, 420)),
        (8, False, (420, 0, 180)),  # out of the last day by law into a workday
        (8, True, (0, 420, 180)),  # into a day that the notice takes off
        (28, True, (420, 180, 0)),  # out of a Sunday into the Monday of the next month
    ],
)
def test_hours_of_a_night_go_to_the_day_on_which_they_are_worked(
    database: Database, notice: Path, night: int, known: bool, minutes: tuple[int, int, int]
) -> None:
    """Workday, rest day and holiday minutes of one night from 21:00 to 07:00."""
    if known:
        notice.write_text(NOTICE, encoding="utf-8")
    with database.session() as session:
        problem = problem_of(session, _a_roster_home(session), FEBRUARY, _policy(notice))
    roster = Roster.of(problem, {"S01": {night - 1: "A"}})
    (paid,) = rostering.fairness(problem, roster).minutes
    assert (paid.workday, paid.rest_day, paid.holiday) == minutes


def test_limits_counted_in_working_days(database: Database, notice: Path) -> None:
    """Five workdays from Wednesday 3 February: by law to Friday 12; by the notice to Wednesday 17.

    By law 4, 9, 10, 11, 12 are worked; by the notice 4, 12, 15, 16, 17.
    """
    with a_round(database) as found:
        inspection = found.visited()
        moderate(as_actor(found.session, OFFICER), inspection)
        found.clock.to(date(2027, 2, 3))
        propose(as_actor(found.session, OFFICER), inspection)
        assert (inspection.objections_until, inspection.limits_mark) == (
            date(2027, 2, 12),
            PROVISIONAL,
        )
        notice.write_text(NOTICE, encoding="utf-8")
        assert (inspection.objections_until, inspection.limits_mark) == (date(2027, 2, 17), None)


def test_a_day_closed_by_law_alone_is_marked_and_the_notice_opens_it(
    database: Database, notice: Path
) -> None:
    """Nobody came from the 9th to the 16th: six opening days by law, three by the notice."""
    with a_round(database) as found:
        resident = a_resident(found.session, found.home)
        there = [date(2027, 2, day) for day in (1, 2, 3, 4, 17, 18, 19)]
        some_marks(found.session, resident, there)
        found.clock.to(date(2027, 2, 20))
        at, edition = date(2027, 2, 20), load_edition("example-2026")
        (sign,) = signs(found.session, found.home, edition, at)
        assert (sign.rule.id, sign.count) == ("D3", 6)
        assert PROVISIONAL[0] in sign.evidence.zh
        notice.write_text(NOTICE, encoding="utf-8")
        assert signs(found.session, found.home, edition, at) == []


def test_a_visit_is_planned_on_a_day_that_is_worked(database: Database, notice: Path) -> None:
    """Wednesday the 10th can be visited by law, and no longer once the notice takes it off."""
    day, due = date(2027, 2, 10), date(2027, 3, 31)
    with database.session() as session:
        home = a_home(session)
        refuse_day(calendar_of(session), home, day, FEBRUARY, due)
        notice.write_text(NOTICE, encoding="utf-8")
        with pytest.raises(InvalidError, match="节假日"):
            refuse_day(calendar_of(session), home, day, FEBRUARY, due)
        refuse_day(calendar_of(session), home, day + timedelta(days=2), FEBRUARY, due)
