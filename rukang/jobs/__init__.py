"""Long work as durable jobs, which survive a killed process: ask, follow, cancel, and do it."""

from rukang.jobs.engine import prepare
from rukang.jobs.queue import enqueue
from rukang.jobs.records import Job, JobKind
from rukang.jobs.reporter import Reporter
from rukang.jobs.status import JobState, JobStatus, cancel, progress
from rukang.jobs.work import Handler
from rukang.jobs.worker import Worker, start_worker

__all__ = [
    "Handler",
    "Job",
    "JobKind",
    "JobState",
    "JobStatus",
    "Reporter",
    "Worker",
    "cancel",
    "enqueue",
    "prepare",
    "progress",
    "start_worker",
]
