"""The durable engine: DBOS on the database of the records, as everybody else here sees it.

Everything it stores for us is JSON, never pickles: a pickled exception could neither be read back
(ours take two sentences) nor be safely opened.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer
from sqlalchemy import Engine, inspect, make_url
from sqlalchemy.orm import Session

from rukang.base.access import Database
from rukang.base.errors import ConflictError

APPLICATION = "rukang"
VERSION = "1"
"""Constant on purpose: DBOS only resumes work of its own version, and our services are idempotent,
so work begun by an older release is finished by the newer one. Raise it when an argument of a
workflow changes its meaning."""

SCHEMA = "dbos"
POLLING_SECONDS = 0.5
"""How often an idle worker looks into each queue."""

WAGES, SHORT, LONG = "wages", "short", "long"
QUEUES = (WAGES, SHORT, LONG)
"""A worker takes one job of each at a time: wages never wait for a solve, nor a short solve for a
long one. Each is parted by home, and a home has one running job in each at most; between homes the
engine draws lots, within a home the shorter job goes first."""

SHORT_SECONDS = 120
"""A solve that may take no longer is short."""

SERIALIZER = DBOSPortableJSONSerializer()


def prepare(database: Database) -> None:
    """Make or update the engine's own tables and our queues; harmless when they are there.

    Alembic neither makes nor sees them. Call it wherever the records are migrated, outside any
    session: the engine writes through connections of its own.
    """
    # In a thread, because the engine objects to an event loop, and a web server starts inside one.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(_prepare, database).result()


def _prepare(database: Database) -> None:
    url = make_url(database.url).render_as_string(hide_password=False)
    DBOS.migrate(url, schema=SCHEMA)
    for queue in QUEUES:
        client(database.engine).register_queue(
            queue,
            worker_concurrency=1,
            partition_concurrency=1,
            polling_interval_sec=POLLING_SECONDS,
        )


def client(engine: Engine) -> DBOSClient:
    """Return a client on our own connections, which needs no worker and no closing."""
    return DBOSClient(
        system_database_engine=engine,
        dbos_system_schema=SCHEMA,
        serializer=SERIALIZER,
        application_name=APPLICATION,
        lazy=True,
        # A lost database is an error to show, not a reason to hang a request.
        retry_connection_errors=False,
    )


def require_prepared(session: Session) -> None:
    """Raise unless :func:`prepare` has made the engine's tables.

    Raises
    ------
    ConflictError
        If they are missing.
    """
    connection = session.connection()
    schema = SCHEMA if connection.dialect.name == "postgresql" else None
    if not inspect(connection).has_table("workflow_status", schema=schema):
        raise ConflictError(
            "数据库里还没有任务队列的表，请先运行 `rukang db init`。",
            "The database lacks the tables of the job queue; run `rukang db init` first.",
        )
