"""Bringing a backup back: verified first, built beside, and put in place in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, func, inspect, select, text
from sqlalchemy.exc import OperationalError

from rukang import migrations
from rukang.base.access import Database
from rukang.base.clock import Clock, utc_now
from rukang.base.database.engine import make_engine
from rukang.base.database.sealing import keys
from rukang.base.database.sealing.key_file import KeyPlace, KeysError
from rukang.base.database.sealing.person_keys import place_of
from rukang.base.database.sealing.vault import Vault
from rukang.base.errors import ConflictError, InvalidError
from rukang.base.settings import Settings
from rukang.doors.privacy import replay_erasures
from rukang.doors.upkeep import postgres
from rukang.doors.upkeep.backup import Manifest, facts_of, read_manifest, write_backup
from rukang.doors.upkeep.installation import complete
from rukang.doors.upkeep.person_keys import FILE as PERSON_KEYS
from rukang.doors.upkeep.person_keys import add_person_keys
from rukang.migrations.registry import METADATA

MADE_BY_INIT = {"sealing_key", "audit_entry", "audit_head"}
"""Tables that have rows in a new installation."""

SCRATCH = ".restoring-"

LOOKS = 20
"""How often it is looked whether others use a PostgreSQL database, a tenth of a second apart."""


def erase_again(_: Settings, database: Database) -> str:
    """Erase again who was erased after the backup was made."""
    return f"重做删除 erased again: {replay_erasures(database)}"


AFTER_RESTORE: list[Callable[[Settings, Database], str]] = [erase_again]
"""What has to be done before a restored database is used, such as erasures made since its backup.

