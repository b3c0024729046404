"""A worker: the process that does the queued work, and takes up what a dead one left."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date

import structlog
from dbos import DBOS, DBOSConfig, WorkflowStatus, WorkflowStatusString
from dbos._recovery import recover_pending_workflows  # no public door to it in 3.4
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from rukang.base.access import Database
from rukang.base.clock import in_shanghai
from rukang.base.errors import ConflictError
from rukang.base.jobs.engine import APPLICATION, SCHEMA, SERIALIZER, SHORT, VERSION, client, prepare
from rukang.base.jobs.locks import Lock, lock, sweep
from rukang.base.jobs.records import JobKind
from rukang.base.jobs.work import Handler, register
from rukang.base.logs import outline
from rukang.base.settings import Settings

BEAT_SECONDS = 5.0
"""How often a worker looks for the work of dead ones."""

CLOSING_SECONDS = 3600
"""Longest wait for the work in hand when a worker closes; what is not done by then is begun again
by the next worker, as after a kill."""

GRACE_SECONDS = 60
"""The same for a program that was told to end: service managers kill after a minute and a half."""

log = structlog.get_logger()

EveryDay = Callable[[Database], None]
"""What a worker does once a day, beside its jobs."""
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
    closing_seconds: int = CLOSING_SECONDS,
    every_day: EveryDay | None = None,
) -> Iterator[Worker]:
    """Do queued work in this process until the block ends, one job of each queue at a time.

    Leaving the block takes no new job and waits for those in hand. A worker may be killed at any
    moment: the next beat of another, or the start of the next one, takes its work up.

    Parameters
    ----------
    handlers
        What to do for each kind of job.
    beat_seconds
        How often to look for the work of dead workers.
    closing_seconds
        Longest wait for the work in hand when the block ends.
    every_day
        What to do at the start and again on every new day of Shanghai; every worker does it, so it
        has to bear being repeated.

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
        sweep(database.engine)
        # Before the first job is taken: work of a name whose lock is free counts as left behind.
        alive.take()
        stack.callback(alive.release)
        stack.callback(
            DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=closing_seconds
        )
        dbos = DBOS(config=_config(database.url, name))
        register(database, handlers)
        DBOS.launch()
        stack.enter_context(_beating(dbos, database.engine, alive, name, beat_seconds))
        if every_day is not None:
            stack.enter_context(_daily(database, every_day, beat_seconds))
        yield Worker(name)


def end_process() -> None:
    """End this process at once, successfully, although a job may still be in hand.

    Its thread would keep the process for as long as the job takes. Nothing of it is stored yet, and
    the next worker begins it again.
    """
    logging.shutdown()
    sys.stdout.flush()
    os._exit(0)


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
        sure, idle = True, set[str]()
        while True:
            try:
                # Who had to take its lock anew was cut off, as everybody was whose server
                # restarted: the others get a beat to do the same before they count as dead.
                kept = alive.held()
                alive.take()
                if sure and kept:
                    take_over(dbos, engine, name)
                sure = True
                idle = take_up(dbos, engine, name, idle)
            except (SQLAlchemyError, sqlite3.Error) as error:
                sure = False
                log.warning("no database, trying again", failure=outline(error))
            if stop.wait(beat_seconds):
                return

    thread = threading.Thread(target=beat, name="rukang-beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@contextmanager
def _daily(database: Database, work: EveryDay, beat_seconds: float) -> Iterator[None]:
    """Do something on each new day, in a thread of its own: it may take longer than a beat."""
    stop = threading.Event()

    def look() -> None:
        done_on: date | None = None
        while not stop.is_set():
            today = in_shanghai(database.clock()).date()
            if today != done_on:
                try:
                    work(database)
                    done_on = today
                except (SQLAlchemyError, sqlite3.Error) as error:
                    log.warning("no database, trying again", failure=outline(error))
                except Exception as error:  # noqa: BLE001 - the worker goes on; told in the log
                    log.error("the work of the day failed", failure=outline(error))
                    done_on = today
            stop.wait(beat_seconds)

    thread = threading.Thread(target=look, name="rukang-daily", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def take_over(dbos: DBOS, engine: Engine, name: str) -> None:
    """Put back into the queue what workers other than ``name`` had in hand when they died."""
    for other in sorted({run.executor_id for run in _running(engine) if run.executor_id} - {name}):
        left_behind = lock(engine, other)
        if left_behind.take():
            log.info("taking over the work of a dead worker", worker=other)
            recover_pending_workflows(dbos, [other])
            left_behind.release()


def take_up(dbos: DBOS, engine: Engine, name: str, idle: set[str]) -> set[str]:
    """Put back into the queue what this worker holds and does nothing about.

    So it is with a job whose beginning or end could not be written down, and it would look running
    for ever. What was found idle at the last beat and still is, is put back; what is idle now is
    returned.
    """
    in_hand = set(dbos._active_workflows_set.activeList())  # noqa: SLF001 - no public door to it
    found = {run.workflow_id for run in _running(engine, name)} - in_hand
    for workflow in sorted(found & idle):
        log.info("beginning a job again that was interrupted", workflow=workflow)
        dbos._sys_db.reenqueue_for_recovery(workflow, [name], SHORT)  # noqa: SLF001
    return found - idle


def _running(engine: Engine, executor: str | None = None) -> list[WorkflowStatus]:
    return client(engine).list_workflows(
        status=WorkflowStatusString.PENDING.value,
        executor_id=executor,
        load_input=False,
        load_output=False,
    )
