"""Publishing a roster: its shifts become worked shifts, once, and with a trail."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread

from sqlalchemy import select

from rukang.base.access import Database
from rukang.base.database import audit
from rukang.base.database.audit import AuditEntry
from rukang.base.errors import ConflictError
from rukang.bodies.homes import Home
from rukang.rosters import RosterState, WorkedShift, find_plan, publish
from tests.factories import OCTOBER, a_home, a_home_shift, a_member_of_staff, a_plan
from tests.patience import HANG

SECOND, THIRD = OCTOBER + timedelta(days=1), OCTOBER + timedelta(days=2)


def _drafts(database: Database, count: int) -> list[int]:
    with database.session() as session:
        home = a_home(session)
        member = a_member_of_staff(session, home)
        a_home_shift(session, home, "A", 480)
        for day in (OCTOBER, SECOND):
            shift = WorkedShift(home_id=home.id, staff_id=member.id, day=day, shift_code="A")
            session.add(shift)
        shifts = {member.code: {SECOND.isoformat(): "A", THIRD.isoformat(): "A"}}
        fields = {"state": RosterState.DRAFT, "shifts": shifts}
        return [a_plan(session, home, OCTOBER, **fields).id for _ in range(count)]


def _worked(database: Database) -> list[date]:
    with database.session() as session:
        return list(session.scalars(select(WorkedShift.day).order_by(WorkedShift.day)))


def test_every_worked_shift_that_changes_is_in_the_trail(empty_database: Database) -> None:
    """What goes is deleted and what comes is inserted, each with its entry; the rest stays."""
    (plan,) = _drafts(empty_database, 1)
    with empty_database.session() as session:
        publish(session, find_plan(session, plan))
    assert _worked(empty_database) == [SECOND, THIRD]
    with empty_database.session() as session:
        query = select(AuditEntry).where(AuditEntry.table == "worked_shift")
        trail = audit.opened(session, session.scalars(query.order_by(AuditEntry.id)))
    days = [(entry.entry.action, (entry.before or entry.after or {})["day"]) for entry in trail]
    gone, come = ("delete", OCTOBER.isoformat()), ("insert", THIRD.isoformat())
    assert sorted(days[2:]) == [gone, come]


def test_two_drafts_published_at_once_give_one_published_roster(empty_database: Database) -> None:
    """Whoever comes second, be it by a moment, is told that the month has its roster."""
    plans = _drafts(empty_database, 2)
    both_read, refused = Barrier(2, timeout=HANG), []

    def publish_one(plan_id: int) -> None:
        try:
            with empty_database.session() as session:
                plan = find_plan(session, plan_id)
                both_read.wait()
                publish(session, plan)
        except ConflictError as error:
            refused.append(error)

    threads = [Thread(target=publish_one, args=(plan,)) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with empty_database.session() as session:
        states = {find_plan(session, plan).state for plan in plans}
        assert len(session.scalars(select(Home)).all()) == 1
    assert len(refused) == 1
    assert states == {RosterState.DRAFT, RosterState.PUBLISHED}
