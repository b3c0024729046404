"""Backups: whole, apart from the keys, and brought back only with them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import delete, func, select, text

from rukang import migrations
from rukang.base import jobs
from rukang.base.database import audit
from rukang.base.database.context import as_actor
from rukang.base.database.engine import make_engine
from rukang.base.database.sealing.key_file import KeysError
from rukang.base.database.sealing.person_keys import KEYS
from rukang.base.errors import ConflictError, InvalidError, NotFoundError
from rukang.base.jobs import JobKind, JobState
from rukang.base.settings import Settings
from rukang.bodies.homes import find_home
from rukang.doors import privacy, upkeep
from rukang.doors.upkeep import back_up, backups, bring_up, check, read_manifest, restore
from rukang.doors.upkeep.backup import facts_of
from rukang.doors.upkeep.person_keys import add_person_keys, write_person_keys
from rukang.people import Identifier, Person, open_number
from rukang.stars.inspections.records import Evidence
from rukang.stars.inspections.sheet.evidence import open_evidence
from tests.databases import fresh_url
from tests.factories import a_person
from tests.patience import wait_for
from tests.rukang.doors.upkeep.conftest import PEOPLE, PICTURE

LATER = datetime(2026, 11, 29, 18, tzinfo=UTC)
RESTORE_KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from rukang.base.settings import Settings
from rukang.doors.upkeep import restore
left = [int(sys.argv[4])]
def step(*_, **__):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(Engine, "before_cursor_execute", step)
restore(Settings(Path(sys.argv[1]), sys.argv[2]), Path(sys.argv[3]), replace=True)
"""


@pytest.fixture
def other(installed: Settings, tmp_path: Path) -> Settings:
    """Another place, with a database of the same kind and the keys of the first, and no records."""
    kind = "sqlite" if installed.database_url.startswith("sqlite") else "postgresql"
    data = tmp_path / "other"
    data.mkdir()
    with fresh_url(kind, data) as url:
        there = Settings(data, url)
        there.keys.write(installed.keys.read())
        yield there


def _rows(here: Settings) -> dict[str, int]:
    engine = make_engine(here.database_url)
    with closing(engine.connect()) as connection:
        tables = facts_of(connection).tables
    engine.dispose()
    return tables


def _opened(here: Settings) -> tuple[list[str], list[bytes]]:
    with closing(bring_up(here)) as database, database.session() as session:
        people = session.scalars(select(Person).order_by(Person.id)).all()
        numbers = [open_number(session, one, "citizen_id", "核对") for one in people]
        return numbers, [open_evidence(session, one) for one in session.scalars(select(Evidence))]


def _content(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_backup_is_whole_private_and_without_keys(installed: Settings, tmp_path: Path) -> None:
    """Its manifest counts every table; nobody else may read it; no key is in it."""
    rows, (key,) = _rows(installed), installed.keys.read()
    folder = back_up(installed, tmp_path / "backups", tmp_path / "keys")
    manifest = read_manifest(folder)
    assert manifest.tables == rows
    assert manifest.revision == migrations.newest()
    assert manifest.keys == list(installed.open().vault.keys)
    assert key.encode() not in _content(tmp_path / "backups")
    (apart,) = (tmp_path / "keys").glob("keys-*.txt")
    assert apart.read_text().split() == [key]
    for path in [*folder.iterdir(), apart, folder, folder.parent, apart.parent]:
        assert path.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [manifest.file, "manifest.json"]
    )


def test_a_backup_comes_back_elsewhere(
    installed: Settings, other: Settings, tmp_path: Path
) -> None:
    """Every row of every table, the job queue's too, and everything sealed opens."""
    opened, rows = _opened(installed), _rows(installed)
    folder = back_up(installed, tmp_path / "backups")
    done = restore(other, folder)
    assert done.older is None
    assert {
        **_rows(other),
    } == rows
    assert _opened(other) == opened
    assert opened[1] == [b"".join(PICTURE)]
    assert not list(other.data.glob(".*"))


