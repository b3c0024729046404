"""How far a piece of long work is."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.access import Visit, Visitor
from api.fields import RecordId
from api.pages.templates import render
from api.routers.jobs import READ, WRITE, find_job, stop_job
from rukang.base.jobs import Job, JobKind, JobState, progress
from rukang.bodies.homes import Home

router = APIRouter()

RESULT = {
    JobKind.SOLVE_ROSTER: "/rosters",
    JobKind.RUN_PAYROLL: "/payroll-runs",
    JobKind.WRITE_PAY_FILES: "/pay-files",
}


@router.get("/jobs/{job_id}")
def one_job(
    request: Request, job_id: RecordId, visit: Visitor, was: JobState | None = None
) -> Response:
    """Show a job as a page, or for htmx only the part that changes.

    ``was`` is the state shown last: the status line, which screen readers speak, is sent again
    only when it changes.
    """
    job = find_job(visit, job_id, READ)
    part = "hx-request" in request.headers
    return render(
        request,
        "job_progress.html" if part else "job.html",
        visit=visit,
        job=job,
        home=_home(visit, job),
        may_stop=visit.caller.may(WRITE[job.kind]),
        status=progress(visit.database, job),
        result=f"{RESULT[job.kind]}/{job.subject_id}",
        was=was if part else None,
    )


@router.post("/jobs/{job_id}/cancel")
def stop(job_id: RecordId, visit: Visitor) -> Response:
    """Stop a job and show what it had."""
    stop_job(visit, job_id)
    return RedirectResponse(f"/jobs/{job_id}", 303)


def _home(visit: Visit, job: Job) -> Home:
    with visit.session(READ[job.kind]) as session:
        return session.get_one(Home, job.home_id)
