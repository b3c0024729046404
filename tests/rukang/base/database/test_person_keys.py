"""What is personal in the trail is sealed per person, and gone once the person's key is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, text

from rukang import migrations
from rukang.base.access import Database
from rukang.base.database import audit
from rukang.base.database.about import about_of, persons, tables
from rukang.base.database.audit import AuditEntry, Opened, Seal
from rukang.base.database.sealing.person_keys import KEYS, PersonKeyStore
from rukang.base.database.sealing.vault import Vault
from rukang.care.attendance import AttendanceDay
from rukang.migrations.registry import METADATA
from rukang.people import Guardian
from tests.conftest import NOW
from tests.factories import (
    a_home,
    a_member_of_staff,
    a_resident,
    an_employer,
    an_employment,
    some_marks,
)


def test_every_class_of_records_says_whom_it_is_about() -> None:
    """By a foreign key that leads on to a person, or nobody and why; a new table cannot forget."""
    assert set(tables()) == set(METADATA.tables)
    for kind in tables().values():
        about, seen = about_of(kind), set()
        assert bool(about.via) is not bool(about.why), kind
        at = kind
        while (via := about_of(at).via) != "id" and about.via:
            assert via is not None, f"{kind.__name__} leads to {at.__name__}, which leads nowhere"
            assert at not in seen
            seen.add(at)
            (key,) = at.__table__.c[via].foreign_keys
            at = tables()[key.column.table.name]
        assert not about.via or at.__tablename__ == "person"


def _two_people(database: Database) -> tuple[int, int]:
    """Store two residents with all kinds of records, and return their persons."""
    with database.session() as session:
        home, employer = a_home(session), an_employer(session)
        both = [a_resident(session, home, code) for code in ("R01", "R02")]
        for resident in both:
            resident.person.name = f"绝密姓名{resident.code}"
            guardian = {
                "name": f"绝密家长{resident.code}",
                "relation": "父",
                "phone": "13900000000",
            }
            session.add(Guardian(person_id=resident.person_id, **guardian))
            an_employment(session, resident, employer, monthly_wage_fen=987654)
            some_marks(session, resident, [date(2026, 10, 9)])
        return both[0].person_id, both[1].person_id


def _read(database: Database, person: int) -> list[Opened]:
    with database.session() as session:
        query = select(AuditEntry).where(AuditEntry.person_id == person)
        return audit.opened(session, session.scalars(query.order_by(AuditEntry.number)))


def test_what_is_about_a_person_is_sealed_and_opens(empty_database: Database) -> None:
    """Names, birth, guardians, wages and marks are in no row in clear, and read as they were."""
    first, _ = _two_people(empty_database)
    with empty_database.engine.connect() as connection:
        rows = str(connection.execute(text("SELECT * FROM audit_entry")).all())
    for word in ("绝密姓名", "绝密家长", "987654", "13900000000", "2026-10-09", "born_on"):
        assert word not in rows
    found = _read(empty_database, first)
    kinds = {entry.entry.table for entry in found}
    of_person = {"person", "identifier", "disability", "guardian"}
    assert kinds == {*of_person, "resident", "employment", "attendance_day"}
    assert {entry.seal for entry in found} == {Seal.OPENED}
    values = {entry.entry.table: entry.after or {} for entry in found}
    assert values["guardian"]["name"] == "绝密家长R01"
    assert values["employment"]["monthly_wage_fen"] == 987654
    with empty_database.session() as session:
        assert audit.verify(session).fault is None


def test_a_key_destroyed_takes_only_its_person(empty_database: Database) -> None:
    """The entries stay, verify, and show nothing; another person's still open; later ones too."""
    first, second = _two_people(empty_database)
    empty_database.person_keys.destroy(first, NOW)
    with empty_database.session() as session:
        mark = session.scalars(select(AttendanceDay).order_by(AttendanceDay.id)).first()
        session.delete(mark)
    found = _read(empty_database, first)
    assert {entry.seal for entry in found} == {Seal.DESTROYED}
    assert "绝密" not in str([(entry.before, entry.after) for entry in found])
    assert found[-1].entry.action == "delete"
    assert {entry.seal for entry in _read(empty_database, second)} == {Seal.OPENED}
    with empty_database.session() as session:
        assert audit.verify(session).fault is None
    kept = empty_database.person_keys.made(empty_database.vault, [first], NOW)
    assert kept == {first: None}