@pytest.mark.parametrize("harm", ["cut", "changed", "no manifest", "no file", "bad manifest"])
def test_a_backup_that_is_not_whole_is_refused(
    installed: Settings, other: Settings, tmp_path: Path, harm: str
) -> None:
    """Before anything is written."""
    folder = back_up(installed, tmp_path / "backups")
    file = folder / read_manifest(folder).file
    content = file.read_bytes()
    match harm:
        case "cut":
            file.write_bytes(content[:-100])
        case "changed":
            file.write_bytes(content[:200] + bytes([content[200] ^ 1]) + content[201:])
        case "no manifest":
            (folder / "manifest.json").unlink()
        case "no file":
            file.unlink()
        case _:
            (folder / "manifest.json").write_text("{")
    before = sorted(other.data.iterdir())
    with pytest.raises((InvalidError, NotFoundError)):
        restore(other, folder)
    assert sorted(other.data.iterdir()) == before
    assert not upkeep.is_there(other)


def test_a_newer_backup_is_refused_and_an_older_one_brought_up(
    installed: Settings, other: Settings, tmp_path: Path
) -> None:
    """A revision this program does not know is told; one behind is migrated with its rows.

    The picture of the older one has no hash of what is kept, and opens as it was all the same.
    """
    opened = _opened(installed)
    engine = make_engine(installed.database_url)
    migrations.downgrade(engine, "0008")
    engine.dispose()
    folder = back_up(installed, tmp_path / "backups")
    assert read_manifest(folder).revision == "0008"
    manifest = json.loads((folder / "manifest.json").read_text())
    newer = shutil.copytree(folder, tmp_path / "newer")
    (newer / "manifest.json").write_text(json.dumps({**manifest, "revision": "9999"}))
    with pytest.raises(InvalidError, match="9999"):
        restore(other, newer)
    assert not upkeep.is_there(other)
    restore(other, folder)
    assert _opened(other) == opened
    assert (len(opened[0]), opened[1]) == (PEOPLE, [b"".join(PICTURE)])
    engine = make_engine(other.database_url)
    assert migrations.current(engine) == migrations.newest()
    engine.dispose()


@pytest.mark.parametrize("keys", ["missing", "others"])
def test_a_backup_is_not_restored_without_its_keys(
    installed: Settings, other: Settings, tmp_path: Path, keys: str
) -> None:
    """Told before anything is written; with the key file named it comes back."""
    folder = back_up(installed, tmp_path / "backups", tmp_path / "keys")
    other.key_file.unlink()
    if keys == "others":
        other.keys.write([Fernet.generate_key().decode()])
    before = sorted(other.data.iterdir())
    with pytest.raises(KeysError, match="--keys"):
        restore(other, folder)
    assert sorted(other.data.iterdir()) == before
    assert not upkeep.is_there(other)
    (apart,) = (tmp_path / "keys").glob("keys-*.txt")
    restore(other, folder, apart)
    assert len(_opened(other)[0]) == PEOPLE
    assert _person_keys(other) == _person_keys(installed) != {}


def test_records_are_not_replaced_unless_told_and_are_kept(
    installed: Settings, tmp_path: Path
) -> None:
    """What came after the backup goes with a word only, and can be brought back itself."""
    folder = back_up(installed, tmp_path / "backups")
    with closing(bring_up(installed)) as database, database.session() as session:
        a_person(session, "后来的人")
    with pytest.raises(ConflictError, match="--replace"):
        restore(installed, folder)
    assert len(_opened(installed)[0]) == PEOPLE + 1
    done = restore(installed, folder, replace=True)
    assert len(_opened(installed)[0]) == PEOPLE
    assert done.older is not None
    if done.older.is_dir():
        restore(installed, done.older, replace=True)
    else:
        done.older.replace(str(make_engine(installed.database_url).url.database))
    assert len(_opened(installed)[0]) == PEOPLE + 1


def test_a_database_in_use_is_not_replaced(installed: Settings, tmp_path: Path) -> None:
    """A server that has it open would write into what is no longer there."""
    folder = back_up(installed, tmp_path / "backups")
    with closing(bring_up(installed)) as server, server.session() as session:
        assert session.scalar(select(func.count(Person.id))) == PEOPLE
        with pytest.raises(ConflictError, match="正在使用"):
            restore(installed, folder, replace=True)
    assert len(_opened(installed)[0]) == PEOPLE


