"""Work done by a worker in this process: reported, cancelled, failed, finished."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator

import numpy as np
import pytest
from sqlalchemy import select

from rukang.base.access import Database
from rukang.base.database.audit import AuditEntry
from rukang.base.errors import ConflictError
from rukang.base.jobs import JobKind, JobState, cancel, progress, start_worker
from rukang.base.jobs.reporter import plain
from rukang.base.jobs.work import ATTEMPTS
from rukang.rosters.records import RosterState
from tests.patience import wait_for
from tests.rukang.base.jobs.conftest import House
from tests.rukang.base.jobs.handlers import handlers


@pytest.fixture
def working(house: House) -> Iterator[House]:
    """A house with a worker; what is in hand comes to its end when the test does."""
    with start_worker(house.settings, handlers(house.settings.data)):
        yield house
        house.finish()


def test_a_job_is_done_and_its_result_stored_once(working: House) -> None:
    """Queued, running, done; and a done job stays done when somebody cancels it."""
    job = working.ask()
    working.finish()
    working.wait(job, JobState.DONE)
    assert working.plan().state is RosterState.DRAFT
    assert working.plan().cost == 1
    assert progress(working.database, job).message == "最后一轮"
    assert cancel(working.database, job).state is JobState.DONE


def test_the_trail_names_who_asked_and_that_a_worker_did_it(working: House) -> None:
    """What the job stored is no doing of the system."""
    job = working.ask()
    working.finish()
    working.wait(job, JobState.DONE)
    with working.database.session() as session:
        changes = select(AuditEntry.actor).where(
            AuditEntry.table == "roster_plan", AuditEntry.action == "update"
        )
        assert set(session.scalars(changes)) == {"manager (worker)"}


def test_progress_is_seen_while_the_job_runs(working: House) -> None:
    """Seconds, cost, bound and a sentence, each report replacing the last."""
    job = working.ask()
    working.wait_for_report(job)
    seen = progress(working.database, job)
    assert seen.state is JobState.RUNNING
    assert seen.bound == 607
    assert seen.cost is not None
    assert seen.cost < 700
    assert seen.seconds
    assert seen.message.startswith("第")


def test_a_running_job_that_is_cancelled_keeps_its_best_so_far(working: House) -> None:
    """It stops at its next poll, stores what it has, and stays cancelled."""
    job = working.ask()
    working.wait_for_report(job)
    assert cancel(working.database, job).state is JobState.CANCELLED
    after = working.ask()
    working.wait(after, JobState.RUNNING)
    assert working.plan().cost == 1
    assert working.state(job) is JobState.CANCELLED


def test_a_queued_job_that_is_cancelled_never_starts(working: House) -> None:
    """While the only worker is busy, the next roster is taken back."""
    busy = working.ask()
    working.wait_for_report(busy)
    waiting = working.ask_anew()
    assert working.state(waiting) is JobState.QUEUED
    cancel(working.database, waiting)
    working.finish()
    working.wait(busy, JobState.DONE)
    assert progress(working.database, waiting).state is JobState.CANCELLED
    assert progress(working.database, waiting).message == ""


def test_a_failed_job_says_why(working: House) -> None:
    """Both languages of the error arrive with whoever follows the job."""
    job = working.ask(JobKind.RUN_PAYROLL)
    working.wait(job, JobState.FAILED)
    message = progress(working.database, job).message
    assert "缺少考勤" in message
    assert "lacks attendance" in message


def test_work_that_was_handed_to_another_worker_ends_without_a_result(working: House) -> None:
    """As when this worker lost the database for a while and was taken for dead."""
    job = working.ask()
    working.wait_for_report(job)
    working.set_workflow("owner_xid = 'another'")
    wait_for(lambda: (working.settings.data / "ended").exists())
    assert working.plan().cost is None
    # The engine's thread waits for the other worker's outcome; let it have one.
    working.set_workflow("status = 'CANCELLED'")


def test_a_job_that_killed_its_workers_too_often_is_given_up(house: House) -> None:
    """It fails with that reason, and the queue goes on without it."""
    job = house.ask()
    house.set_workflow(f"recovery_attempts = {ATTEMPTS + 1}")
    with start_worker(house.settings, handlers(house.settings.data)):
        house.wait(job, JobState.FAILED)
    assert "worker died" in progress(house.database, job).message
    assert house.plan().cost is None


def test_a_worker_starts_inside_an_event_loop(house: House) -> None:
    """A web server's start-up runs in one."""
    house.finish()
    job = house.ask()

    async def serve() -> None:
        with start_worker(house.settings, handlers(house.settings.data)):
            await asyncio.to_thread(house.wait, job, JobState.DONE)

    asyncio.run(serve())


@pytest.mark.parametrize(
    ("number", "plain_one"), [(np.int64(7), 7.0), (-math.inf, None), (math.nan, None), (None, None)]
)
def test_a_solvers_numbers_are_made_plain(number: float, plain_one: float | None) -> None:
    """JSON has neither NumPy's types nor infinity."""
    assert plain(number) == plain_one
    assert type(plain(number)) in {float, type(None)}


def test_a_process_runs_one_worker(working: House) -> None:
    """A second one would silently be the first."""
    with (
        pytest.raises(ConflictError, match="already runs a worker"),
        start_worker(working.settings, {}),
    ):
        pass


def test_the_work_of_a_day_is_done_once_a_day(house: House) -> None:
    """At the start, and not at every beat; what fails in it leaves the worker at work."""
    done: list[str] = []

    def work(database: Database) -> None:
        done.append(database.caller.name)
        raise LookupError

    jobs = handlers(house.settings.data)
    with start_worker(house.settings, jobs, beat_seconds=0.05, every_day=work):
        wait_for(lambda: len(done) > 0)
        job = house.ask()
        house.finish()
        house.wait(job, JobState.DONE)
    assert done == ["system"]
