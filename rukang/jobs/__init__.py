"""Long work as durable jobs, which survive a killed process: ask, follow, cancel, and do it."""

from rukang.jobs.engine import prepare
from rukang.jobs.queue import enqueue, latest
from rukang.jobs.records import Job, JobKind
from rukang.jobs.reporter import Reporter
from rukang.jobs.status import JobState, JobStatus, cancel, progress
from rukang.jobs.work import Handler, by_worker
from rukang.jobs.worker import GRACE_SECONDS, Worker, end_process, start_worker

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
