"""Where a job stands, and stopping it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from dbos import DBOSClient, WorkflowStatusString

from rukang.base.access import Database
from rukang.base.jobs.engine import client
from rukang.base.jobs.records import Job
from rukang.base.jobs.told import kept

PROGRESS = "progress"
"""Key of the event under which a running job reports."""


class JobState(enum.StrEnum):
    """Life of a job; a resumed job is running again."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen."""
        return self not in {JobState.QUEUED, JobState.RUNNING}


STATES = {
    WorkflowStatusString.ENQUEUED.value: JobState.QUEUED,
    WorkflowStatusString.DELAYED.value: JobState.QUEUED,
    WorkflowStatusString.PENDING.value: JobState.RUNNING,
    WorkflowStatusString.SUCCESS.value: JobState.DONE,
    WorkflowStatusString.ERROR.value: JobState.FAILED,
    WorkflowStatusString.MAX_RECOVERY_ATTEMPTS_EXCEEDED.value: JobState.FAILED,
    WorkflowStatusString.CANCELLED.value: JobState.CANCELLED,
}

UNFINISHED = [status for status, state in STATES.items() if not state.finished]
"""The engine's statuses of jobs that are queued or running."""

WORKER_DIED = (
    "工作进程多次在这项任务中途退出，已停止重试；请检查内存、磁盘与日志。"
    " The worker died in this job again and again, so it is no longer retried;"
    " look at memory, disk and logs."
)


@dataclass(frozen=True)
class JobStatus:
    """What is known of a job at this moment.

    Parameters
    ----------
    seconds
        Time spent in the work, as last reported.
    cost, bound
        Cost of the best roster so far and the proven lower bound, if the work has such.
    message
        The last report in words; for a failed job the reason.
    """

    state: JobState
    seconds: float | None = None
    cost: float | None = None
    bound: float | None = None
    message: str = ""


def progress(database: Database, job: Job) -> JobStatus:
    """Return where a job stands and what it last reported."""
    engine = client(database.engine)
    found = engine.list_workflows(workflow_ids=[job.workflow], load_input=False)
    if not found:
        return JobStatus(JobState.QUEUED)
    state = STATES[found[0].status]
    report = engine.get_event(job.workflow, PROGRESS, timeout_seconds=0) or {}
    if state is JobState.FAILED:
        report["message"] = kept(found[0].error) if found[0].error else WORKER_DIED
    return JobStatus(state, **report)


def cancel(database: Database, job: Job) -> JobStatus:
    """Stop a job: a queued one never starts, a finished one stays as it is.

    A running one learns of it at its next poll (``POLL_SECONDS`` of
    :mod:`rukang.base.jobs.reporter`), keeps the best result it has, and ends. Its state is
    ``cancelled`` at once.
    """
    client(database.engine).cancel_workflow(job.workflow)
    return progress(database, job)


def state_of(engine: DBOSClient, job: Job) -> JobState:
    """Return a job's state; a job not yet committed counts as queued."""
    found = engine.list_workflows(workflow_ids=[job.workflow], load_input=False, load_output=False)
    return STATES[found[0].status] if found else JobState.QUEUED
