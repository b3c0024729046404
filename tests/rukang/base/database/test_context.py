"""A session knows the moment, who works in it, and the keys of its numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from rukang.base.access import Caller, Database, Grant, Role
from rukang.base.database import context
from rukang.base.database.audit.records import AuditEntry
from rukang.base.database.sealing.keys import SessionVault
from tests.factories import a_home

NINE_IN_THE_MORNING = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (NINE_IN_THE_MORNING, date(2026, 11, 2)),
        (datetime(2026, 11, 2, 15, 59, tzinfo=UTC), date(2026, 11, 2)),
        (datetime(2026, 11, 2, 16, 0, tzinfo=UTC), date(2026, 11, 3)),
    ],
)
def test_the_day_turns_at_midnight_in_binzhou(
    empty_database: Database, moment: datetime, day: date
) -> None:
    with replace(empty_database, clock=lambda: moment).session() as session:
        assert context.now(session) == moment
        assert context.today(session) == day


def test_the_clock_is_asked_anew_each_time(empty_database: Database) -> None:
    moments = iter([NINE_IN_THE_MORNING, NINE_IN_THE_MORNING.replace(hour=17)])
    with replace(empty_database, clock=lambda: next(moments)).session() as session:
        assert context.today(session) == date(2026, 11, 2)
        assert context.today(session) == date(2026, 11, 3)


def test_the_actor_is_who_the_audit_trail_names(empty_database: Database) -> None:
    manager = Caller("manager@example.org", (Grant(Role.ADMINISTRATOR),))
    with empty_database.session(manager) as session:
        assert context.actor(session) == "manager@example.org"
        a_home(session)
    with empty_database.session() as session:
        written = session.scalars(select(AuditEntry.actor).where(AuditEntry.table == "home"))
        assert set(written) == {"manager@example.org"}


def test_what_each_did_in_one_session_is_theirs(empty_database: Database) -> None:
    """What was pending when somebody else came is the first one's doing, not the second's."""
    with empty_database.session() as session:
        first = a_home(context.as_actor(session, "first@example.org"))
        first.name = "示例一"
        second = a_home(context.as_actor(session, "second@example.org"), code="ZP002")
        homes = {first.id: "first@example.org", second.id: "second@example.org"}
    with empty_database.session() as session:
        query = select(AuditEntry.record_id, AuditEntry.actor).where(AuditEntry.table == "home")
        assert set(session.execute(query).tuples()) == set(homes.items())


def test_the_vault_opens_what_it_sealed(empty_database: Database) -> None:
    with empty_database.session() as session:
        vault = SessionVault.of(session)
        sealed = vault.seal("371602196001010002", "masked")
        assert sealed.masked == "masked"
        assert vault.open(sealed) == "371602196001010002"
