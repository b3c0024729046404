"""The work itself: which service does which kind of job, wrapped as durable workflows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dbos import DBOS, StepOptions, error
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from rukang.base.access import SYSTEM, Caller, Database
from rukang.base.database.passing import is_passing
from rukang.base.jobs.records import Job, JobKind
from rukang.base.jobs.reporter import Reporter
from rukang.base.jobs.told import OUT_OF_REACH, JobFailedError
from rukang.base.telling import told

Handler = Callable[[Database, int, Reporter], None]
"""Does one piece of work on the subject of that id and stores the result in one transaction.

It may run twice (a worker killed after storing, before the engine noted it; a database restarted
in between), so it must leave alone a subject that already has its result."""

BY_WORKER = " (worker)"
"""Stands behind the name of who asked for what a worker did."""

LONGEST_NAME = 200 - len(BY_WORKER)
"""Characters of a name that the trail and the steps of a run hold."""

ATTEMPTS = 5
"""A job in which the worker died this often is given up: it is probably the job that kills it."""

RETRY_SECONDS = 1.0
"""Pause before work that the database interrupted is begun again."""

RETRIES = 10_000
"""How often, before the job is given up: hours, which no restart takes."""


ONE_STEP: StepOptions = {
    "name": "work",
    "retries_allowed": True,
    "should_retry": is_passing,
    "interval_seconds": RETRY_SECONDS,
    "backoff_rate": 1.0,
    "max_attempts": RETRIES,
}


class InterruptedWorkError(BaseException):
    """The engine could not note how the work ended; the job is begun again at a later beat.

    No ``Exception``: the engine would take one for the outcome of the job.
    """


def register(database: Database, handlers: Mapping[JobKind, Handler]) -> None:
    """Make a durable workflow of every handler; to be called before DBOS is launched."""
    for kind, handler in handlers.items():
        decorate = DBOS.workflow(name=kind.value, max_recovery_attempts=ATTEMPTS)
        decorate(_workflow(database, handler))


def _workflow(database: Database, handler: Handler) -> Callable[[int], None]:
    def step(subject_id: int) -> None:
        reporter = Reporter(database, str(DBOS.workflow_id))
        try:
            handler(_for_who_asked(database, str(DBOS.workflow_id)), subject_id, reporter)
        except Exception as problem:
            if is_passing(problem):
                raise
            raise JobFailedError(str(told(problem))) from None
        reporter.flush()

    def workflow(subject_id: int) -> None:
        # One step: inside it a report overwrites the last one, outside each would be a new step.
        try:
            DBOS.run_step(ONE_STEP, step, subject_id)
        except error.DBOSMaxStepRetriesExceeded:
            raise JobFailedError(OUT_OF_REACH) from None
        except DBAPIError as problem:
            if is_passing(problem):
                raise InterruptedWorkError from None
            raise JobFailedError(str(told(problem))) from None

    return workflow


def _for_who_asked(database: Database, workflow: str) -> Database:
    """Return the database for the account that asked for a job, marked as a worker's doing.

    It sees what the machine holds; what it changes stands in the audit trail under that name.
    """
    with database.session() as session:
        asked_by = session.scalar(select(Job.asked_by).where(Job.workflow == workflow))
    if asked_by is None:
        return database
    return database.acting_as(Caller(by_worker(asked_by), SYSTEM.grants))


def by_worker(asked_by: str) -> str:
    """Return under which name a worker does what an account asked for."""
    return f"{asked_by[:LONGEST_NAME]}{BY_WORKER}"
