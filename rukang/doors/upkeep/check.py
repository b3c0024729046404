"""Whether an installation is sound: its files, its keys, its jobs, its backups."""

from __future__ import annotations

import enum
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError

from rukang import migrations
from rukang.base.access import Database
from rukang.base.clock import Clock, utc_now
from rukang.base.database import audit
from rukang.base.database.engine import make_engine
from rukang.base.database.sealing import keys
from rukang.base.database.sealing.key_file import KeysError
from rukang.base.database.sealing.keys import KeyState
from rukang.base.database.sealing.resealing import Found, Look
from rukang.base.settings import Settings
from rukang.doors.upkeep.backup import LAST
from rukang.doors.upkeep.rekey import look, stores

MEGABYTE = 1_000_000
LARGEST_WAL = 200 * MEGABYTE
"""A log that has grown beyond this is not folded back: somebody reads without end."""

LEAST_FREE = 500 * MEGABYTE


class Grade(enum.StrEnum):
    """How a finding is to be taken."""

    SOUND = "✓"
    WATCH = "!"
    WRONG = "✗"


@dataclass(frozen=True)
class Finding:
    """One thing looked at, in words."""

    grade: Grade
    zh: str
    en: str


def check(
    here: Settings, backup_within: timedelta, clock: Clock = utc_now, *, everything: bool = False
) -> Iterator[Finding]:
    """Yield what was found; nothing is changed.

    Parameters
    ----------
    backup_within
        How old the last backup may be.
    everything
        Open everything that is sealed instead of a sample.
    """
    engine = make_engine(here.database_url)
    try:
        if keys.is_absent(engine):
            yield _wrong("没有数据库", "there is no database")
            return
        yield from _files(engine)
        yield _revision(engine)
        yield from _opened(here, clock, everything)
        yield _queue(engine)
        yield from _room(here, engine)
        yield _last_backup(here, clock(), backup_within)
    except DBAPIError as error:
        yield _wrong(f"数据库已损坏或没有应答：{error.orig}", f"damaged or silent: {error.orig}")
    finally:
        engine.dispose()


