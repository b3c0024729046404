"""The chain of the audit trail: whole under use, and telling what was done behind its back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection, event, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from rukang import migrations
from rukang.base.access import Database
from rukang.base.database import audit
from rukang.base.database.audit.verify import Fault
from rukang.bodies.homes import Home
from tests.factories import a_home

ROOT = Path(__file__).parents[4]


def _some_entries(database: Database) -> None:
    for number in range(6):
        with database.session() as session:
            a_home(session, f"ZP00{number}")


def _verified(database: Database, *kept: audit.Head) -> audit.Verified:
    with database.session() as session:
        return audit.verify(session, kept)


def _head(database: Database) -> audit.Head:
    with database.session() as session:
        return audit.head_of(session)


@contextmanager
def _behind_its_back(database: Database, *statements: str) -> Iterator[Session]:
    """Do what the owner of a database can, take the guards away and change rows; then undo it."""
    with database.engine.connect() as connection, Session(connection) as session:
        if connection.dialect.name == "sqlite":
            # The driver begins a transaction by itself only before a change of rows.
            connection.execute(text("BEGIN"))
        _unguard(connection)
        for statement in statements:
            connection.execute(text(statement))
        yield session
        connection.rollback()


def _unguard(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
        connection.execute(text("DROP INDEX ix_audit_entry_number"))
        return
    connection.execute(text("DROP INDEX ix_audit_entry_number"))
    for name in ("replace", "update", "delete"):
        connection.execute(text(f"DROP TRIGGER audit_entry_no_{name}"))


def test_the_chain_is_whole_and_has_no_gaps(empty_database: Database) -> None:
    """Entries are numbered from 1 on in the order of their transactions."""
    _some_entries(empty_database)
    found = _verified(empty_database)
    assert (found.fault, found.number, found.waiting) == (None, 7, 0)
    assert found.digest == _head(empty_database).digest


def test_what_is_rolled_back_takes_no_number(empty_database: Database) -> None:
    """A failed transaction, and a failed savepoint inside one that goes on, leave no gap."""
    with empty_database.session() as session:
        a_home(session)
        with pytest.raises(IntegrityError), session.begin_nested():
            a_home(session)
    with pytest.raises(IntegrityError), empty_database.session() as session:
        _twice(session)
    found = _verified(empty_database)
    assert (found.fault, found.number) == (None, 2)


def _twice(session: Session) -> None:
    a_home(session, "ZP002")
    a_home(session)


# ruff: noqa: S608 - the statements are built from constants
COPY = 'at, actor, action, "table", record_id, before, after, digest'


def _copy(entry_id: int, number: str, of: int) -> str:
    into = f"INSERT INTO audit_entry (id, number, {COPY})"
    return f"{into} SELECT {entry_id}, {number}, {COPY} FROM audit_entry WHERE number = {of}"


TAMPERING = {
    "changed": (["UPDATE audit_entry SET actor = 'x' WHERE number = 4"], Fault.CHANGED, 4),
    "re-dated": (["UPDATE audit_entry SET at = '2020-01-01' WHERE number = 4"], Fault.CHANGED, 4),
    "missing": (["DELETE FROM audit_entry WHERE number = 4"], Fault.MISSING, 4),
    "first missing": (["DELETE FROM audit_entry WHERE number = 1"], Fault.MISSING, 1),
    "cut off": (["DELETE FROM audit_entry WHERE number > 5"], Fault.CUT_OFF, 6),
    "doubled": ([_copy(99, "number", 4)], Fault.INSERTED, 5),
    "inserted": (
        ["UPDATE audit_entry SET number = number + 1 WHERE number >= 4", _copy(99, "4", 3)],
        Fault.INSERTED,
        4,
    ),
    "reordered": (
        [
            "UPDATE audit_entry SET number = -1 WHERE number = 4",
            "UPDATE audit_entry SET number = 4 WHERE number = 6",
            "UPDATE audit_entry SET number = 6 WHERE number = -1",
        ],
        Fault.REORDERED,
        4,
    ),
    "appended": ([_copy(99, "8", 3)], Fault.CHANGED, 8),
}


def test_tampering_is_told_by_its_first_link(empty_database: Database) -> None:
    """Whatever the owner of the database does to entries, the first wrong one is named."""
    _some_entries(empty_database)
    for kind, (statements, fault, number) in TAMPERING.items():
        with _behind_its_back(empty_database, *statements) as session:
            found = audit.verify(session)
        assert (kind, found.fault, found.fault_at) == (kind, fault, number)
        assert str(number) in found.words[0]
    assert _verified(empty_database).fault is None


def test_an_end_cut_off_with_its_head_needs_a_head_kept_elsewhere(
    empty_database: Database,
) -> None:
    """Entries removed together with the head's memory of them are missed by a head kept apart."""
    _some_entries(empty_database)
    kept = _head(empty_database)
    with _behind_its_back(
        empty_database,
        "DELETE FROM audit_entry WHERE number > 5",
        "UPDATE audit_head SET number = 5,"
        " digest = (SELECT digest FROM audit_entry WHERE number = 5)",
    ) as session:
        assert audit.verify(session).fault is None
        found = audit.verify(session, [kept])
    assert (found.fault, found.fault_at) == (Fault.CUT_OFF, 6)