def test_a_restore_killed_at_any_point_leaves_the_old_the_new_or_a_refusal(
    installed: Settings, tmp_path: Path
) -> None:
    """And done again it ends right."""
    folder = back_up(installed, tmp_path / "backups")
    with closing(bring_up(installed)) as database, database.session() as session:
        a_person(session, "后来的人")
    command = [sys.executable, "-c", RESTORE_KILLED, installed.data, installed.database_url, folder]
    for point in (1, 12, 40, 90):
        done = subprocess.run([*command, str(point)], check=False)
        assert done.returncode in (0, -signal.SIGKILL)
        try:
            people = len(_opened(installed)[0])
        except ConflictError as refused:
            assert "rukang db restore" in refused.zh  # noqa: PT017
        else:
            assert people in (PEOPLE, PEOPLE + 1)
    restore(installed, folder, replace=True)
    assert len(_opened(installed)[0]) == PEOPLE


def test_unfinished_work_is_found_again_and_not_doubled(
    installed: Settings, other: Settings, tmp_path: Path
) -> None:
    """A job queued, and one in hand, when the backup was taken are both done once after it."""
    with closing(bring_up(installed)) as database:
        with database.session() as session:
            home = find_home(session, "ZP001")
            job = jobs.enqueue(as_actor(session, "园长"), JobKind.SOLVE_ROSTER, home, 1)
            begun = jobs.enqueue(as_actor(session, "园长"), JobKind.RUN_PAYROLL, home, 2)
        table = "dbos.workflow_status" if _on_server(installed) else "workflow_status"
        with database.engine.begin() as connection:
            connection.execute(
                text(
                    f"UPDATE {table} SET status = 'PENDING', executor_id = 'gone',"  # noqa: S608
                    " application_version = '1'"
                    " WHERE workflow_uuid = :id"
                ),
                {"id": begun.workflow},
            )
    restore(other, back_up(installed, tmp_path / "backups"))
    done: list[int] = []
    handlers = dict.fromkeys(JobKind, lambda _database, subject, _reporter: done.append(subject))
    with jobs.start_worker(other, handlers, beat_seconds=0.2), closing(other.open()) as database:
        for one in (job, begun):
            wait_for(lambda one=one: jobs.progress(database, one).state is JobState.DONE)
    assert sorted(done) == [1, 2]


def test_only_the_last_backups_are_kept(installed: Settings, tmp_path: Path) -> None:
    """Older ones go, other files in the folder stay."""
    to = tmp_path / "backups"
    to.mkdir()
    (to / "notes.txt").touch()
    for hours in range(4):
        back_up(installed, to, keep=2, clock=lambda h=hours: LATER + timedelta(hours=h))
    assert [folder.name for folder in backups(to)] == [
        "rukang-20261129T200000Z", "rukang-20261129T210000Z",
    ]  # fmt: skip
    assert (to / "notes.txt").exists()


@pytest.mark.parametrize("where", ["backups", "backups/keys", "."])
def test_keys_do_not_lie_with_the_backup(installed: Settings, tmp_path: Path, where: str) -> None:
    """Not in its folder, not below, not above."""
    with pytest.raises(InvalidError, match="不能和备份放在一起"):
        back_up(installed, tmp_path / "backups", tmp_path / where)
    assert not (tmp_path / "backups").exists()


def test_a_kind_of_database_is_not_restored_into_another(
    installed: Settings, tmp_path: Path
) -> None:
    """SQLite's files go into SQLite and PostgreSQL's into PostgreSQL."""
    folder = back_up(installed, tmp_path / "backups")
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    if not _on_server(installed):
        url = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    with pytest.raises(InvalidError, match="同一种数据库"):
        restore(Settings(tmp_path / "elsewhere", url), folder)


def _on_server(here: Settings) -> bool:
    return here.database_url.startswith("postgresql")


def _grades(here: Settings, **words: bool) -> dict[str, str]:
    found = check(here, timedelta(hours=36), **words)
    return {finding.zh: finding.grade.value for finding in found}


def test_a_sound_installation_is_told_so(installed: Settings, tmp_path: Path) -> None:
    """After a backup nothing is wrong; before it, only that."""
    wrong = [zh for zh, grade in _grades(installed).items() if grade == "✗"]
    assert len(wrong) == 1
    assert "还没有备份过" in wrong[0]
    back_up(installed, tmp_path / "backups")
    found = _grades(installed, everything=True)
    assert set(found.values()) == {"✓"}
    assert any(zh.startswith("打开了") for zh in found)


