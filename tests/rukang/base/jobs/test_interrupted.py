"""Jobs whose database goes away, and jobs that end badly: nothing is lost, and nothing told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from rukang.base.access import Database
from rukang.base.database.context import as_actor
from rukang.base.jobs import JobKind, JobState, Reporter, enqueue, progress, start_worker
from rukang.base.jobs.told import UNSAID
from rukang.bodies.homes import find_home
from rukang.rosters.records import RosterPlan
from tests.patience import wait_for
from tests.postgres import Server, binaries, temporary_server
from tests.rukang.base.jobs.conftest import House, a_house
from tests.rukang.base.jobs.handlers import handlers

needs_server = pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not installed")


@pytest.fixture
def server() -> Iterator[Server]:
    """A database server of the test's own, to be restarted."""
    with temporary_server() as server:
        yield server


@pytest.fixture
def frail(server: Server, tmp_path: Path) -> Iterator[House]:
    """A house whose database goes away."""
    with a_house(tmp_path, server.url) as house:
        yield house


@needs_server
def test_a_restart_of_the_database_during_a_solve_loses_no_job(
    frail: House, server: Server
) -> None:
    """The solve goes on, reports again, and its result is stored once."""
    job = frail.ask()
    with start_worker(frail.settings, handlers(frail.settings.data), beat_seconds=0.2):
        frail.wait_for_report(job)
        server.restart()
        assert frail.state(job) is JobState.RUNNING
        reported = progress(frail.database, job).message
        wait_for(lambda: progress(frail.database, job).message != reported)
        frail.finish()
        frail.wait(job, JobState.DONE)
    assert frail.plan().cost == 1


@needs_server
def test_work_that_meets_a_stopped_database_is_begun_again(frail: House, server: Server) -> None:
    """However it fails: the handler of this test stores while the server is down."""
    tried = frail.settings.data / "tried"

    def store(database: Database, plan_id: int, _: Reporter) -> None:
        if not tried.exists():
            server.stop()
            tried.touch()
        with database.session() as session:
            plan = session.get_one(RosterPlan, plan_id)
            plan.cost = (plan.cost or 0) + 1

    job = frail.ask()
    with start_worker(frail.settings, {JobKind.SOLVE_ROSTER: store}, beat_seconds=0.2):
        wait_for(tried.exists)
        server.start()
        frail.wait(job, JobState.DONE)
    assert frail.plan().cost == 1


@needs_server
def test_a_restart_does_not_make_a_living_worker_dead(frail: House, server: Server) -> None:
    """All locks are lost at once; each worker takes its own again before it looks for the dead."""
    job = frail.ask()
    with start_worker(frail.settings, handlers(frail.settings.data), beat_seconds=0.2):
        frail.wait_for_report(job)
        for _ in range(3):
            server.restart()
            wait_for(lambda: frail.state(job) is JobState.RUNNING)
        frail.finish()
        frail.wait(job, JobState.DONE)
    with frail.database.engine.connect() as connection:
        begun = f"SELECT recovery_attempts FROM {frail.workflows()}"  # noqa: S608
        assert connection.scalar(text(begun)) == 1


def test_a_job_held_by_a_living_worker_that_does_nothing_is_begun_again(house: House) -> None:
    """As when its beginning could not be written down; it would look running for ever."""
    house.finish()
    with start_worker(house.settings, handlers(house.settings.data), beat_seconds=0.2) as mine:
        with house.database.session() as session:
            home = find_home(session, "ZP001")
            job = enqueue(as_actor(session, "manager"), JobKind.SOLVE_ROSTER, home, house.plan_id)
            held = f"UPDATE {house.workflows()} SET status = 'PENDING', executor_id = :name"  # noqa: S608
            session.execute(text(held), {"name": mine.name})
        house.wait(job, JobState.DONE)
    assert house.plan().cost == 1


def _asks_a_missing_table(database: Database, _: int, __: Reporter) -> None:
    with database.session() as session:
        session.execute(text("SELECT secret FROM nowhere WHERE name = 'Zhang San'"))


def _meets_a_bad_value(_: Database, __: int, ___: Reporter) -> None:
    raise ValueError("370000199001010002 in /srv/rukang/keys.txt")


@pytest.mark.parametrize("work", [_asks_a_missing_table, _meets_a_bad_value])
def test_an_unexpected_error_tells_nothing_but_that_it_was_one(
    house: House, work: object, capfd: pytest.CaptureFixture[str]
) -> None:
    """No statement, no value and no path, neither to the caller nor in the log."""
    job = house.ask()
    with start_worker(house.settings, {JobKind.SOLVE_ROSTER: work}):  # type: ignore[dict-item]
        house.wait(job, JobState.FAILED)
    message = progress(house.database, job).message
    assert message.startswith("系统内部出错，已记入日志，编号")
    logged = message + "".join(capfd.readouterr())
    assert not [word for word in ("Zhang", "37000019", "keys.txt") if word in logged]


def test_errors_recorded_by_older_versions_are_not_shown_either(house: House) -> None:
    """They were kept with the statement that failed."""
    job = house.ask()
    name, message = "OperationalError", "(psycopg) [SQL: SELECT dbos.workflow_status]"
    recorded = json.dumps({"name": name, "message": message})
    house.set_workflow(f"status = 'ERROR', error = '{recorded}', serialization = 'portable_json'")
    assert progress(house.database, job).message == UNSAID
