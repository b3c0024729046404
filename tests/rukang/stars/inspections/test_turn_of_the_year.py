"""Time limits that reach into a year without a notice yet, and the notice that moves them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from rukang.base.access import Database
from rukang.base.calendar import PROVISIONAL, Arrangement, Calendar
from rukang.base.database.context import as_actor
from rukang.doors.notices import changed_days, whom_to_tell
from rukang.rosters import request_roster
from rukang.stars.inspections import Inspection, moderate, plan_visit, propose
from rukang.stars.inspections.steps.proposal import object_to
from rukang.stars.picture.late import Matter, late
from tests.rukang.stars.inspections.scenario import MANAGER, OFFICER, Round, a_round

EVE = date(2026, 12, 28)
"""A Monday; five workdays later is Tuesday 5 January 2027 by law alone."""

NOTICE = Arrangement(
    2027, frozenset({date(2027, 1, 1), date(2027, 1, 4)}), frozenset({date(2027, 1, 30)})
)
"""Invented: the Monday after New Year is off, Saturday the 30th is worked for it."""


@pytest.fixture
def known() -> dict[int, Arrangement]:
    """The notices the installation knows; a test puts one in."""
    return {}


@pytest.fixture
def turning(empty_database: Database, known: dict[int, Arrangement]) -> Iterator[Round]:
    """A round whose installation learns of notices while its session is open."""
    with a_round(replace(empty_database, calendar=lambda: Calendar(known))) as found:
        yield found


def proposed(turning: Round) -> Inspection:
    """Return an inspection proposed in the last days of December."""
    inspection = turning.visited()
    moderate(as_actor(turning.session, OFFICER), inspection)
    turning.clock.to(EVE)
    propose(as_actor(turning.session, OFFICER), inspection)
    return inspection


def test_limits_are_counted_by_law_until_the_notice(
    turning: Round, known: dict[int, Arrangement]
) -> None:
    """They carry the mark; the notice moves them by itself and takes the mark away."""
    inspection = proposed(turning)
    assert inspection.objections_until == date(2027, 1, 5)
    assert inspection.limits_mark == PROVISIONAL
    known[2027] = NOTICE
    assert inspection.objections_until == date(2027, 1, 6)
    assert inspection.limits_mark is None


def test_an_objection_on_a_day_the_notice_added_is_in_time(
    turning: Round, known: dict[int, Arrangement]
) -> None:
    """Nobody loses a day because the notice came after the proposal."""
    inspection = proposed(turning)
    known[2027] = NOTICE
    turning.clock.to(date(2027, 1, 6))
    assert object_to(as_actor(turning.session, MANAGER), inspection, "服务项目少算一项").id


def test_late_publications_follow_the_calendar(
    turning: Round, known: dict[int, Arrangement]
) -> None:
    """What is late is counted by the calendar of today, not by the one of the proposal."""
    inspection = proposed(turning)
    by = inspection.publish_by
    assert by is not None
    after = date.fromordinal(by.toordinal() + 1)
    assert [one.matter for one in late(turning.session, after)].count(Matter.PUBLICATION) == 1
    known[2027] = NOTICE
    assert inspection.publish_by == after
    assert Matter.PUBLICATION not in [one.matter for one in late(turning.session, after)]


def test_whom_a_notice_concerns_is_told(turning: Round) -> None:
    """A proposal's limits, a visit on a day that is off now, a roster of that month; not others."""
    session = turning.session
    inspection = proposed(turning)
    before, after = Calendar(), Calendar({2027: NOTICE})
    january = request_roster(session, turning.home, date(2027, 1, 1))
    march = request_roster(session, turning.home, date(2027, 3, 1))
    january.shifts = march.shifts = {}
    session.flush()
    told = [words.zh for words in whom_to_tell(session, before, after, 2027)]
    assert len(told) == 2
    assert "异议截止 2027-01-05 → 2027-01-06" in told[0]
    assert f"2027-01 的班表 {january.id}：标准工作日 20 → 20 天" in told[1]
    inspection.stage = inspection.stage.PLANNED
    inspection.visit_on = date(2027, 1, 4)
    session.flush()
    told = [words.zh for words in whom_to_tell(session, before, after, 2027)]
    assert any("2027-01-04 的上门：当天改为节假日，请改期" in one for one in told)
    assert not whom_to_tell(session, after, after, 2027)


def test_the_days_a_notice_changes(turning: Round) -> None:
    """The Monday and the Saturday; New Year itself was known by law."""
    changed = changed_days(Calendar(), Calendar({2027: NOTICE}), 2027)
    assert {day.isoformat()[5:] for day in changed} >= {"01-04", "01-30"}
    assert date(2027, 1, 1) not in changed


def test_a_visit_in_january_can_be_planned_in_december(turning: Round) -> None:
    """It was refused from 11 December on, because the calendar of the next year was not known."""
    inspection = turning.reported()
    inspection.due_on = date(2027, 1, 29)
    inspection.stage = inspection.stage.DESK_CHECKED
    turning.session.flush()
    turning.clock.to(date(2026, 12, 14))
    day = date(2027, 1, 6)
    plan_visit(as_actor(turning.session, OFFICER), inspection, day, turning.inspectors[:2])
    assert inspection.visit_on == day
