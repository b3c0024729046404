"""Fresh databases for the tests: SQLite always, PostgreSQL from RUKANG_TEST_POSTGRES."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from rukang import migrations
from rukang.base.database.engine import make_engine
from rukang.base.database.sealing.person_keys import place_of

POSTGRES = os.environ.get("RUKANG_TEST_POSTGRES", "")
"""URL of a PostgreSQL server on which databases may be made, such as
``postgresql+psycopg://rukang:rukang@127.0.0.1:54329/postgres``. The test command starts one."""

KINDS = ["sqlite", "postgresql"] if POSTGRES else ["sqlite"]

KEPT = ExitStack()
"""What the tests of this process share; taken away when they have ended, the server being there."""


@contextmanager
def fresh_url(kind: str, folder: Path) -> Iterator[str]:
    """Yield the URL of an empty database of a kind; a PostgreSQL one is dropped afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / f'{uuid.uuid4().hex}.sqlite'}"
        return
    with _made("template1") as url:
        yield url


@contextmanager
def copy_of(kind: str, url: str, folder: Path) -> Iterator[str]:
    """Yield the URL of a copy of a database that nobody has open; it is dropped afterwards."""
    if kind == "sqlite":
        copy = f"sqlite:///{folder / f'{uuid.uuid4().hex}.sqlite'}"
        for source, target in ((url, copy), (place_of(url), place_of(copy))):
            if (file := Path(str(make_url(source).database))).exists():
                shutil.copyfile(file, str(make_url(target).database))
        yield copy
        return
    with _made(str(make_url(url).database)) as copy:
        yield copy


@contextmanager
def migrated_url(kind: str, folder: Path) -> Iterator[str]:
    """Yield the URL of a database of this version without records.

    The migrations run once in a process; every further database is a copy of the first.
    """
    with copy_of(kind, _migrated(kind), folder) as url:
        yield url


@cache
def _migrated(kind: str) -> str:
    """Return the database that the others are copies of; it is gone when the tests have ended."""
    folder = KEPT.enter_context(tempfile.TemporaryDirectory(prefix="rukang-pattern-"))
    url = KEPT.enter_context(fresh_url(kind, Path(folder)))
    engine = make_engine(url)
    migrations.upgrade(engine)
    engine.dispose()
    written_out(url)
    return url


def written_out(url: str) -> None:
    """Bring what a database nobody has open was told into its file, which is what is copied."""
    for place in {url, place_of(url)}:
        address = make_url(place)
        if address.get_backend_name() == "sqlite" and Path(str(address.database)).exists():
            engine = make_engine(place)
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            engine.dispose()


@contextmanager
def _made(pattern: str) -> Iterator[str]:
    """Yield the URL of a new database on the server, a copy of another one, and drop it."""
    name = f"test_{uuid.uuid4().hex}"
    _run(f'CREATE DATABASE "{name}" TEMPLATE "{pattern}"')
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        _run(f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(statement: str) -> None:
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(statement))
    server.dispose()