def test_what_is_wrong_is_found(installed: Settings, tmp_path: Path) -> None:
    """A value that does not open, a look-up of another number, an old backup, missing keys."""
    back_up(installed, tmp_path / "backups", clock=lambda: LATER - timedelta(days=400))
    with closing(bring_up(installed)) as database, database.session() as session:
        one, other, *_ = session.scalars(select(Identifier).order_by(Identifier.id)).all()
        one.number_cipher = one.number_cipher[:-9] + "A" * 8 + "="
        other.number_lookup = "0" * 64
    wrong = "\n".join(zh for zh, grade in _grades(installed).items() if grade == "✗")
    assert f"identifier.number {one.id}" in wrong
    assert f"identifier.number {other.id}" in wrong
    assert "小时前" in wrong
    installed.key_file.rename(installed.data / "away")
    assert "找不到密钥文件" in "\n".join(_grades(installed))


def _behind_the_guards(here: Settings, statement: str) -> None:
    """Do what the owner of a database can: take the guards of the trail away, change it."""
    engine = make_engine(here.database_url)
    with engine.begin() as connection:
        if _on_server(here):
            connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
        else:
            for name in ("replace", "update", "delete"):
                connection.execute(text(f"DROP TRIGGER audit_entry_no_{name}"))
        connection.execute(text(statement))
    engine.dispose()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE audit_entry SET actor = 'x' WHERE number = 4", "第 4 条被改动（此前 3 条完整）"),
        ("DELETE FROM audit_entry WHERE number = 4", "缺第 4 条"),
        ("DELETE FROM audit_entry WHERE number > 4", "第 5 条起的末尾被截去"),
        ("DELETE FROM audit_head", "链首不见了"),
    ],
)
def test_a_damaged_trail_is_wrong(installed: Settings, statement: str, words: str) -> None:
    """The chain is walked by every check; a sound one is said to be whole, with its length."""
    before = _grades(installed)
    assert any(zh.startswith("审计链") and grade == "✓" for zh, grade in before.items())
    _behind_the_guards(installed, statement)
    wrong = [zh for zh, grade in _grades(installed).items() if grade == "✗"]
    assert any(zh.startswith("审计链") and words in zh for zh in wrong), wrong


@pytest.mark.parametrize("here", ["sqlite"], indirect=True)  # a server's files are the server's
def test_a_damaged_file_is_told_in_words(installed: Settings) -> None:
    """Pages of a SQLite file overwritten, and a file that is no database at all."""
    file = Path(str(make_engine(installed.database_url).url.database))
    with file.open("r+b") as opened:
        size = os.fstat(opened.fileno()).st_size
        opened.seek(4096 * 3)
        opened.write(b"\xff" * (size // 2))
    assert "已损坏" in "\n".join(zh for zh, grade in _grades(installed).items() if grade == "✗")
    file.write_bytes(b"no database at all" * 500)
    assert "已损坏" in "\n".join(zh for zh, grade in _grades(installed).items() if grade == "✗")


def _person_keys(here: Settings) -> dict[int, object]:
    with closing(here.open()) as database:
        store = database.person_keys
        store.erasures()
        with store.engine.connect() as connection:
            rows = connection.execute(select(KEYS.c.person_id, KEYS.c.key_cipher)).all()
            return {row.person_id: row.key_cipher for row in rows}


def test_a_destroyed_person_key_does_not_come_back_with_the_keys(
    installed: Settings, tmp_path: Path
) -> None:
    """Keys written before an erasure add what is lacking and bring nothing destroyed back."""
    write_person_keys(installed, tmp_path)
    kept = _person_keys(installed)
    with closing(installed.open()) as database:
        database.person_keys.destroy(1, LATER)
        with database.person_keys.engine.begin() as connection:
            connection.execute(delete(KEYS).where(KEYS.c.person_id == 2))
    assert add_person_keys(installed, tmp_path / "person-keys.json") == 1
    assert _person_keys(installed) == {**kept, 1: None}


def test_who_was_erased_after_the_backup_is_erased_again(
    installed: Settings, tmp_path: Path
) -> None:
    """A restored database does not know them; their key stays destroyed."""
    with closing(bring_up(installed)) as database, database.session() as session:
        person_id = a_person(session, "绝密姓名").id
    folder = back_up(installed, tmp_path / "backups")
    with closing(bring_up(installed)) as database:
        privacy.erase(database, person_id, "本人申请", privacy.load_periods())
    done = restore(installed, folder, replace=True)
    assert done.done == ["重做删除 erased again: 1"]
    with closing(bring_up(installed)) as database, database.session() as session:
        assert session.get_one(Person, person_id).name != "绝密姓名"
        assert audit.verify(session).fault is None
    assert _person_keys(installed)[person_id] is None
