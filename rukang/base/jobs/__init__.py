"""Long work as durable jobs, which survive a killed process: ask, follow, cancel, and do it."""

from rukang.base.jobs.engine import prepare
from rukang.base.jobs.queue import enqueue, latest
from rukang.base.jobs.records import Job, JobKind
from rukang.base.jobs.reporter import Reporter
from rukang.base.jobs.status import JobState, JobStatus, cancel, progress
from rukang.base.jobs.work import Handler, by_worker
from rukang.base.jobs.worker import GRACE_SECONDS, Worker, end_process, start_worker

__all__ = [
    "GRACE_SECONDS",
    "Handler",
    "Job",
    "JobKind",
    "JobState",
    "JobStatus",
    "Reporter",
    "Worker",
    "by_worker",
    "cancel",
    "end_process",
    "enqueue",
    "latest",
    "prepare",
    "progress",
    "start_worker",
]
