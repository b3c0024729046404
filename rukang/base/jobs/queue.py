"""Asking for long work, from any process that can reach the database."""

from __future__ import annotations

from dbos import DBOSClient, EnqueueOptions
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from rukang.base.database import context
from rukang.base.database.base import Base
from rukang.base.database.locking import lock_home
from rukang.base.errors import BusyError, InvalidError
from rukang.base.jobs.engine import (
    APPLICATION,
    LONG,
    SHORT,
    SHORT_SECONDS,
    WAGES,
    client,
    require_prepared,
)
from rukang.base.jobs.records import Job, JobKind
from rukang.base.jobs.status import UNFINISHED, state_of
from rukang.base.settings import limits

KINDS_ZH = {
    JobKind.SOLVE_ROSTER: "排班任务",
    JobKind.RUN_PAYROLL: "工资任务",
    JobKind.WRITE_PAY_FILES: "单位文件任务",
}
KINDS_EN = {
    JobKind.SOLVE_ROSTER: "roster job",
    JobKind.RUN_PAYROLL: "wage job",
    JobKind.WRITE_PAY_FILES: "job of files",
}


def enqueue(
    session: Session,
    kind: JobKind,
    home: Base,
    subject_id: int,
    seconds: int = 0,
) -> Job:
    """Ask for a piece of work; asking again while it is unfinished returns the same job.

    The job's row and its place in the queue are written in the session's own transaction: both
    are there after the commit, or neither. Who asks waits for others that ask for the same home,
    so that its limits (:func:`rukang.base.settings.limits`) hold for all of them together.

    Parameters
    ----------
    home
        The home whose work it is; who may see it may follow the job.
    subject_id
        Id of the roster plan or wage run.
    seconds
        The longest the work may take, if that is known.

    Raises
    ------
    BusyError
        If the home has as much unfinished work as it may have.
    InvalidError
        If the work may take longer than this installation lets it.
    ConflictError
        If the engine's tables were never made (:func:`rukang.base.jobs.prepare`).
    """
    require_prepared(session)
    lock_home(session, home.id)
    earlier = _earlier(session, kind, subject_id)
    unfinished = earlier and not state_of(_client(session), earlier[-1]).finished
    job = earlier[-1] if unfinished else _job(kind, home, subject_id, len(earlier) + 1, seconds)
    if not unfinished:
        _refuse_too_much(session, job)
    _put(session, job)
    if unfinished:
        return job
    job.asked_by, job.asked_at = context.actor(session), context.now(session)
    try:
        # After a write on purpose: sqlite3 only begins a transaction at the first one, and
        # releasing a savepoint outside a transaction would commit.
        with session.begin_nested():
            session.add(job)
    except IntegrityError:
        # Another process asked at the same moment and committed first: its job is ours.
        return _earlier(session, kind, subject_id)[-1]
    return job


def latest(session: Session, kind: JobKind, subject_id: int) -> Job | None:
    """Return the last job that was asked for on a subject, finished or not."""
    earlier = _earlier(session, kind, subject_id)
    return earlier[-1] if earlier else None


def _earlier(session: Session, kind: JobKind, subject_id: int) -> list[Job]:
    query = select(Job).where(Job.kind == kind, Job.subject_id == subject_id).order_by(Job.id)
    return list(session.scalars(query))


def _job(kind: JobKind, home: Base, subject_id: int, number: int, seconds: int) -> Job:
    return Job(
        home_id=home.id,
        kind=kind,
        subject_id=subject_id,
        seconds=seconds,
        workflow=f"{kind}-{subject_id}-{number}",
    )


def _refuse_too_much(session: Session, job: Job) -> None:
    """Raise if a job would be more than its home may ask for."""
    allowed = limits()
    if job.seconds > allowed.solve_seconds:
        raise InvalidError(
            f"求解时限 {job.seconds} 秒超过上限 {allowed.solve_seconds} 秒，请改小。",
            f"A solve of {job.seconds} s is longer than the {allowed.solve_seconds} s allowed;"
            " ask for less.",
        )
    waiting = _unfinished(session, job.home_id)
    seconds = sum(each.seconds for each in waiting)
    too_long = job.seconds > 0 and seconds + job.seconds > allowed.home_seconds
    if len(waiting) < allowed.home_jobs and not too_long:
        return
    numbers = "、".join(f"{KINDS_ZH[each.kind]} {each.id}" for each in waiting)
    in_english = ", ".join(f"{KINDS_EN[each.kind]} {each.id}" for each in waiting)
    raise BusyError(
        f"本机构已有 {len(waiting)} 项任务未完成（{numbers}），求解时限共 {seconds} 秒；上限是 "
        f"{allowed.home_jobs} 项、{allowed.home_seconds} 秒。请等其中一项完成，或取消不需要的。",
        f"The home has {len(waiting)} unfinished jobs ({in_english}) with {seconds} s of solving;"
        f" {allowed.home_jobs} jobs and {allowed.home_seconds} s are allowed."
        " Wait for one to end, or cancel what is not needed.",
    )


def _unfinished(session: Session, home_id: int) -> list[Job]:
    """Return a home's jobs that are queued or running, oldest first."""
    found = _client(session).list_workflows(status=UNFINISHED, load_input=False, load_output=False)
    names = [workflow.workflow_id for workflow in found]
    query = select(Job).where(Job.home_id == home_id, Job.workflow.in_(names)).order_by(Job.id)
    return list(session.scalars(query))


def _put(session: Session, job: Job) -> None:
    """Queue the job's workflow; the engine ignores an id it already knows."""
    options: EnqueueOptions = {
        "workflow_name": job.kind.value,
        "queue_name": _queue_of(job),
        "queue_partition_key": str(job.home_id),
        "priority": max(job.seconds, 1),
        "workflow_id": job.workflow,
        "application_name": APPLICATION,
    }
    _client(session).enqueue_in_transaction(session, options, job.subject_id)


def _queue_of(job: Job) -> str:
    if job.kind is not JobKind.SOLVE_ROSTER:
        return WAGES
    return SHORT if job.seconds <= SHORT_SECONDS else LONG


def _client(session: Session) -> DBOSClient:
    bind = session.get_bind()
    return client(bind if isinstance(bind, Engine) else bind.engine)
