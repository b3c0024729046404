"""A change of keys: everything ends under the new key, whatever happens meanwhile."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Engine, event, select

from rukang.base.database.engine import make_engine
from rukang.base.database.sealing import keys
from rukang.base.database.sealing.key_file import KeysError
from rukang.base.database.sealing.resealing import Look, column_stores
from rukang.base.database.sealing.vault import Vault
from rukang.base.errors import ConflictError, InvalidError
from rukang.base.settings import Settings
from rukang.bodies.homes import find_home
from rukang.doors.intake.identity import upsert_person
from rukang.doors.upkeep import bring_up, forget, prepare, rekey, retire
from rukang.migrations.registry import METADATA
from rukang.people import Identifier, Person, Resident, certificate_of, open_number
from rukang.people.records import Sex
from rukang.stars.inspections.records import Evidence
from rukang.stars.inspections.sheet.evidence import open_evidence
from rukang.work.employment import Employment
from tests.factories import a_citizen_id, a_person, a_resident
from tests.patience import HANG
from tests.rukang.doors.upkeep.conftest import PEOPLE, PICTURE, fill

REKEY = """
import sys
from pathlib import Path
from rukang.base.settings import Settings
from rukang.doors.upkeep import rekey
rekey(Settings(Path(sys.argv[1]), sys.argv[2]), lambda *_: None, only_machine=True)
"""
KILLED = """
import os, signal, sys
from sqlalchemy import Engine, event
from rukang.base.database.sealing.key_file import KeyPlace
left = [int(sys.argv[3])]
def step(*_, **__):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
started = []
def begin():
    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    write = KeyPlace.write
    def counted(*args):
        step(); write(*args); step()
    KeyPlace.write = counted
