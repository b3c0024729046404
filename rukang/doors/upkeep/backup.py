"""Backups: a copy of the database taken while it is in use, with a manifest, without the keys."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal

from alembic.runtime.migration import MigrationContext
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Connection, Engine, inspect, text

from rukang.base.clock import Clock, utc_now
from rukang.base.database.engine import make_engine
from rukang.base.database.sealing import keys
from rukang.base.database.sealing.key_file import KeyPlace
from rukang.base.database.sealing.vault import Key
from rukang.base.errors import ConflictError, InvalidError, NotFoundError
from rukang.base.settings import Settings
from rukang.doors.upkeep import postgres
from rukang.doors.upkeep.person_keys import write_person_keys

FORMAT = 1
MANIFEST = "manifest.json"
FILES = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
NAME = re.compile(r"rukang-\d{8}T\d{6}Z(-\d+)?")
LAST = "last-backup.json"
"""Beside the database: when and where it was last backed up, for ``rukang db check``."""

Kind = Literal["sqlite", "postgresql"]


class Manifest(BaseModel):
    """What a backup holds, so that a restore can tell whether it is whole.

    ``tables`` counts the rows of each table; ``keys`` are the fingerprints of the keys it takes to
    open it, the sealing one first.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int = FORMAT
    program: str
    made_at: datetime
    revision: str
    kind: Kind
    file: str
    size: int
    sha256: str
    tables: dict[str, int]
    keys: list[str]


def back_up(
    here: Settings,
    to: Path,
    keys_to: Path | None = None,
    keep: int | None = None,
    clock: Clock = utc_now,
) -> Path:
    """Write a backup into a new folder under ``to`` and return that folder.

    Everything committed before is in it, and nothing in part; servers and workers go on meanwhile.

    Parameters
    ----------
    keys_to
        Another folder, into which the keys are written.
    keep
        How many backups to leave under ``to``, this one included; older ones are deleted.

    Raises
    ------
    KeysError
        If the keys are missing or others.
    InvalidError
        If the keys would lie with the backup.
    ConflictError
        If there is no database, or PostgreSQL's programs fail.
    """
    if keys_to is not None:
        _require_apart(to, keys_to)
    database = here.open(clock)
    try:
        folder = write_backup(database.engine, to, clock())
    finally:
        database.close()
    if keys_to is not None:
        _write_keys(here, keys_to)
    (here.data / LAST).write_text(
        json.dumps({"made_at": clock().isoformat(), "folder": str(folder.resolve())}),
        encoding="utf-8",
    )
    if keep is not None:
        _delete_older(to, keep)
    return folder


def write_backup(engine: Engine, to: Path, now: datetime) -> Path:
    """Write a backup of a database into a new folder, which appears once it is whole."""
    if keys.is_absent(engine):
        raise ConflictError("这里没有数据库可备份。", "There is no database to back up here.")
    kind: Kind = "sqlite" if engine.dialect.name == "sqlite" else "postgresql"
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=".writing-", dir=to))
    try:
        file = draft / FILES[kind]
        facts = _copy_sqlite(engine, file) if kind == "sqlite" else _dump(engine, file)
        manifest = Manifest(
            program=version("rukang"), made_at=now, kind=kind, file=file.name,
            size=file.stat().st_size, sha256=digest(file), **vars(facts),
        )  # fmt: skip
        _write(draft / MANIFEST, manifest.model_dump_json(indent=1))
        _settle(file)
        return draft.rename(_free(to / f"rukang-{now:%Y%m%dT%H%M%SZ}"))
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def read_manifest(folder: Path) -> Manifest:
    """Return a backup's manifest, once the file is known to be the one it describes.

    Raises
    ------
    NotFoundError
        If there is no backup.
    InvalidError
        If it is of a newer form, or not whole.
    """
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if isinstance(told, dict) and told.get("format", FORMAT) > FORMAT:
            raise InvalidError(
                f"{folder} 是更新版本的程序写的备份，请用那个版本恢复。",
                f"{folder} was written by a newer version of this program; restore it with that.",
            )
        manifest = Manifest.model_validate(told)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFoundError(
            f"{folder} 不是备份（没有 {MANIFEST}）；请写备份的文件夹，如 rukang-20261129T020000Z。",
            f"{folder} is no backup (it has no {MANIFEST}); name the folder of one.",
        ) from error
    except (ValueError, TypeError, ValidationError) as error:
        raise InvalidError(
            f"{folder / MANIFEST} 已损坏，请用另一份备份。",
            f"{folder / MANIFEST} is damaged; use another backup.",
        ) from error
    file = folder / manifest.file
    if manifest.file != FILES[manifest.kind] or not file.is_file():
        raise InvalidError(f"{folder} 缺少 {manifest.file}。", f"{folder} lacks {manifest.file}.")
    if file.stat().st_size != manifest.size or digest(file) != manifest.sha256:
        raise InvalidError(
            f"{file} 与清单不符（损坏或没有写完），请用另一份备份；什么也没有改变。",
            f"{file} is not what its manifest describes (damaged or cut off); use another backup."
            " Nothing was changed.",
        )
    return manifest