def _files(engine: Engine) -> Iterator[Finding]:
    """Look at the structure of the database, and at references that lead nowhere."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars().all()
            lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        whole = found == ["ok"]
        said = "；".join(map(str, found))
    else:
        with engine.connect() as connection:
            unchecked = "SELECT conname FROM pg_constraint WHERE NOT convalidated"
            lost = connection.exec_driver_sql(unchecked).all()
            for table in inspect(connection).get_table_names():
                # Reads every page, and so meets a damaged one.
                connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"')  # noqa: S608
        whole, said = True, ""
    yield (
        _sound("数据库文件完好", "the database is whole")
        if whole
        else _wrong(f"数据库文件已损坏：{said}", f"the database is damaged: {said}")
    )
    yield (
        _sound("记录之间的引用都在", "every reference leads somewhere")
        if not lost
        else _wrong(f"{len(lost)} 处引用无效", f"{len(lost)} references lead nowhere")
    )


def _revision(engine: Engine) -> Finding:
    found, needed = migrations.current(engine), migrations.newest()
    if found == needed:
        return _sound(f"数据版本 {found}", f"revision {found}")
    return _wrong(
        f"数据版本为 {found}，本程序需要 {needed}：请执行 rukang db init",
        f"revision {found}, this program needs {needed}: run `rukang db init`",
    )


def _opened(here: Settings, clock: Clock, everything: bool) -> Iterator[Finding]:
    try:
        database = here.open(clock)
    except KeysError as error:
        yield _wrong(error.zh, error.en)
        return
    try:
        names = "、".join(map(keys.short, keys.registered(database.engine)))
        yield _sound(f"密钥 {names} 与数据库相符", f"key {names} is the database's")
        if migrations.current(database.engine) != migrations.newest():
            return
        found = look(here, database, lambda *_: None) if everything else _sample(here, database)
        yield from _sealed(found, _lost(database))
        yield _trail(database)
    finally:
        database.close()


def _trail(database: Database) -> Finding:
    """Walk the chain of the audit trail from its first link."""
    with database.session() as session:
        found = audit.verify(session)
    zh, en = found.words
    if found.fault is not None:
        return _wrong(
            f"审计链：{zh}（此前 {found.number} 条完整）；请保留现状，与备份和留存的链首比对"
            "（rukang audit verify --from-head）",
            f"audit trail: {en} ({found.number} before it hold); keep all as it is and compare with"
            " backups and heads kept elsewhere (`rukang audit verify --from-head`)",
        )
    if found.waiting:
        return _watch(
            f"审计链 {found.number} 条完整，另有 {found.waiting} 条早先的记录尚未入链："
            "执行任一 rukang 命令即入链",
            f"audit trail: {found.number} entries whole, {found.waiting} written before it are to"
            " be linked by the next command",
        )
    return _sound(f"审计链 {found.number} 条{zh}", f"audit trail: {found.number} entries {en}")


def _sample(here: Settings, database: Database) -> dict[str, Found]:
    with database.engine.connect() as connection:
        active = database.vault.keys[keys.active(connection) or database.vault.first.fingerprint]
    found = {}
    for store in stores(here, database):
        seen = Look(database.vault, active)
        store.walk(0, seen)
        found[store.name] = seen.found
    return found


def _lost(database: Database) -> bool:
    with database.engine.connect() as connection:
        return keys.any_of(connection, KeyState.LOST)


def _sealed(found: dict[str, Found], is_lost: bool) -> Iterator[Finding]:
    broken = [where for one in found.values() for where in one.broken]
    strange = [where for one in found.values() for where in one.mismatched]
    older = sum(one.older for one in found.values())
    count = sum(one.all for one in found.values())
    if not broken and not strange:
        yield _sound(f"打开了 {count} 处加密内容", f"{count} sealed values open")
    if broken:
        which = _few(broken)
        make = _watch if is_lost else _wrong
        yield make(
            f"{len(broken)} 处加密内容打不开：{which}", f"{len(broken)} do not open: {which}"
        )
    if strange:
        which = _few(strange)
        yield _wrong(
            f"{len(strange)} 处查找码与号码不符：{which}", f"{len(strange)} look-ups do not fit"
        )
    if older:
        yield _watch(
            f"{older} 处还用旧密钥加密：请执行 rukang db rekey",
            f"{older} are still under an older key: run `rukang db rekey`",
        )


def _queue(engine: Engine) -> Finding:
    schema = "dbos" if engine.dialect.name == "postgresql" else None
    if inspect(engine).has_table("workflow_status", schema=schema):
        return _sound("任务队列的表都在", "the job queue has its tables")
    return _wrong(
        "缺少任务队列的表：请执行 rukang db init", "the job queue lacks its tables: run `db init`"
    )


def _room(here: Settings, engine: Engine) -> Iterator[Finding]:
    size = 0
    if engine.dialect.name == "sqlite":
        file = Path(str(engine.url.database))
        log = file.with_name(f"{file.name}-wal")
        size, logged = file.stat().st_size, log.stat().st_size if log.exists() else 0
        make = _watch if logged > LARGEST_WAL else _sound
        yield make(f"预写日志 {_megabytes(logged)}", f"write-ahead log {_megabytes(logged)}")
    free = shutil.disk_usage(here.data).free
    make = _wrong if free < max(LEAST_FREE, size) else _sound
    yield make(f"磁盘剩余 {_megabytes(free)}", f"free disk {_megabytes(free)}")


def _last_backup(here: Settings, now: datetime, within: timedelta) -> Finding:
    try:
        told = json.loads((here.data / LAST).read_text(encoding="utf-8"))
        age = now - datetime.fromisoformat(told["made_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return _wrong(
            "这个安装还没有备份过：请执行 rukang db backup --to …",
            "this installation was never backed up: run `rukang db backup --to …`",
        )
    hours = int(age.total_seconds() // 3600)
    make = _wrong if age > within else _sound
    return make(f"上次备份在 {hours} 小时前", f"the last backup is {hours} hours old")


def _few(names: list[str]) -> str:
    return "、".join(names[:5]) + ("…" if len(names) > 5 else "")


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.1f} MB"


def _sound(zh: str, en: str) -> Finding:
    return Finding(Grade.SOUND, zh, en)


def _watch(zh: str, en: str) -> Finding:
    return Finding(Grade.WATCH, zh, en)


def _wrong(zh: str, en: str) -> Finding:
    return Finding(Grade.WRONG, zh, en)