def test_the_keys_lie_apart_from_the_database(empty_database: Database) -> None:
    """A copy of the database alone opens nothing: the keys are in a file or schema of their own."""
    _two_people(empty_database)
    url = empty_database.engine.url
    with empty_database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert Path(str(url.database).replace(".sqlite", "-person-keys.sqlite")).exists()
            names = connection.execute(text("SELECT name FROM sqlite_master")).scalars().all()
            assert "person_key" not in names
        else:
            where = "SELECT schemaname FROM pg_tables WHERE tablename = 'person_key'"
            assert connection.execute(text(where)).scalars().all() == ["person_keys"]


def test_a_lost_key_is_told_from_a_destroyed_one(empty_database: Database) -> None:
    """A store that lacks a key says so; it is no erasure."""
    first, _ = _two_people(empty_database)
    with empty_database.person_keys.engine.begin() as connection:
        connection.execute(KEYS.delete())
    assert {entry.seal for entry in _read(empty_database, first)} == {Seal.MISSING}


def test_the_wraps_are_sealed_anew_some_at_a_time(empty_database: Database) -> None:
    """The store can be walked as the change of the installation's keys walks it."""
    first, second = _two_people(empty_database)
    old, new = empty_database.vault, Vault([Fernet.generate_key().decode()])

    class Anew:
        def __init__(self, cipher: bytes) -> None:
            self.cipher = cipher

    store, seen = PersonKeyStore(empty_database.person_keys), []

    def change(where: str, cipher: bytes, lookup: str | None) -> Anew:
        seen.append((where, lookup))
        return Anew(new.seal_bytes(old.open_bytes(cipher)))

    assert store.count() == 2
    last, many = store.walk(0, change)
    assert (many, store.walk(last, change)[1]) == (2, 0)
    assert seen == [(f"person_key {first}", None), (f"person_key {second}", None)]
    assert set(empty_database.person_keys.existing(new, [first, second])) == {first, second}


def test_a_record_gone_in_the_same_moment_is_still_about_its_person(
    empty_database: Database,
) -> None:
    """A member of staff deleted with everything is sealed under their own key."""
    with empty_database.session() as session:
        staff = a_member_of_staff(session, a_home(session))
        person = staff.person
        session.delete(staff)
        session.flush()
        session.delete(person)
    found = _read(empty_database, person.id)
    followed = [(e.entry.table, e.entry.action) for e in found]
    assert [one for one in followed if one[0] != "identifier"] == [
        ("person", "insert"),
        ("staff", "insert"),
        ("staff", "delete"),
        ("person", "delete"),
    ]
    assert {("identifier", "insert"), ("identifier", "delete")} <= set(followed)
    with empty_database.session() as session:
        assert persons(session.connection(), [("staff", 99)], {}) == {}


def test_entries_written_before_are_sealed_once(empty_database: Database) -> None:
    """Clear entries of an older version are sealed when linked, of deleted records too."""
    first, _ = _two_people(empty_database)
    migrations.downgrade(empty_database.engine, "0008")
    clear = {"home_id": 1, "resident_id": 1, "name": "绝密家长"}
    rows = [
        ("person", first, "update", {"name": "绝密旧名"}),
        ("guardian", 77, "insert", clear),
        ("guardian", 77, "update", {"phone": "绝密电话"}),
        ("pay_run", 1, "update", {"state": "calculated", "inputs": [{"name": "绝密姓名"}]}),
        ("a_table_of_old", 1, "insert", {"x": 1}),
    ]
    with empty_database.engine.begin() as connection:
        connection.execute(text("DELETE FROM guardian"))
        for table, record, action, after in rows:
            connection.execute(
                text(
                    'INSERT INTO audit_entry (at, actor, action, "table", record_id, after)'
                    " VALUES ('2026-01-02 03:04:05', 'm', :action, :table, :record, :after)"
                ),
                {"table": table, "record": record, "action": action, "after": json.dumps(after)},
            )
    migrations.upgrade(empty_database.engine)
    with empty_database.session() as session:
        while audit.link_written_before(session):
            pass
    with empty_database.engine.connect() as connection:
        assert "绝密" not in str(connection.execute(text("SELECT * FROM audit_entry")).all())
    words = str([entry.after for entry in _read(empty_database, first)])
    for word in ("绝密旧名", "绝密家长", "绝密电话"):
        assert word in words
    with empty_database.session() as session:
        found = audit.verify(session)
        assert (found.fault, found.waiting) == (None, 0)


@pytest.mark.parametrize("kind", ["pay_run", "roster_plan"])
def test_what_names_many_people_leaves_a_fingerprint_only(kind: str) -> None:
    """Inputs of a month and problems of a roster name everybody; the trail keeps their hash."""
    assert about_of(tables()[kind]).summarised
