"""Locks that end with their holder, so that a worker whose lock can be taken is known to be dead.

No clock is compared and nothing has to be cleaned up after a ``SIGKILL``: the operating system (for
SQLite) or the server (for PostgreSQL) releases the lock with the process.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import filelock
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

# Without these a machine that lost its power would keep its lock for the system's two hours.
KEEPALIVE = {"tcp_keepalives_idle": 10, "tcp_keepalives_interval": 5, "tcp_keepalives_count": 3}


class Lock(Protocol):
    """An exclusive lock of one name."""

    def take(self) -> bool:
        """Take the lock without waiting, or make sure of it; return whether it is held now."""

    def held(self) -> bool:
        """Return whether the lock was taken and has not been lost."""

    def release(self) -> None:
        """Give the lock back."""


def lock(engine: Engine, name: str) -> Lock:
    """Return the lock of a name in the database of an engine."""
    if engine.dialect.name == "sqlite":
        return FileLock(Path(f"{engine.url.database}.{name}.lock"))
    return ServerLock(engine, name)


def sweep(engine: Engine) -> None:
    """Remove the lock files of dead workers; a server keeps none."""
    if engine.dialect.name == "sqlite":
        database = Path(str(engine.url.database))
        for path in database.parent.glob(f"{database.name}.*.lock"):
            left_behind = FileLock(path)
            if left_behind.take():
                left_behind.release()


class FileLock:
    """For SQLite, whose users share a machine: an empty file beside the database, locked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # Another thread may ask or give back. A marker file, which filelock would leave where the
        # file system has no locks, would outlive its holder: there taking it fails instead.
        self._lock = filelock.FileLock(
            path, blocking=False, thread_local=False, fallback_to_soft=False
        )

    def take(self) -> bool:
        """Take the lock without waiting, or make sure of it; return whether it is held now."""
        if not self._lock.is_locked:
            with suppress(filelock.Timeout):
                self._lock.acquire()
        return self._lock.is_locked

    def held(self) -> bool:
        """Return whether the lock was taken; the system takes none away."""
        return self._lock.is_locked

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if not self._lock.is_locked:
            return
        # While it is held, so that nobody's new file is removed: who opened the old one meanwhile
        # sees that it is gone. Windows removes no open file; there an empty one may stay.
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        self._lock.release()


class ServerLock:
    """For PostgreSQL: an advisory lock of a connection kept for nothing else."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        digest = hashlib.sha256(f"rukang worker {name}".encode()).digest()
        self._key = int.from_bytes(digest[:8], "big", signed=True)
        self._connection: Connection | None = None

    def take(self) -> bool:
        """Take the lock without waiting, or make sure of it; return whether it is held now.

        Raises
        ------
        sqlalchemy.exc.DBAPIError
            If the server cannot be reached.
        """
        if self.held():
            return True
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        # Out of the pool, so that closing it ends the server's session and with it the lock.
        connection.detach()
        try:
            for setting, value in KEEPALIVE.items():
                connection.execute(text(f"SET {setting} = {value}"))
            taken = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": self._key})
        except DBAPIError:
            connection.close()
            raise
        if not taken:
            connection.close()
            return False
        self._connection = connection
        return True

    def held(self) -> bool:
        """Return whether the lock was taken and its connection lives; the lock ends with it."""
        if not self._connection:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            self.release()
            return False
        return True

    def release(self) -> None:
        """Give the lock back."""
        if self._connection:
            self._connection.close()
            self._connection = None
