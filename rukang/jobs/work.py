"""The work itself: which service does which kind of job, wrapped as durable workflows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dbos import DBOS

from rukang.access import Database
from rukang.jobs.records import JobKind
from rukang.jobs.reporter import Reporter

Handler = Callable[[Database, int, Reporter], None]
"""Does one piece of work on the subject of that id and stores the result in one transaction.

It may run twice (a worker killed after storing, before the engine noted it), so it must leave
alone a subject that already has its result."""

ATTEMPTS = 5
"""A job in which the worker died this often is given up: it is probably the job that kills it."""


def register(database: Database, handlers: Mapping[JobKind, Handler]) -> None:
    """Make a durable workflow of every handler; to be called before DBOS is launched."""
    for kind, handler in handlers.items():
        decorate = DBOS.workflow(name=kind.value, max_recovery_attempts=ATTEMPTS)
        decorate(_workflow(database, handler))


def _workflow(database: Database, handler: Handler) -> Callable[[int], None]:
    def step(subject_id: int) -> None:
        reporter = Reporter(database, str(DBOS.workflow_id))
        handler(database, subject_id, reporter)
        reporter.flush()

    def workflow(subject_id: int) -> None:
        # One step: inside it a report overwrites the last one, outside each would be a new step.
        DBOS.run_step({"name": "work"}, step, subject_id)

    return workflow
