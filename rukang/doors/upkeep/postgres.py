"""PostgreSQL's own programs, which know how to write a database out and back."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, Engine

from rukang.base.database.sealing import person_keys
from rukang.base.errors import ConflictError

PLACES = "/usr/lib/postgresql"
"""Where Debian keeps every version side by side."""

SCHEMAS_GONE = """
SET lock_timeout = '10s';
DROP SCHEMA IF EXISTS dbos CASCADE;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""
NOT_FINISHED = "CREATE TABLE public.{table} (id integer PRIMARY KEY);\n"


def dump(engine: Engine, snapshot: str, file: Path) -> None:
    """Write the whole database, as a snapshot shows it, into a file only we may read.

    Raises
    ------
    ConflictError
        If ``pg_dump`` is not installed, or older than the server, or fails.
    """
    file.touch(0o600)
    command = [
        _program("pg_dump"), "--format=custom", f"--snapshot={snapshot}", f"--file={file}",
        f"--exclude-schema={person_keys.SCHEMA}",
        f"--dbname={_address(engine.url)}",
    ]  # fmt: skip
    _run(command, engine.url)


def load(engine: Engine, file: Path, folder: Path, mark: str) -> None:
    """Replace everything in the database by what a dump holds, in one transaction.

    Parameters
    ----------
    folder
        Where to put a scratch file.
    mark
        Name of a table that stands there afterwards, because the restore is not finished.

    Raises
    ------
    ConflictError
        If the programs are not installed or fail; nothing is changed then.
    """
    entries = folder / "entries.txt"
    listed = _run([_program("pg_restore"), "--list", str(file)], engine.url)
    # The schema itself is made above; the dump of a restored database would make it again.
    lines = [line for line in listed.splitlines() if " SCHEMA - public " not in line]
    entries.write_text("\n".join(lines), encoding="utf-8")
    read = [
        _program("pg_restore"), "--no-owner", "--no-privileges", "--no-comments",
        f"--use-list={entries}", "--file=-", str(file),
    ]  # fmt: skip
    write = [
        _program("psql"), "--quiet", "--no-psqlrc", "--single-transaction",
        "--set=ON_ERROR_STOP=1", f"--dbname={_address(engine.url)}",
    ]  # fmt: skip
    pipe, null = subprocess.PIPE, subprocess.DEVNULL
    with (
        subprocess.Popen(write, stdin=pipe, stdout=null, stderr=pipe, env=_env(engine.url)) as psql,  # noqa: S603
        subprocess.Popen(read, stdout=pipe, stderr=null) as source,  # noqa: S603
    ):
        assert psql.stdin is not None and source.stdout is not None and psql.stderr is not None  # noqa: S101, PT018
        try:
            psql.stdin.write(SCHEMAS_GONE.encode())
            shutil.copyfileobj(source.stdout, psql.stdin)
            if source.wait() != 0:
                # At the end of its input it would commit the half.
                psql.kill()
            psql.stdin.write(NOT_FINISHED.format(table=mark).encode())
            psql.stdin.close()
        except BrokenPipeError:
            source.kill()
        told = psql.stderr.read().decode(errors="replace")
        if psql.wait() != 0:
            raise _failed("psql", told)


def _run(command: Sequence[str], url: URL) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_env(url))  # noqa: S603
    if done.returncode != 0:
        raise _failed(Path(command[0]).name, done.stderr)
    return done.stdout


def _failed(program: str, told: str) -> ConflictError:
    reason = told.strip().splitlines()[0] if told.strip() else "—"
    return ConflictError(
        f"{program} 没有成功，什么也没有改变：{reason}",
        f"{program} failed and nothing was changed: {reason}",
    )


def _program(name: str) -> str:
    if found := shutil.which(name):
        return found
    places = sorted(Path(PLACES).glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    if not places:
        raise ConflictError(
            f"没有安装 {name}，PostgreSQL 的备份要用它：请安装与服务器同版本或更新的"
            " postgresql-client。",
            f"{name} is not installed, and PostgreSQL is backed up with it: install a"
            " postgresql-client no older than the server.",
        )
    return str(places[-1])


def _address(url: URL) -> str:
    """Return the address without the password, which every user of the machine could see."""
    words = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database}
    return make_conninfo(**{k: str(v) for k, v in words.items() if v}, **_plain(url))


def _plain(url: URL) -> dict[str, str]:
    return {name: str(value) for name, value in url.query.items() if isinstance(value, str)}


def _env(url: URL) -> dict[str, str]:
    password = {"PGPASSWORD": str(url.password)} if url.password else {}
    return {**os.environ, **password}