begin()
"""


def _quiet(*_: object) -> None:
    """Tell nobody."""


def _all_opened(here: Settings) -> dict[str, object]:
    """Return everything sealed in clear, read as the house reads it."""
    with closing(bring_up(here)) as database, database.session() as session:
        people = session.scalars(select(Person).order_by(Person.id)).all()
        residents = session.scalars(select(Resident).order_by(Resident.id)).all()
        works = session.scalars(select(Employment).order_by(Employment.id)).all()
        return {
            "ids": [open_number(session, one, "citizen_id", "核对") for one in people],
            "certificates": [
                open_number(session, certificate_of(one.person, one.joined_on), "number", "核对")
                for one in residents
            ],
            "accounts": [open_number(session, one, "account", "核对") for one in works],
            "pictures": [open_evidence(session, one) for one in session.scalars(select(Evidence))],
        }


def _seen_with(here: Settings, key: str) -> tuple[int, int]:
    """Return how many values are wholly under one key alone, and how many it does not open."""
    vault, engine = Vault([key]), make_engine(here.database_url)
    opens = broken = 0
    for store in column_stores(engine, METADATA):
        look = Look(vault, vault.first)
        after, count = 0, 1
        while count:
            after, count = store.walk(after, look)
        opens, broken = opens + look.found.current, broken + len(look.found.broken)
    engine.dispose()
    return opens, broken


def _sealed_values(people: int = PEOPLE) -> int:
    return 3 * people + len(PICTURE)


def test_everything_ends_under_the_new_key_and_the_old_opens_nothing(installed: Settings) -> None:
    """Numbers, look-ups, accounts and evidence; then the old key leaves the file."""
    before, (old,) = _all_opened(installed), installed.keys.read()
    rekey(installed, _quiet, only_machine=True)
    new, kept = installed.keys.read()
    assert kept == old
    assert _all_opened(installed) == before
    assert _seen_with(installed, new) == (_sealed_values(), 0)
    assert _seen_with(installed, old) == (0, _sealed_values())
    assert retire(installed, _quiet) == [Vault([old]).first.fingerprint]
    assert installed.keys.read() == [new]
    assert _all_opened(installed) == before


def test_every_sealed_column_is_found_by_its_name(installed: Settings) -> None:
    """What ends in _cipher is a store, and no look-up stands without the cipher it belongs to."""
    names = {
        (table.name, column.name.removesuffix("_cipher"))
        for table in METADATA.sorted_tables
        for column in table.columns
        if column.name.endswith("_cipher")
    }
    lookups = {
        (table.name, column.name.removesuffix("_lookup"))
        for table in METADATA.sorted_tables
        for column in table.columns
        if column.name.endswith("_lookup")
    }
    engine = make_engine(installed.database_url)
    assert {s.name for s in column_stores(engine, METADATA)} == {".".join(one) for one in names}
    assert lookups <= names
    engine.dispose()


@pytest.mark.drawn
def test_it_is_killed_at_many_points_and_ends_right(installed: Settings) -> None:
    """A process killed before any statement, commit or file, over and over, is gone on with."""
    before, (old,) = _all_opened(installed), installed.keys.read()
    dice = random.Random(18)  # noqa: S311 - not a secret
    deaths = 0
    for _ in range(12):
        code = KILLED + REKEY
        place = str(dice.randrange(20, 120))
        done = subprocess.run(
            [sys.executable, "-c", code, installed.data, installed.database_url, place], check=False
        )
        deaths += done.returncode == -signal.SIGKILL
        assert done.returncode in (0, -signal.SIGKILL)
        assert _all_opened(installed) == before
    assert deaths > 0
    rekey(installed, _quiet, only_machine=True)
    new, kept = installed.keys.read()
    assert kept == old
    assert _seen_with(installed, new) == (_sealed_values(), 0)
    retire(installed, _quiet)
    assert _all_opened(installed) == before


@contextmanager
def _half_done(here: Settings) -> Iterator[None]:
    """Activate a new key without sealing anything anew."""
    engine = make_engine(here.database_url)
    with pytest.raises(RuntimeError, match="here"):
        _rekey_stopped_at_first_store(here)
    engine.dispose()
    yield


def _rekey_stopped_at_first_store(here: Settings) -> None:
    def stop(*_: object) -> None:
        raise RuntimeError("here")

    rekey(here, stop, only_machine=True)


def test_a_number_is_found_before_and_after_it_is_sealed_anew(installed: Settings) -> None:
    """A person in two homes is recognised while half of the people are under either key."""
    numbers = _all_opened(installed)["ids"]
    assert isinstance(numbers, list)
    with _half_done(installed), closing(bring_up(installed)) as database:
        with database.session() as session:
            people = session.scalars(select(Person).order_by(Person.id)).all()
            # One of them is sealed anew by hand, so that both kinds are there.
            vault = session.info["vault"]
            people[0].citizen_id = vault.seal(numbers[0], str(people[0].citizen_id))
        with database.session() as session:
            names = [person.name for person in session.scalars(select(Person).order_by(Person.id))]
            for number, name, person_id in zip(numbers, names, [1, 2, 3], strict=True):
                assert upsert_person(session, number, name, Sex.FEMALE).id == person_id
    rekey(installed, _quiet)
    assert _all_opened(installed)["ids"] == numbers


def test_an_account_of_two_people_is_seen_although_only_one_is_sealed_anew(
    installed: Settings,
) -> None:
    """The same account under two keys has one identity."""
    with _half_done(installed), closing(bring_up(installed)) as database:
        with database.session() as session:
            one, other, *_ = session.scalars(select(Employment).order_by(Employment.id)).all()
            number = open_number(session, one, "account", "核对")
            other.account = session.info["vault"].seal(number, one.account.masked)
        with database.session() as session:
            one, other, third = session.scalars(select(Employment).order_by(Employment.id)).all()
            identity = session.info["vault"].identity
            assert one.account.lookup != other.account.lookup
            assert identity(one.account) == identity(other.account) != identity(third.account)


def test_a_server_under_way_seals_under_the_new_key_at_once(installed: Settings) -> None:
    """A database opened before the change reads and writes after it without being started anew."""
    with closing(bring_up(installed)) as server:
        before = _all_opened(installed)
        rekey(installed, _quiet, only_machine=True)
        new, _ = installed.keys.read()
        retire(installed, _quiet)
        with server.session() as session:
            person = session.scalars(select(Person).order_by(Person.id)).first()
            assert person is not None
            assert [open_number(session, person, "citizen_id", "核对")] == before["ids"][:1]  # type: ignore[index]
        with server.session() as session:
            a_person(session, "新来的人")
    assert _seen_with(installed, new)[1] == 0


def test_who_seals_while_the_key_changes_ends_under_the_new_key(installed: Settings) -> None:
    """The change waits for a transaction that has sealed; what it wrote is sealed anew."""
    with closing(bring_up(installed)) as server:
        changing = threading.Thread(
            target=lambda: rekey(installed, _quiet, only_machine=True), daemon=True
        )
        with server.session() as session:
            a_person(session, "正在登记的人")
            changing.start()
            changing.join(timeout=0.5)  # a moment more or less: it must not have ended by then
            assert changing.is_alive()
            a_person(session, "同一次登记的人")
        changing.join(timeout=HANG)
        assert not changing.is_alive()
    new, old = installed.keys.read()
    assert _seen_with(installed, new) == (_sealed_values() + 2, 0)
    assert _seen_with(installed, old)[0] == 0


def test_who_searched_before_the_change_and_seals_after_it_is_asked_again(
    installed: Settings,
) -> None:
    """What was not found under the old key may be there under the new one: nobody is doubled."""
    number = a_citizen_id(date(1999, 12, 31))
    with closing(bring_up(installed)) as server:
        with server.session() as session:
            assert number not in session.info["vault"].lookups(number)
            rekey(installed, _quiet, only_machine=True)
            with pytest.raises(ConflictError, match="再做一次"):
                upsert_person(session, number, "新来的人", Sex.FEMALE)
        with server.session() as session:
            assert len(session.scalars(select(Person)).all()) == PEOPLE
            upsert_person(session, number, "新来的人", Sex.FEMALE)


def test_imports_go_on_while_everything_is_sealed_anew(here: Settings) -> None:
    """People registered by another process all along: each is kept, and under the new key."""
    fill(here, people=30)
    with closing(bring_up(here)) as server:
        registered: list[int] = []
        stop = threading.Event()

        def register() -> None:
            while not stop.is_set() and len(registered) < 200:
                with server.session() as session:
                    registered.append(a_person(session, "陆续登记的人").id)

        registering = threading.Thread(target=register)
        registering.start()
        try:
            rekey(here, _quiet, only_machine=True)
        finally:
            stop.set()
            registering.join()
    new, old = here.keys.read()
    assert registered
    assert _seen_with(here, new) == (_sealed_values(30) + len(registered), 0)
    assert _seen_with(here, old)[0] == 0


def test_a_machine_without_the_new_key_refuses_to_seal_and_goes_on_reading(
    installed: Settings, tmp_path: Path
) -> None:
    """Names are read as before; sealing is refused in words, and works once the file is there."""
    other = Settings(tmp_path / "other", installed.database_url)
    other.data.mkdir()
    other.keys.write(installed.keys.read())
    with closing(bring_up(other)) as server:
        rekey(installed, _quiet, only_machine=True)
        with server.session() as session:
            assert len(session.scalars(select(Person.name)).all()) == PEOPLE
        with pytest.raises(ConflictError, match="还没有新密钥"), server.session() as session:
            a_person(session)
        with pytest.raises(KeysError, match="缺少密钥"):
            other.open()
        other.keys.write(installed.keys.read())
        with server.session() as session:
            a_person(session)


def test_on_several_machines_the_key_is_prepared_first(installed: Settings) -> None:
    """On PostgreSQL a change is refused until the key is prepared; then that key is used."""
    if installed.database_url.startswith("postgresql"):
        with pytest.raises(ConflictError, match="--prepare"):
            rekey(installed, _quiet)
    prepared = prepare(installed)
    assert prepare(installed) == prepared
    with closing(bring_up(installed)) as database:
        assert keys.registered(database.engine) != [prepared]
    rekey(installed, _quiet)
    with closing(bring_up(installed)) as database:
        assert keys.registered(database.engine)[0] == prepared
    with pytest.raises(ConflictError, match="还没有结束"):
        prepare(installed)


def test_keys_of_the_environment_are_changed_by_their_owner(
    installed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new key put first into RUKANG_KEYS is taken; no file is written."""
    before, (old,) = _all_opened(installed), installed.keys.read()
    installed.key_file.unlink()
    monkeypatch.setenv("RUKANG_KEYS", old)
    with pytest.raises(KeysError, match="RUKANG_KEYS"):
        rekey(installed, _quiet, only_machine=True)
    new = Fernet.generate_key().decode()
    monkeypatch.setenv("RUKANG_KEYS", f"{new},{old}")
    rekey(installed, _quiet, only_machine=True)
    retire(installed, _quiet)
    monkeypatch.setenv("RUKANG_KEYS", new)
    assert _all_opened(installed) == before
    assert not installed.key_file.exists()


