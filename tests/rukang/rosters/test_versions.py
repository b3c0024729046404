"""A published roster changed: each change is a new version; what is past stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rostering import Cover, Problem, ShiftType, Unavailable
from rostering import Staff as Person
from rukang.base.access import Database
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.homes import Home
from rukang.rosters import (
    Confirmation,
    RosterPlan,
    RosterState,
    WorkedShift,
    confirm,
    exchange,
    find_plan,
    mend,
    publish,
    recount,
    take_back,
    take_over,
)
from tests.conftest import NOW
from tests.factories import a_home, a_home_shift, a_member_of_staff, a_person, a_plan

TODAY = NOW.date()
FIRST = TODAY.replace(day=1)
DAYS = 30
TOMORROW, LATER = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
STAFF = ("S01", "S02", "S03")


def _problem() -> Problem:
    """Return a month of one shift a day; S03 cannot come the day after tomorrow."""
    return Problem(
        start=FIRST,
        days=DAYS,
        shift_types=(ShiftType(id="A", name="白班", minutes=480, paid_minutes=480),),
        staff=tuple(Person(id=code, name=code) for code in STAFF),
        cover=tuple(Cover(day=day, shift="A", wanted=1, minimum=1) for day in range(DAYS)),
        unavailable=(Unavailable(staff="S03", day=(LATER - FIRST).days),),
    )


def _published(session: Session) -> RosterPlan:
    """Return a published roster in which S01 works odd days of the month and S02 even ones."""
    home = a_home(session)
    a_home_shift(session, home, "A", 480)
    for code in STAFF:
        a_member_of_staff(session, home, code, person=a_person(session, f"员工{code}"))
    shifts: dict[str, dict[str, str]] = {code: {} for code in STAFF}
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        shifts["S01" if day.day % 2 else "S02"][day.isoformat()] = "A"
    fields = {
        "state": RosterState.DRAFT,
        "shifts": shifts,
        "problem": _problem().model_dump(mode="json"),
    }
    plan = a_plan(session, home, FIRST, **fields)
    publish(session, plan)
    session.flush()
    return plan


def _who(session: Session, day: date) -> set[str]:
    query = select(WorkedShift).where(WorkedShift.day == day)
    return {shift.staff.code for shift in session.scalars(query)}


def _worker(day: date) -> str:
    return "S01" if day.day % 2 else "S02"


def test_somebody_takes_the_shift_and_the_version_before_is_kept(empty_database: Database) -> None:
    """The new one is published, names the old, and tells the change; the shifts follow it."""
    with empty_database.session() as session:
        old = _published(session)
        new = take_over(session, old, _worker(TOMORROW), TOMORROW, "S03")
        assert (old.state, new.state) == (RosterState.REPLACED, RosterState.PUBLISHED)
        assert (new.replaces_id, _who(session, TOMORROW)) == (old.id, {"S03"})
        assert "S03" in str(new.findings)
        assert recount(new) == []
        with pytest.raises(ConflictError, match="没有在用"):
            take_over(session, old, _worker(LATER), LATER, "S01")


def test_taking_a_shift_that_breaks_a_rule_is_refused(empty_database: Database) -> None:
    """S03 is away that day: nothing changes, the rule is named; so is who is nobody."""
    with empty_database.session() as session:
        plan = _published(session)
        with pytest.raises(ConflictError, match="S03"):
            take_over(session, plan, _worker(LATER), LATER, "S03")
        with pytest.raises(InvalidError, match="没有可以由"):
            take_over(session, plan, "S03", TOMORROW, "S01")
        with pytest.raises(InvalidError, match="没有这个员工编号"):
            take_over(session, plan, "S09", TOMORROW, "S01")
        with pytest.raises(InvalidError, match="已经过去"):
            take_over(session, plan, _worker(FIRST), FIRST, "S03")
        assert plan.state is RosterState.PUBLISHED


def test_two_people_exchange_their_days(empty_database: Database) -> None:
    """Each works the other's; exchanging with oneself changes nothing and is told."""
    with empty_database.session() as session:
        plan = _published(session)
        one, other = _worker(TOMORROW), _worker(LATER)
        new = exchange(session, plan, (one, TOMORROW), (other, LATER))
        assert (_who(session, TOMORROW), _who(session, LATER)) == ({other}, {one})
        with pytest.raises(InvalidError, match="不用调换"):
            exchange(session, new, ("S03", TOMORROW), ("S03", TOMORROW))


def test_an_absence_is_mended_without_touching_what_is_past(empty_database: Database) -> None:
    """Somebody else comes on each of the days; earlier days are as they were."""
    with empty_database.session() as session:
        plan = _published(session)
        before = {day: _who(session, day) for day in (FIRST,)}
        away = _worker(TOMORROW)
        new = mend(session, plan, away, [TOMORROW, LATER + timedelta(days=1)], work=200)
        for day in (TOMORROW, LATER + timedelta(days=1)):
            assert _who(session, day) - {away} == _who(session, day) != set()
        assert {day: _who(session, day) for day in before} == before
        assert recount(new) == []


def test_a_roster_is_taken_back_until_a_shift_of_it_is_confirmed(empty_database: Database) -> None:
    """Then its shifts are nobody's; and it can be published anew."""
    with empty_database.session() as session:
        plan = _published(session)
        take_back(session, plan)
        assert (plan.state, _who(session, TOMORROW)) == (RosterState.DRAFT, set())
        publish(session, find_plan(session, plan.id))
        confirm(
            session, session.get_one(Home, plan.home_id), [Confirmation(_worker(FIRST), FIRST, "A")]
        )
        with pytest.raises(ConflictError, match="已有确认"):
            take_back(session, plan)
        assert plan.state is RosterState.PUBLISHED
