"""The audit trail follows every change and can itself not be changed."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Delete, Update, delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import make_transient

from rukang.base.access import Database
from rukang.base.access.accounts import create_account
from rukang.base.access.records import Account
from rukang.base.database import audit
from rukang.base.database.audit import HIDDEN, AuditEntry
from rukang.base.errors import InvalidError
from rukang.bodies.homes import Home
from rukang.people import Person, open_number
from tests.conftest import NOW
from tests.factories import a_citizen_id, a_home, a_member_of_staff, own_number


def _trail(database: Database, table: str) -> list[AuditEntry]:
    """Return the entries of a table, with what is personal in them opened."""
    with database.session() as session:
        query = select(AuditEntry).where(AuditEntry.table == table).order_by(AuditEntry.id)
        entries = []
        for found in audit.opened(session, session.scalars(query)):
            make_transient(found.entry)
            found.entry.before, found.entry.after = found.before, found.after
            entries.append(found.entry)
        return entries


def test_insert_update_and_delete_leave_before_and_after(empty_database: Database) -> None:
    """Each change has who, when, and what it was before and after."""
    with empty_database.session() as session:
        home = a_home(session)
    with empty_database.session() as session:
        session.get_one(Home, home.id).capacity = 90
    with empty_database.session() as session:
        session.delete(session.get_one(Home, home.id))
    made, changed, removed = _trail(empty_database, "home")
    assert (made.action, changed.action, removed.action) == ("insert", "update", "delete")
    assert (changed.before, changed.after) == ({"capacity": 80}, {"capacity": 90})
    assert removed.before is not None
    assert removed.before["code"] == home.code
    assert {entry.actor for entry in (made, changed, removed)} == {"system"}
    assert made.at == NOW


def test_a_change_rolled_back_leaves_no_entry(empty_database: Database) -> None:
    """The entry lives and dies with the transaction of the change."""

    def store_and_fail() -> None:
        with empty_database.session() as session:
            a_home(session)
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        store_and_fail()
    assert _trail(empty_database, "home") == []


@pytest.mark.parametrize("change", [update(AuditEntry).values(actor="x"), delete(AuditEntry)])
def test_the_trail_takes_no_update_and_no_delete(empty_database: Database, change: object) -> None:
    """The database itself refuses, whoever asks."""
    with empty_database.session() as session:
        a_home(session)
    with pytest.raises(DBAPIError, match="append-only"), empty_database.session() as session:
        session.execute(change)  # type: ignore[call-overload]
    assert len(_trail(empty_database, "home")) == 1


def test_sealed_numbers_never_reach_the_trail(empty_database: Database) -> None:
    """Opened, the trail shows the mask; neither the number nor its cipher or lookup."""
    with empty_database.session() as session:
        person = a_member_of_staff(session, a_home(session)).person
        number = empty_database.vault.open(own_number(person))
    rows = str([entry.after for entry in _trail(empty_database, "identifier")])
    assert own_number(person).masked in rows
    for secret in (number, own_number(person).cipher, own_number(person).lookup):
        assert secret not in rows


def test_a_changed_secret_is_told_but_not_shown(empty_database: Database) -> None:
    """A corrected number under the same mask, or a new password, leaves an entry without either."""
    with empty_database.session() as session:
        person = a_member_of_staff(session, a_home(session)).person
        account = create_account(session, "a@example.org", "甲", "correct horse battery", [])
    before = own_number(person)
    other = empty_database.vault.seal(a_citizen_id(date(1999, 12, 12)), before.masked)
    with empty_database.session() as session:
        session.get_one(Person, person.id).citizen_id = other
        session.get_one(Account, account.id).hashed_password = "another hash"
    *_, number = _trail(empty_database, "identifier")
    *_, password = _trail(empty_database, "account")
    assert number.after == {"number_cipher": HIDDEN, "number_lookup": HIDDEN}
    assert password.after == password.before == {"hashed_password": HIDDEN}


@pytest.mark.parametrize("change", [update(Home).values(capacity=1), delete(Home)])
def test_a_bulk_change_that_would_leave_no_entry_is_refused(
    empty_database: Database, change: Update | Delete
) -> None:
    """Records change one by one, so that none passes by the trail."""
    with empty_database.session() as session:
        home = a_home(session)
    with (
        pytest.raises(RuntimeError, match="pass by the audit trail"),
        empty_database.session() as session,
    ):
        session.execute(change)
    with empty_database.session() as session:
        assert session.get_one(Home, home.id).capacity == home.capacity


def test_reading_a_number_is_logged_with_its_reason(empty_database: Database) -> None:
    """Whoever opens a number says why, and that is kept."""
    with empty_database.session() as session:
        person = a_member_of_staff(session, a_home(session)).person
        number = open_number(session, person, "citizen_id", "核对工资卡")
    assert number == empty_database.vault.open(own_number(person))
    *_, entry = _trail(empty_database, "person")
    assert (entry.action, entry.after) == ("read", {"field": "citizen_id", "reason": "核对工资卡"})


def test_reading_a_number_without_a_reason_is_refused(empty_database: Database) -> None:
    """No reason, no number, no entry."""
    with empty_database.session() as session:
        person = a_member_of_staff(session, a_home(session)).person
        for reason in ("  ", "x", " abc "):
            with pytest.raises(InvalidError, match="事由"):
                open_number(session, person, "citizen_id", reason)
    assert [entry.action for entry in _trail(empty_database, "person")] == ["insert"]
