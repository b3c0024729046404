"""Keys are made once; a database is opened with its own keys or not at all."""

from __future__ import annotations

from contextlib import closing

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import inspect, select, text

from api.app import create_app
from rukang import migrations
from rukang.base.database.engine import make_engine
from rukang.base.database.sealing import keys
from rukang.base.database.sealing.key_file import KeysError
from rukang.base.errors import ConflictError
from rukang.base.jobs import start_worker
from rukang.base.settings import Settings
from rukang.doors.upkeep import bring_up, init
from rukang.migrations.registry import METADATA
from rukang.people import Person, open_number
from tests.rukang.doors.upkeep.conftest import PEOPLE

DOORS = {
    "settings": lambda here: here.open(),
    "command": bring_up,
    "init": init,
    "web": create_app,
    "worker": lambda here: start_worker(here, {}).__enter__(),
}


def _numbers(here: Settings) -> list[str]:
    with closing(bring_up(here)) as database, database.session() as session:
        people = session.scalars(select(Person).order_by(Person.id)).all()
        return [open_number(session, person, "citizen_id", "核对") for person in people]


def _rows(here: Settings) -> dict[str, list[tuple[object, ...]]]:
    """Return every record that is stored."""
    engine = make_engine(here.database_url)
    with closing(engine.connect()) as connection:
        rows = {
            table: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{table}"'))]  # noqa: S608
            for table in METADATA.tables
        }
    engine.dispose()
    return rows


@pytest.mark.parametrize("door", DOORS)
def test_a_missing_key_is_refused_and_not_replaced(installed: Settings, door: str) -> None:
    """No door makes a new key beside a database in use; the words name key and place."""
    before = _rows(installed)
    away = installed.key_file.rename(installed.data / "away.txt")
    fingerprint = _fingerprint(installed)
    with pytest.raises(KeysError) as told:
        DOORS[door](installed)
    for words in (told.value.zh, told.value.en):
        assert keys.short(fingerprint) in words
        assert str(installed.key_file) in words
    assert not installed.key_file.exists()
    assert _rows(installed) == before
    away.rename(installed.key_file)
    assert len(_numbers(installed)) == PEOPLE


@pytest.mark.parametrize("door", DOORS)
def test_another_installations_key_is_refused(installed: Settings, door: str) -> None:
    """Neither is anything sealed under it, nor is the database brought up."""
    before, own = _rows(installed), installed.key_file.read_bytes()
    installed.key_file.write_bytes(Fernet.generate_key() + b"\n")
    with pytest.raises(KeysError, match=keys.short(_fingerprint(installed))):
        DOORS[door](installed)
    assert _rows(installed) == before
    installed.key_file.write_bytes(own)
    assert len(_numbers(installed)) == PEOPLE


def test_keys_of_the_environment_are_held_against_the_database_too(
    installed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The right key opens without a file, another one is refused although the file is right."""
    key = installed.key_file.read_text().strip()
    monkeypatch.setenv("RUKANG_KEYS", Fernet.generate_key().decode())
    with pytest.raises(KeysError, match="RUKANG_KEYS"):
        bring_up(installed)
    installed.key_file.unlink()
    monkeypatch.setenv("RUKANG_KEYS", key)
    assert len(_numbers(installed)) == PEOPLE
    assert not installed.key_file.exists()


def test_init_is_safe_to_repeat(installed: Settings) -> None:
    """A second time changes no row and no key."""
    before, key = _rows(installed), installed.key_file.read_bytes()
    init(installed).close()
    assert (_rows(installed), installed.key_file.read_bytes()) == (before, key)


def test_without_an_installation_nothing_is_made(here: Settings) -> None:
    """A mistyped folder is told, and no command but init makes a key or a table."""
    for there_is_a_key in (False, True):
        with pytest.raises(ConflictError, match="rukang db init"):
            bring_up(here)
        assert here.key_file.exists() is there_is_a_key
        here.keys.make()
    engine = make_engine(here.database_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_an_older_database_is_believed_only_with_keys_that_open_it(installed: Settings) -> None:
    """Before fingerprints were kept, what is sealed says whose keys are right."""
    engine = make_engine(installed.database_url)
    migrations.downgrade(engine, "0008")
    own = installed.key_file.read_bytes()
    installed.key_file.write_bytes(Fernet.generate_key() + b"\n")
    for door in DOORS.values():
        with pytest.raises(KeysError, match="打不开"):
            door(installed)
    installed.key_file.unlink()
    with pytest.raises(KeysError, match="找不到密钥文件"):
        init(installed)
    assert migrations.current(engine) == "0008"
    installed.key_file.touch(0o600)
    installed.key_file.write_bytes(own)
    assert len(_numbers(installed)) == PEOPLE
    assert keys.registered(engine) == list(installed.open().vault.keys)
    engine.dispose()


def _fingerprint(here: Settings) -> str:
    engine = make_engine(here.database_url)
    try:
        return keys.registered(engine)[0]
    finally:
        engine.dispose()