def test_a_chain_written_anew_is_told_by_a_head_kept_elsewhere(empty_database: Database) -> None:
    """Somebody who computes all digests again is caught by one exported head."""
    _some_entries(empty_database)
    kept = _head(empty_database)
    with empty_database.engine.begin() as connection:
        _unguard(connection)
        connection.execute(text("UPDATE audit_entry SET number = NULL, actor = 'x'"))
        connection.execute(
            text("UPDATE audit_head SET number = 0, digest = :start"),
            {"start": audit.chain.genesis(kept.installation)},
        )
    with empty_database.session() as session:
        audit.link_written_before(session)
    assert _verified(empty_database).fault is None
    assert _verified(empty_database, kept).fault is Fault.REWRITTEN


def test_another_installations_head_is_refused(empty_database: Database) -> None:
    """A head proves its own chain only."""
    other = _head(empty_database).model_copy(update={"installation": "another"})
    assert _verified(empty_database, other).fault is Fault.NOT_THIS_ONE


REPLACING = """
INSERT OR REPLACE INTO audit_entry (id, number, {copy}) SELECT id, number, {copy}
FROM audit_entry WHERE number = 2
REPLACE INTO audit_entry (id, number, {copy}) SELECT 99, number, {copy}
FROM audit_entry WHERE number = 2
INSERT OR REPLACE INTO audit_entry (id, number, {copy}) SELECT id, 99, {copy}
FROM audit_entry WHERE number = 2
INSERT INTO audit_entry (id, {copy}) SELECT 99, {copy} FROM audit_entry WHERE number = 2
UPDATE OR REPLACE audit_entry SET id = 1 WHERE number = 2
UPDATE audit_entry SET number = NULL
DELETE FROM audit_entry
"""


def _statements(listed: str) -> list[str]:
    lines, made = listed.strip().splitlines(), []
    for line in lines:
        if line.startswith("FROM"):
            made[-1] += f" {line}"
        else:
            made.append(line)
    return [statement.format(copy=COPY) for statement in made]


def test_no_statement_overwrites_an_entry(empty_database: Database) -> None:
    """Nothing that overwrites passes the guard, through a connection without our settings too."""
    _some_entries(empty_database)
    sqlite = empty_database.engine.dialect.name == "sqlite"
    for statement in _statements(REPLACING):
        tried = statement if sqlite or "REPLACE" not in statement else "TRUNCATE audit_entry"
        with empty_database.engine.connect() as connection:
            if sqlite:
                connection.execute(text("PRAGMA recursive_triggers=OFF"))
            with pytest.raises(DBAPIError, match="append-only"):
                connection.execute(text(tried))
            connection.rollback()
    assert _verified(empty_database).number == 7


def test_entries_written_before_become_links_once(empty_database: Database) -> None:
    """A database with an old trail gets a chain that says so; the step can be interrupted."""
    migrations.downgrade(empty_database.engine, "0008")
    old = {"a": 1, "b": [1.5, "文"]}
    with empty_database.engine.begin() as connection:
        # Numbered by the database, as the old program's rows were: its sequence goes on from them.
        for _ in range(5):
            connection.execute(
                text(
                    'INSERT INTO audit_entry (at, actor, action, "table", record_id, after)'
                    " VALUES ('2026-01-02 03:04:05.000678', 'm', 'insert', 'home', 1, :after)"
                ),
                {"after": json.dumps(old)},
            )
    migrations.upgrade(empty_database.engine)
    assert _verified(empty_database).waiting == 5
    with empty_database.session() as session:
        assert audit.link_written_before(session, 3) == 3
        a_home(session)
    with empty_database.session() as session:
        assert audit.link_written_before(session, 3) == 2
        assert audit.link_written_before(session, 3) == 0
    found = _verified(empty_database)
    assert (found.fault, found.number, found.waiting) == (None, 7, 0)
    with empty_database.session() as session:
        first = session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.number)).first()
        assert first is not None
        assert first.after is not None
        assert first.after["written_before"] == 5


WRITER = """
import sys
from cryptography.fernet import Fernet
from rukang.base.access import Database
from rukang.base.database.sealing.vault import Vault
from rukang.bodies.homes import Home
from tests.factories import a_home
database = Database(sys.argv[1], Vault([sys.argv[3]]))
for number in range(25):
    with database.session() as session:
        a_home(session, f"{sys.argv[2]}{number}")
        session.flush()
        a_home(session, f"{sys.argv[2]}x{number}")
"""


def test_four_processes_write_one_chain(empty_database: Database) -> None:
    """Real processes, all writing at once: no gap, no double, no deadlock, no entry lost."""
    key = Fernet.generate_key().decode()
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, empty_database.url, name, key], cwd=ROOT)
        for name in "abcd"
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    found = _verified(empty_database)
    assert (found.fault, found.number) == (None, 1 + 4 * 50)


def _statements_of(database: Database, work: Callable[[], None]) -> int:
    seen: list[str] = []

    def count(*arguments: object) -> None:
        if "audit_" in str(arguments[2]):
            seen.append(str(arguments[2]))

    event.listen(database.engine, "before_cursor_execute", count)
    work()
    event.remove(database.engine, "before_cursor_execute", count)
    return len(seen)


def test_many_entries_cost_three_statements(empty_database: Database) -> None:
    """An import of thousands of rows takes the head once, whatever their number and flushes."""

    def store(rows: int) -> None:
        with empty_database.session() as session:
            for number in range(rows):
                a_home(session, f"H{rows}-{number}")

    few = _statements_of(empty_database, lambda: store(2))
    many = _statements_of(empty_database, lambda: store(60))
    assert few == many == 3
    with empty_database.session() as session:
        assert len(session.scalars(select(Home)).all()) == 62
