"""A worker: the process that does the queued work, and takes up what a dead one left."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import structlog
from dbos import DBOS, DBOSConfig, WorkflowStatusString
from dbos._recovery import recover_pending_workflows  # no public door to it in 3.4
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from rukang.errors import ConflictError
from rukang.jobs.engine import APPLICATION, SCHEMA, SERIALIZER, VERSION, client, prepare
from rukang.jobs.locks import Lock, lock
from rukang.jobs.records import JobKind
from rukang.jobs.work import Handler, register
from rukang.settings import Settings

BEAT_SECONDS = 5.0
"""How often a worker looks for the work of dead ones."""

CLOSING_SECONDS = 3600
"""Longest wait for the work in hand when a worker closes; who cannot wait may kill the process."""

log = structlog.get_logger()
_one_per_process = threading.Lock()


@dataclass(frozen=True)
class Worker:
    """A running worker; ``name`` is its executor id in the engine, new in every process."""

    name: str


@contextmanager
def start_worker(
    settings: Settings,
    handlers: Mapping[JobKind, Handler],
    beat_seconds: float = BEAT_SECONDS,
) -> Iterator[Worker]:
    """Do queued work in this process until the block ends, one job at a time.

    Leaving the block takes no new job and waits for the one in hand. A worker may be killed at any
    moment: the next beat of another, or the start of the next one, takes its work up.

    Parameters
    ----------
    handlers
        What to do for each kind of job.
    beat_seconds
        How often to look for the work of dead workers.

    Raises
    ------
    ConflictError
        If this process already runs a worker; DBOS knows one per process.
    """
    if not _one_per_process.acquire(blocking=False):
        raise ConflictError(
            "这个进程里已有一个工作进程在运行，请另开一个进程。",
            "This process already runs a worker; start another process.",
        )
    with ExitStack() as stack:
        stack.callback(_one_per_process.release)
        database = settings.open()
        stack.callback(database.close)
        prepare(database)
        name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        alive = lock(database.engine, name)
        # Before the first job is taken: work of a name whose lock is free counts as left behind.
        alive.take()
        stack.callback(alive.release)
        stack.callback(
            DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=CLOSING_SECONDS
        )
        dbos = DBOS(config=_config(database.url, name))
        register(database, handlers)
        DBOS.launch()
        stack.enter_context(_beating(dbos, database.engine, alive, name, beat_seconds))
        yield Worker(name)


def _config(url: str, name: str) -> DBOSConfig:
    return {
        "name": APPLICATION,
        "system_database_url": url,
        "dbos_system_schema": SCHEMA,
        "serializer": SERIALIZER,
        "application_version": VERSION,
        "executor_id": name,
        "log_level": "WARNING",
        "enable_otlp": False,
    }


@contextmanager
def _beating(
    dbos: DBOS, engine: Engine, alive: Lock, name: str, beat_seconds: float
) -> Iterator[None]:
    """Look for the work of dead workers at once and at every beat, in a thread."""
    stop = threading.Event()

    def beat() -> None:
        while True:
            try:
                alive.take()
                take_over(dbos, engine, name)
            except OperationalError as error:
                log.warning("worker cannot reach its database, trying again", error=str(error))
            if stop.wait(beat_seconds):
                return

    thread = threading.Thread(target=beat, name="rukang-beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def take_over(dbos: DBOS, engine: Engine, name: str) -> None:
    """Put back into the queue what workers other than ``name`` had in hand when they died."""
    running = client(engine).list_workflows(
        status=WorkflowStatusString.PENDING.value, load_input=False, load_output=False
    )
    for other in sorted({run.executor_id for run in running if run.executor_id} - {name}):
        left_behind = lock(engine, other)
        if left_behind.take():
            log.info("taking over the work of a dead worker", worker=other)
            recover_pending_workflows(dbos, [other])
            left_behind.release()
