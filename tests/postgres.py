"""A throw-away PostgreSQL server for the tests, from the binaries Debian installs."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PLACES = "/usr/lib/postgresql"


def binaries() -> Path | None:
    """Return the folder of ``initdb`` and ``pg_ctl``, the newest installed, or None."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    installed = sorted(Path(PLACES).glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    return installed[-1].parent if installed else None


@dataclass(frozen=True)
class Server:
    """A running throw-away server, which can be stopped and started again."""

    url: str
    start: Callable[[], None]
    stop: Callable[[], None]

    def restart(self) -> None:
        """Let every connection break off, as a crash would, and come back."""
        self.stop()
        self.start()


# Durability is not what most tests test.
FAST = "-c fsync=off -c synchronous_commit=off"


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """Yield the SQLAlchemy URL of a fresh server; it and its data are gone afterwards.

    Raises
    ------
    FileNotFoundError
        If PostgreSQL is not installed (``apt-get install postgresql``).
    """
    with temporary_server(FAST) as server:
        yield server.url


@contextmanager
def temporary_server(options: str = "-c fsync=off") -> Iterator[Server]:
    """Yield a fresh server that a test may stop and start; it and its data are gone afterwards.

    Parameters
    ----------
    options
        Of the server program. A restart keeps what was committed, unless commits are not waited
        for; only a machine that fails needs ``fsync``.

    Raises
    ------
    FileNotFoundError
        If PostgreSQL is not installed (``apt-get install postgresql``).
    """
    folder = binaries()
    if folder is None:
        raise FileNotFoundError(
            f"No initdb on the path or under {PLACES}; install PostgreSQL (apt-get install"
            " postgresql), or name a running server in RUKANG_TEST_POSTGRES."
        )
    with tempfile.TemporaryDirectory(prefix="rukang-postgres-") as scratch:
        _give_to_server(Path(scratch))
        data, port = f"{scratch}/data", _free_port()
        _run(folder / "initdb", "-D", data, "-U", "rukang", "-A", "trust", "-E", "UTF8", "-N")
        control = [folder / "pg_ctl", "-D", data, "-w"]
        # Sockets in the scratch folder.
        given = f"-p {port} -h 127.0.0.1 -k {scratch} {options}"
        server = Server(
            f"postgresql+psycopg://rukang@127.0.0.1:{port}/postgres",
            start=lambda: _run(*control, "-o", given, "-l", f"{scratch}/log", "start"),
            stop=lambda: _run(*control, "-m", "immediate", "stop"),
        )
        server.start()
        try:
            yield server
        finally:
            with suppress(subprocess.CalledProcessError):
                server.stop()


def _give_to_server(scratch: Path) -> None:
    """Hand the folder to the user ``postgres``: the server refuses to run as root."""
    if _is_root():
        shutil.chown(scratch, "postgres", "postgres")


def _run(*command: str | Path) -> None:
    as_server = ["runuser", "-u", "postgres", "--"] if _is_root() else []
    subprocess.run([*as_server, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
