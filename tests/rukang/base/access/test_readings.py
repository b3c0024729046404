"""Readings of wages, people and ratings leave an entry each, by permission."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from rukang.base.access import SYSTEM, Caller, Database, Grant, Permission, Role
from rukang.base.database import audit
from rukang.base.database.audit import AuditEntry, Opened
from rukang.bodies.homes import Home
from rukang.people import Resident
from tests.factories import a_home, a_resident

CLERK = Caller("clerk@example.org", (Grant(Role.CLERK, region="371600"),))


def _readings(database: Database) -> list[Opened]:
    with database.session() as session:
        query = select(AuditEntry).where(AuditEntry.action == "view").order_by(AuditEntry.number)
        return audit.opened(session, session.scalars(query))


def test_a_list_of_people_is_one_entry_and_one_person_is_named(empty_database: Database) -> None:
    """Who, of what, how many, in which homes; a single record with its person."""
    with empty_database.session() as session:
        home = a_home(session)
        one = a_resident(session, home, "R01")
        a_resident(session, home, "R02")
    with empty_database.session(CLERK, Permission.PEOPLE_READ) as session:
        assert len(session.scalars(select(Resident)).all()) == 2
    with empty_database.session(CLERK, Permission.PEOPLE_READ) as session:
        session.scalars(select(Resident).where(Resident.code == "R01")).one()
    several, single = _readings(empty_database)
    assert several.after == {"read": "resident", "count": 2, "homes": [home.id]}
    assert several.entry.actor == CLERK.name
    assert (single.entry.record_id, single.entry.person_id) == (one.id, one.person_id)
    assert single.after == {"read": "resident", "count": 1, "homes": [home.id]}


def test_what_is_public_or_failed_leaves_none(empty_database: Database) -> None:
    """Homes are no person's; a session that ends in an error has shown nothing."""
    with empty_database.session() as session:
        a_resident(session, a_home(session))
    with empty_database.session(CLERK, Permission.HOMES_READ) as session:
        session.scalars(select(Home)).all()

    try:
        with empty_database.session(CLERK, Permission.PEOPLE_READ) as session:
            session.scalars(select(Resident)).all()
            raise LookupError
    except LookupError:
        pass
    assert _readings(empty_database) == []


def test_what_an_account_reads_by_command_leaves_an_entry_too(empty_database: Database) -> None:
    """One of the wages, ratings or people it read; the installation's own work leaves none."""
    with empty_database.session() as session:
        home = a_home(session)
        a_resident(session, home, "R01")
        a_resident(session, home, "R02")
    command = empty_database.acting_as(Caller("clerk@example.org", SYSTEM.grants))
    for database in (empty_database, command):
        with database.session() as session:
            session.scalars(select(Resident)).all()
    (entry,) = _readings(empty_database)
    assert entry.after == {"read": "resident", "count": 2, "homes": [home.id]}
    assert entry.entry.actor == CLERK.name


def test_a_command_that_changes_something_tells_of_the_change_alone(
    empty_database: Database,
) -> None:
    """Reading to change is no reading."""
    with empty_database.session() as session:
        a_resident(session, a_home(session))
    command = empty_database.acting_as(Caller("clerk@example.org", SYSTEM.grants))
    with command.session() as session:
        session.scalars(select(Resident)).one().left_on = date(2026, 3, 1)
    assert _readings(empty_database) == []
