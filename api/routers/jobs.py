"""Long work that was asked for: how far it is, and stopping it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from fastapi import APIRouter, Response
from sqlalchemy import select

from api.access import Visit, Visitor
from api.fields import RecordId, View
from rukang.base.access import Permission
from rukang.base.database import audit
from rukang.base.errors import NotAllowedError, NotFoundError
from rukang.base.jobs import Job, JobKind, JobState, JobStatus, cancel, progress

router = APIRouter(prefix="/jobs", tags=["jobs"])

READ = {
    JobKind.SOLVE_ROSTER: Permission.ROSTER_READ,
    JobKind.RUN_PAYROLL: Permission.PAY_READ,
    JobKind.WRITE_PAY_FILES: Permission.NUMBERS_READ,
}
WRITE = {
    JobKind.SOLVE_ROSTER: Permission.ROSTER_WRITE,
    JobKind.RUN_PAYROLL: Permission.PAY_WRITE,
    JobKind.WRITE_PAY_FILES: Permission.NUMBERS_READ,
}


class JobView(View):
    """A job; ``subject_id`` is the id of the roster, payroll run or order it makes."""

    id: int
    kind: JobKind
    subject_id: int
    asked_by: str
    asked_at: datetime


class JobProgress(JobView):
    """A job and where it stands: seconds spent, best cost so far and proven lower bound."""

    state: JobState
    seconds: float | None
    cost: float | None
    bound: float | None
    message: str


def accepted(job: Job, response: Response) -> JobView:
    """Say where the job can be followed, and return what it is."""
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return JobView.model_validate(job)


@router.get("/{job_id}", summary="任务进度 Progress of a job")
def show_job(job_id: RecordId, visit: Visitor) -> JobProgress:
    """Return where a job stands."""
    job = find_job(visit, job_id, READ)
    return _view(job, progress(visit.database, job))


@router.post("/{job_id}/cancel", summary="取消任务 Cancel a job")
def cancel_job(job_id: RecordId, visit: Visitor) -> JobProgress:
    """Stop a job; a running roster keeps the best result it has."""
    return _view(*stop_job(visit, job_id))


def stop_job(visit: Visit, job_id: int) -> tuple[Job, JobStatus]:
    """Stop a job, write down who did, and return where it stands."""
    job = find_job(visit, job_id, WRITE)
    # Before the session below: the engine writes through a connection of its own, and SQLite lets
    # only one write at a time.
    status = cancel(visit.database, job)
    with visit.session(WRITE[job.kind]) as session:
        audit.note(session, "cancel", job, {})
    return job, status


def find_job(visit: Visit, job_id: int, needs: Mapping[JobKind, Permission]) -> Job:
    """Return a job if the caller holds, in its home, the permission its kind of work needs.

    Raises
    ------
    NotAllowedError
        If the caller may follow no kind of work anywhere.
    NotFoundError
        If there is none for the caller to see.
    """
    for kind, permission in needs.items():
        if visit.caller.may(permission):
            job = _job_of(visit, job_id, kind, permission)
            if job is not None:
                return job
    if not any(visit.caller.may(permission) for permission in needs.values()):
        raise NotAllowedError(
            "您的角色不能查看或取消后台任务。", "Your roles do not carry following this work."
        )
    raise NotFoundError(f"没有任务 {job_id}。", f"There is no job {job_id}.")


def _job_of(visit: Visit, job_id: int, kind: JobKind, permission: Permission) -> Job | None:
    wanted = select(Job).where(Job.id == job_id, Job.kind == kind)
    if kind is not JobKind.WRITE_PAY_FILES:
        with visit.session(permission) as session:
            return session.scalar(wanted)
    # An order of files is its account's own, of whichever homes: it waits in the queue of one of
    # them, whose other people it does not concern.
    with visit.database.session() as session:
        return session.scalar(wanted.where(Job.asked_by == visit.caller.name))


def _view(job: Job, status: JobStatus) -> JobProgress:
    shown = JobView.model_validate(job).model_dump()
    return JobProgress(**shown, **vars(status))