def backups(to: Path) -> list[Path]:
    """Return the folders of the backups under a folder, the oldest first."""
    found = [path for path in to.iterdir() if NAME.fullmatch(path.name)] if to.is_dir() else []
    return sorted(path for path in found if (path / MANIFEST).is_file())


@dataclass(frozen=True)
class Facts:
    """What a database holds, as one transaction sees it: revision, rows by table, live keys."""

    revision: str
    tables: dict[str, int]
    keys: list[str]


def facts_of(connection: Connection) -> Facts:
    """Return what a database holds."""
    found = inspect(connection)
    schemas = [None, *({"dbos"} & set(found.get_schema_names()))]
    quote = connection.dialect.identifier_preparer.quote
    tables = {}
    for schema in schemas:
        for table in found.get_table_names(schema=schema):
            name = ".".join(quote(part) for part in (schema, table) if part)
            count = connection.scalar(text(f"SELECT count(*) FROM {name}"))  # noqa: S608
            tables[f"{schema}.{table}" if schema else table] = int(count or 0)
    return Facts(
        MigrationContext.configure(connection).get_current_revision() or "",
        dict(sorted(tables.items())),
        keys.live(connection) if found.has_table("sealing_key") else [],
    )


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _copy_sqlite(engine: Engine, file: Path) -> Facts:
    """Copy a SQLite database as one read transaction sees it, whatever is written meanwhile.

    Its files are not copied: what was committed last stands in the ``-wal`` beside them. What was
    deleted is not copied either.
    """
    file.touch(0o600)
    with closing(sqlite3.connect(str(engine.url.database), timeout=60)) as source:
        source.execute("VACUUM INTO ?", (str(file),))
    copied = make_engine(f"sqlite:///{file}")
    try:
        with copied.connect() as connection:
            # Beside a backup no other files shall lie.
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
            return facts_of(connection)
    finally:
        copied.dispose()


def _dump(engine: Engine, file: Path) -> Facts:
    """Dump a PostgreSQL database, and count its rows in the very snapshot that is dumped."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = str(connection.scalar(text("SELECT pg_export_snapshot()")))
        postgres.dump(engine, snapshot, file)
        return facts_of(connection)


def _require_apart(to: Path, keys_to: Path) -> None:
    one, other = to.resolve(), keys_to.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise InvalidError(
            f"密钥不能和备份放在一起（{keys_to}）：拿到备份的人就能打开全部号码。请另选地方，"
            "最好是另一个设备。",
            f"The keys may not lie with the backup ({keys_to}): whoever gets one could open every"
            " number. Choose another place, best on another device.",
        )


def _write_keys(here: Settings, folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    texts = here.keys.read()
    # By its key, so that the file of an older key, which older backups need, is not lost.
    name = f"keys-{keys.short(Key(texts[0]).fingerprint)}.txt"
    KeyPlace(folder / name, environment=False).write(texts)
    write_person_keys(here, folder)


def _write(file: Path, content: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def _settle(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())


def _free(folder: Path) -> Path:
    """Return a name that is not taken: two backups may fall into one second."""
    number, free = 1, folder
    while free.exists():
        number += 1
        free = folder.with_name(f"{folder.name}-{number}")
    return free


def _delete_older(to: Path, keep: int) -> None:
    for folder in backups(to)[: -max(keep, 1)]:
        shutil.rmtree(folder)