Each is run on the restored database before anybody else can open it, may be run twice, and returns
a line to be told.
"""


@dataclass(frozen=True)
class Restored:
    """What was restored: the manifest, where the older database is, what was done afterwards."""

    manifest: Manifest
    older: Path | None
    done: list[str]


def restore(
    here: Settings,
    backup: Path,
    keys_from: Path | None = None,
    clock: Clock = utc_now,
    *,
    replace: bool = False,
) -> Restored:
    """Restore a backup into an installation, bringing it up to this version if it is older.

    Killed at any point, the database is the older one, the restored one, or one that refuses to be
    opened until the restore is done again.

    Parameters
    ----------
    keys_from
        A key file, for when the installation lacks the keys of the backup; person keys that lie
        beside it are added to those the installation has.
    replace
        Restore although the database has records; they are kept aside.

    Raises
    ------
    NotFoundError, InvalidError
        If there is no backup, it is not whole, or newer than this program.
    KeysError
        If the keys do not open it; nothing is written then.
    ConflictError
        If the database has records, or somebody has it open.
    """
    manifest = read_manifest(backup)
    engine = make_engine(here.database_url)
    try:
        _require_fit(engine, manifest)
        vault = _keys_for(here, manifest, keys_from)
        if not replace:
            _require_empty(engine)
        here.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if keys_from is not None and (keys_from.parent / PERSON_KEYS).is_file():
            add_person_keys(here, keys_from.parent / PERSON_KEYS)
        put = _into_sqlite if manifest.kind == "sqlite" else _into_postgres
        older, done = put(here, engine, backup, manifest, vault, clock)
    finally:
        engine.dispose()
    return Restored(manifest, older, done)


def _require_fit(engine: Engine, manifest: Manifest) -> None:
    kind = "sqlite" if engine.dialect.name == "sqlite" else "postgresql"
    if manifest.kind != kind:
        raise InvalidError(
            f"这是 {manifest.kind} 的备份，而数据库是 {kind}；请用同一种数据库恢复。",
            f"This is a backup of {manifest.kind}, and the database is {kind}; restore it into the"
            " kind it was taken from.",
        )
    if manifest.revision not in migrations.revisions():
        raise InvalidError(
            f"备份的数据版本 {manifest.revision} 比本程序新（{migrations.newest()}）；"
            f"请用 {manifest.program} 或更新的程序恢复。",
            f"The backup stands at revision {manifest.revision}, newer than this program"
            f" ({migrations.newest()}); restore it with version {manifest.program} or later.",
        )


def _keys_for(here: Settings, manifest: Manifest, keys_from: Path | None) -> Vault:
    """Return a vault that opens the backup; keys brought along are added to the key file."""
    place = here.keys if keys_from is None else KeyPlace(keys_from, environment=False)
    need = "、".join(map(keys.short, manifest.keys))
    if not place.there():
        raise KeysError(
            f"找不到密钥（{place}）；这份备份是用密钥 {need} 加密的，请用 --keys 写明密钥文件。"
            "什么也没有改变。",
            f"There are no keys ({place}); the backup is sealed with key {need}: name the key file"
            " with --keys. Nothing was changed.",
        )
    texts = place.read()
    lacking = [key for key in manifest.keys if key not in Vault(texts).keys]
    if lacking:
        raise KeysError(
            f"{place} 里没有这份备份的密钥 {'、'.join(map(keys.short, lacking))}，"
            "请用 --keys 写明含有它的密钥文件。什么也没有改变。",
            f"{place} lacks key {', '.join(map(keys.short, lacking))} of this backup; name the"
            " file that holds it with --keys. Nothing was changed.",
        )
    return Vault(texts)


def _hold_keys(here: Settings, vault: Vault) -> None:
    """Add the keys of the backup to the key file; those that are there stay, behind them."""
    if here.keys.in_environment:
        return
    held = here.keys.read() if here.keys.there() else []
    texts = [key.text for key in vault.keys.values()]
    if any(text not in held for text in texts):
        here.keys.write([*texts, *(text for text in held if text not in texts)])


def _require_empty(engine: Engine) -> None:
    if keys.is_absent(engine):
        return
    present = set(inspect(engine).get_table_names())
    if keys.UNFINISHED in present:
        return
    with engine.connect() as connection:
        full = [
            table.name
            for table in METADATA.sorted_tables
            if table.name in present - MADE_BY_INIT
            and connection.scalar(select(func.count()).select_from(table))
        ]
    if full:
        raise ConflictError(
            "数据库里已有记录，没有恢复。确要用备份代替它，请加 --replace（原来的会另存）。",
            "The database has records and nothing was restored. To put the backup in their place"
            " add --replace; they are kept aside.",
        )


def _into_sqlite(
    here: Settings, engine: Engine, backup: Path, manifest: Manifest, vault: Vault, clock: Clock
) -> tuple[Path | None, list[str]]:
    """Build the database beside, and move it into its place."""
    target = Path(str(engine.url.database))
    for left in target.parent.glob(f"{SCRATCH}*"):
        shutil.rmtree(left)
    with TemporaryDirectory(prefix=SCRATCH, dir=target.parent) as scratch:
        draft = Path(scratch) / target.name
        draft.touch(0o600)
        shutil.copyfile(backup / manifest.file, draft)
        database = Database(
            f"sqlite:///{draft}", vault, clock, person_keys_url=person_keys_url(here)
        )
        try:
            _require_sound(database.engine)
            done = _finish(here, database, manifest)
        finally:
            database.close()
        _fold(draft)
        older = _let_go(target, clock()) if target.exists() else None
        _hold_keys(here, vault)
        draft.replace(target)
    return older, done


def _let_go(file: Path, now: datetime) -> Path:
    """Keep the older database under another name, and make sure that nobody has it open."""
    try:
        _fold(file)
    except OperationalError as error:
        raise ConflictError(
            "数据库正在使用，没有恢复：请先停止 rukang serve 和 rukang worker。",
            "The database is in use and nothing was restored: stop `rukang serve` and"
            " `rukang worker` first.",
        ) from error
    older = file.with_name(f"{file.name}.before-{now:%Y%m%dT%H%M%S}")
    # A second name, so that the place of the database is never empty.
    os.link(file, older)
    return older


def _fold(file: Path) -> None:
    """Fold what stands in the ``-wal`` into the file; only who has it alone can."""
    engine = make_engine(f"sqlite:///{file}")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=2000")
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    finally:
        engine.dispose()


def _into_postgres(
    here: Settings, engine: Engine, backup: Path, manifest: Manifest, vault: Vault, clock: Clock
) -> tuple[Path | None, list[str]]:
    """Replace everything in one transaction, marked as unfinished until all is done."""
    _require_alone(engine)
    older = None
    found = inspect(engine)
    if found.has_table("alembic_version") and not found.has_table(keys.UNFINISHED):
        older = write_backup(engine, here.data / "before-restore", clock())
    _hold_keys(here, vault)
    with TemporaryDirectory(prefix=SCRATCH, dir=here.data) as scratch:
        engine.dispose()
        postgres.load(engine, backup / manifest.file, Path(scratch), keys.UNFINISHED)
    database = Database(here.database_url, vault, clock, person_keys_url=person_keys_url(here))
    try:
        done = _finish(here, database, manifest)
        with database.engine.begin() as connection:
            connection.execute(text(f"DROP TABLE {keys.UNFINISHED}"))
    finally:
        database.close()
    return older, done


def _require_alone(engine: Engine) -> None:
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    # Each statement sees anew who is there; within one transaction PostgreSQL would repeat itself.
    alone = engine.execution_options(isolation_level="AUTOCOMMIT")
    with alone.connect() as connection:
        # The server takes a moment to end what a client has closed just now.
        for _ in range(LOOKS):
            if not connection.scalar(text(others)):
                return
            connection.execute(text("SELECT pg_sleep(0.1)"))
    raise ConflictError(
        "数据库正在使用，没有恢复：请先在每台机器上停止 rukang serve 和 rukang worker。",
        "The database is in use and nothing was restored: stop `rukang serve` and"
        " `rukang worker` on every machine first.",
    )


def _require_sound(engine: Engine) -> None:
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    if found != ["ok"]:
        raise InvalidError(
            "备份里的数据库已损坏，请用另一份备份；什么也没有改变。",
            "The database in the backup is damaged; use another one. Nothing was changed.",
        )


def person_keys_url(here: Settings) -> str:
    """Return where the person keys lie, whatever file the database is being built in."""
    return here.person_keys_url or place_of(here.database_url)


def _finish(here: Settings, database: Database, manifest: Manifest) -> list[str]:
    """Compare what was restored, bring it up to this version, and do what has to be done."""
    with database.engine.connect() as connection:
        counted = facts_of(connection).tables
    counted.pop(keys.UNFINISHED, None)
    if counted != manifest.tables:
        raise InvalidError(
            "恢复出的行数与清单不符，请用另一份备份。",
            "The rows restored are not those of the manifest; use another backup.",
        )
    if not keys.opens_sample(database.engine, database.vault):
        raise KeysError(
            "密钥打不开备份里已加密的内容，请用 --keys 写明原来的密钥文件。",
            "The keys do not open what is sealed in the backup; name the file of its keys with"
            " --keys.",
        )
    complete(here, database)
    return [do(here, database) for do in AFTER_RESTORE]
