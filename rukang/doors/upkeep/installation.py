"""Making an installation, and bringing one that is there up to this version of the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from rukang import migrations, pay
from rukang.base import jobs
from rukang.base.access import Database
from rukang.base.clock import Clock, utc_now
from rukang.base.database import audit
from rukang.base.database.engine import make_engine
from rukang.base.database.sealing import keys
from rukang.base.errors import ConflictError
from rukang.base.settings import Settings
from rukang.doors.handlers import policy_of


def init(here: Settings, clock: Clock = utc_now) -> Database:
    """Make keys, tables and job queue where there are none, and return the open database.

    Safe to repeat. Keys are made only where no key was ever registered and
    nothing is sealed: beside a database in use, a missing key file is refused, never replaced.

    Raises
    ------
    KeysError
        If the database is in use and its keys are missing or others.
    """
    here.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _engine(here) as engine:
        needed = keys.registered(engine) or keys.holds_sealed(engine)
    if not here.keys.there() and not needed:
        here.keys.make()
    return _brought_up(here, clock)


def bring_up(here: Settings, clock: Clock = utc_now) -> Database:
    """Return the open database of an installation that is there, with the newest tables.

    Raises
    ------
    KeysError
        If its keys are missing or others.
    ConflictError
        If there is no installation.
    """
    if not is_there(here):
        raise ConflictError(
            f"{here.data} 里还没有安装（没有数据库）。请核对 --data；要新建，请执行"
            " rukang db init；要从备份恢复，请执行 rukang db restore。",
            f"There is no installation in {here.data} (no database). Check --data; to make one,"
            " run `rukang db init`; to bring one back, `rukang db restore`.",
        )
    return _brought_up(here, clock)


def is_there(here: Settings) -> bool:
    """Return whether the database has our tables, in whatever version."""
    with _engine(here) as engine:
        return not keys.is_absent(engine) and migrations.current(engine) is not None


def _brought_up(here: Settings, clock: Clock) -> Database:
    database = here.open(clock)
    complete(here, database)
    return database


def complete(here: Settings, database: Database) -> None:
    """Bring an open database up to this version: tables, job queue, keys, what older ones left."""
    migrations.upgrade(database.engine)
    jobs.prepare(database)
    with database.session() as session:
        keys.register(session, database.vault)
    _link_written_before(database)
    _take_names_out(here, database)


def _link_written_before(database: Database) -> None:
    """Make links of the trail's entries from before it was a chain, some in a transaction."""
    linked = True
    while linked:
        with database.session() as session:
            linked = audit.link_written_before(session) > 0


def _take_names_out(here: Settings, database: Database) -> None:
    """Take the names out of wage runs calculated by an older version, one in a transaction."""
    with database.session() as session:
        named = pay.named_runs(session)
    if not named:
        return
    policy = policy_of(here)
    for run_id in named:
        with database.session() as session:
            pay.take_names_out(session, pay.find_run(session, run_id), policy)


@contextmanager
def _engine(here: Settings) -> Iterator[Engine]:
    engine = make_engine(here.database_url)
    try:
        yield engine
    finally:
        engine.dispose()
