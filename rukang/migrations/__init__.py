"""Bringing a database to the newest form of the records, and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

HERE = Path(__file__).parent


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to a revision (the newest by default), in one transaction."""
    with changing(engine) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take the database back to an older revision; ``base`` removes every table of ours."""
    with changing(engine) as connection:
        command.downgrade(_config(connection), revision)


def current(engine: Engine) -> str | None:
    """Return the revision the database stands at, or None if it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Return the revision this version of the software needs."""
    return ScriptDirectory(str(HERE)).get_current_head()


def revisions() -> set[str]:
    """Return every revision this version of the software knows."""
    return {script.revision for script in ScriptDirectory(str(HERE)).walk_revisions()}


def check(engine: Engine) -> None:
    """Raise if the tables and the records have drifted apart (``alembic check``)."""
    with engine.begin() as connection:
        command.check(_config(connection))


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection on which tables may be made anew, in one transaction.

    SQLite changes a table by making it anew, which breaks what refers to it for a moment. Foreign
    keys are therefore looked at once at the end; within a transaction that cannot be switched.

    Raises
    ------
    RuntimeError
        If something refers to what is not there afterwards; nothing was changed then.

    References
    ----------
    SQLite, "ALTER TABLE", section 7 (making other kinds of table schema changes).
    """
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.rollback()
        try:
            with connection.begin():
                yield connection
                if lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise RuntimeError(f"Rows of {sorted({row[0] for row in lost})} lost theirs.")
        finally:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config
