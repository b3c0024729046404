"""A worker killed in the middle of a job."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from rukang.base.jobs import JobState, start_worker
from rukang.rosters.records import RosterState
from tests.patience import wait_for
from tests.rukang.base.jobs.conftest import House
from tests.rukang.base.jobs.handlers import handlers


@contextmanager
def worker_process(house: House) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker, killed in the end if the test has not done so."""
    url = house.settings.database_url
    module = "tests.rukang.base.jobs.worker_process"
    with subprocess.Popen([sys.executable, "-m", module, house.settings.data, url]) as process:
        try:
            yield process
        finally:
            process.kill()


def _assert_consistent(house: House) -> None:
    if not house.on_server:
        with house.database.engine.connect() as connection:
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
    assert house.plan().state is RosterState.REQUESTED
    assert house.plan().cost is None


def test_a_job_survives_the_kill_of_its_worker(house: House) -> None:
    """Nothing half-done is stored, and the next worker finishes the job once."""
    job = house.ask()
    with worker_process(house) as process:
        house.wait_for_report(job)
        process.kill()
        process.wait()
    _assert_consistent(house)
    assert house.state(job) is JobState.RUNNING
    house.finish()
    with start_worker(house.settings, handlers(house.settings.data)):
        house.wait(job, JobState.DONE)
    assert house.plan().cost == 1


def test_a_living_worker_takes_up_the_work_of_a_dead_one(house: House) -> None:
    """And leaves alone the work of one that lives."""
    job = house.ask()
    with worker_process(house) as first:
        house.wait_for_report(job)
        with start_worker(house.settings, handlers(house.settings.data), beat_seconds=0.2) as mine:
            assert _executor(house) != mine.name
            first.kill()
            wait_for(lambda: _executor(house) == mine.name)
            house.finish()
            house.wait(job, JobState.DONE)
    assert house.plan().cost == 1


def test_a_worker_told_to_end_ends_and_leaves_its_job_to_the_next(house: House) -> None:
    """With success, without its lock file, and without a half-done result."""
    job = house.ask()
    with worker_process(house) as process:
        house.wait_for_report(job)
        process.terminate()
        assert process.wait() == 0
    _assert_consistent(house)
    assert list(house.settings.data.glob("*.lock")) == []
    house.finish()
    with start_worker(house.settings, handlers(house.settings.data), beat_seconds=0.2):
        house.wait(job, JobState.DONE)
    assert house.plan().cost == 1


def test_two_workers_share_one_queue(house: House) -> None:
    """However many look at a job, one does it."""
    house.finish()
    job = house.ask()
    with worker_process(house), worker_process(house):
        house.wait(job, JobState.DONE)
    assert house.plan().cost == 1


def _executor(house: House) -> str:
    query = text(f"SELECT executor_id FROM {house.workflows()}")  # noqa: S608
    with house.database.engine.connect() as connection:
        return str(connection.scalar(query))