def test_an_old_key_is_not_retired_while_anything_is_under_it(installed: Settings) -> None:
    """The refusal says where; the key stays in the file."""
    with _half_done(installed):
        with pytest.raises(ConflictError, match=r"evidence_part\.content 2"):
            retire(installed, _quiet)
        assert len(installed.keys.read()) == 2


def test_a_damaged_value_is_reported_and_does_not_stop_the_rest(installed: Settings) -> None:
    """It is named by its row; everything else is sealed anew, and the old key can go."""
    with closing(bring_up(installed)) as database, database.session() as session:
        damaged = session.get_one(Identifier, 2)
        damaged.number_cipher = damaged.number_cipher[:-9] + "A" * 8 + "="
    found = rekey(installed, _quiet, only_machine=True)
    assert found["identifier.number"].broken == ["identifier.number 2"]
    new, _ = installed.keys.read()
    assert _seen_with(installed, new) == (_sealed_values() - 1, 1)
    assert retire(installed, _quiet)


def test_a_lost_key_is_given_up_by_name_and_numbers_come_back_with_their_workbooks(
    installed: Settings,
) -> None:
    """What it sealed is counted as lost; the rest works, and a number given again is sealed."""
    number = _all_opened(installed)["ids"][0]  # type: ignore[index]
    (lost,) = installed.keys.read()
    fingerprint = Vault([lost]).first.fingerprint
    with pytest.raises(ConflictError, match="没有丢失"):
        forget(installed, fingerprint[:8])
    installed.key_file.unlink()
    with pytest.raises(InvalidError, match=fingerprint[:8]):
        forget(installed, "00000000")
    found = forget(installed, fingerprint[:8])
    assert sum(len(one.broken) for name, one in found.items() if "." in name) == _sealed_values()
    with closing(bring_up(installed)) as database:
        with database.session() as session:
            known = session.get_one(Person, 1)
            with pytest.raises(ConflictError, match="无法解密"):
                open_number(session, known, "citizen_id", "核对")
        with database.session() as session:
            known = session.get_one(Person, 1)
            assert upsert_person(session, number, known.name, Sex.FEMALE, known).id == 1
        with database.session() as session:
            assert open_number(session, session.get_one(Person, 1), "citizen_id", "核对") == number
            home = find_home(session, "ZP001")
            assert a_resident(session, home, code="R900").person.name


def test_only_what_changes_is_written(installed: Settings) -> None:
    """A second run reads everything and writes nothing."""
    rekey(installed, _quiet, only_machine=True)
    written: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE") and "sealing_key" not in statement:
            written.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        rekey(installed, _quiet, only_machine=True)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert [one for one in written if "_cipher" in one] == []
