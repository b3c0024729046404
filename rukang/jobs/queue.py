"""Asking for long work, from any process that can reach the database."""

from __future__ import annotations

from dbos import DBOSClient, EnqueueOptions
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from rukang.homes import Home
from rukang.jobs.engine import APPLICATION, QUEUE, client, require_prepared
from rukang.jobs.records import Job, JobKind
from rukang.jobs.status import state_of


def enqueue(session: Session, kind: JobKind, home: Home, subject_id: int, asked_by: str) -> Job:
    """Ask for a piece of work; asking again while it is unfinished returns the same job.

    The job's row and its place in the queue are written in the session's own transaction: both
    are there after the commit, or neither.

    Parameters
    ----------
    home
        The home whose work it is; who may see it may follow the job.
    subject_id
        Id of the roster plan or wage run.
    asked_by
        Name of the caller, for the record.

    Raises
    ------
    ConflictError
        If the engine's tables were never made (:func:`rukang.jobs.prepare`).
    """
    require_prepared(session)
    earlier = _earlier(session, kind, subject_id)
    unfinished = earlier and not state_of(_client(session), earlier[-1]).finished
    job = earlier[-1] if unfinished else _job(kind, home, subject_id, len(earlier) + 1)
    _put(session, job)
    if unfinished:
        return job
    job.asked_by, job.asked_at = asked_by, session.info["clock"]()
    try:
        # After _put on purpose: sqlite3 only begins a transaction at the first write, and releasing
        # a savepoint outside a transaction would commit.
        with session.begin_nested():
            session.add(job)
    except IntegrityError:
        # Another process asked at the same moment and committed first: its job is ours.
        return _earlier(session, kind, subject_id)[-1]
    return job


def _earlier(session: Session, kind: JobKind, subject_id: int) -> list[Job]:
    query = select(Job).where(Job.kind == kind, Job.subject_id == subject_id).order_by(Job.id)
    return list(session.scalars(query))


def _job(kind: JobKind, home: Home, subject_id: int, number: int) -> Job:
    workflow = f"{kind}-{subject_id}-{number}"
    return Job(home_id=home.id, kind=kind, subject_id=subject_id, workflow=workflow)


def _put(session: Session, job: Job) -> None:
    """Queue the job's workflow; the engine ignores an id it already knows."""
    options: EnqueueOptions = {
        "workflow_name": job.kind.value,
        "queue_name": QUEUE,
        "workflow_id": job.workflow,
        "application_name": APPLICATION,
    }
    _client(session).enqueue_in_transaction(session, options, job.subject_id)


def _client(session: Session) -> DBOSClient:
    bind = session.get_bind()
    return client(bind if isinstance(bind, Engine) else bind.engine)
