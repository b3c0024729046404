"""Asking for work, with no worker anywhere."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, inspect, select, text

from rukang import migrations
from rukang.base.access import Database
from rukang.base.database.audit import AuditEntry
from rukang.base.database.context import as_actor
from rukang.base.errors import ConflictError
from rukang.base.jobs import Job, JobKind, JobState, cancel, enqueue, prepare
from rukang.bodies.homes import find_home
from rukang.migrations.registry import METADATA
from tests.factories import a_home
from tests.rukang.base.jobs.conftest import House


def _jobs(house: House) -> int:
    with house.database.session() as session:
        return session.scalar(select(func.count(Job.id))) or 0


def test_a_job_waits_in_the_queue_under_an_id_of_its_own(house: House) -> None:
    """Kind, subject and number make the workflow's id; who asked and when is on record."""
    job = house.ask()
    assert job.workflow == f"solve_roster-{house.plan_id}-1"
    assert (job.asked_by, job.subject_id) == ("manager", house.plan_id)
    assert house.state(job) is JobState.QUEUED


def test_asking_twice_gives_one_job(house: House) -> None:
    """In two transactions, and in one before it is committed."""
    first = house.ask()
    assert house.ask().id == first.id
    with house.database.session() as session:
        home = find_home(session, "ZP001")
        again = [
            enqueue(as_actor(session, "clerk"), JobKind.RUN_PAYROLL, home, 7).id for _ in range(2)
        ]
    assert again[0] == again[1]
    assert _jobs(house) == 2


def test_two_processes_asking_at_once_get_one_job(house: House) -> None:
    """The second waits for the first to commit, and then finds its job."""
    asked: list[int] = []
    other = threading.Thread(target=lambda: asked.append(house.ask().id))
    with house.database.session() as session:
        home = find_home(session, "ZP001")
        mine = enqueue(as_actor(session, "manager"), JobKind.SOLVE_ROSTER, home, house.plan_id)
        other.start()
        # Time for the other to see no job yet and to wait for our lock; right code answers alike
        # where a slow machine lets it come later.
        other.join(timeout=1)
        assert asked == []
    other.join()
    assert asked == [mine.id]
    assert _jobs(house) == 1


def test_after_the_end_asking_gives_a_new_job(house: House) -> None:
    """A cancelled request may be made again."""
    first = house.ask()
    cancel(house.database, first)
    second = house.ask()
    assert second.workflow.endswith("-2")
    assert house.state(second) is JobState.QUEUED
    assert house.state(first) is JobState.CANCELLED


def test_a_transaction_rolled_back_leaves_neither_row_nor_workflow(house: House) -> None:
    """The two are written together or not at all."""
    with house.database.session() as session:
        enqueue(session, JobKind.SOLVE_ROSTER, find_home(session, "ZP001"), house.plan_id)
        session.rollback()
    assert _jobs(house) == 0
    with house.database.engine.connect() as connection:
        count = text(f"SELECT count(*) FROM {house.workflows()}")  # noqa: S608
        assert connection.scalar(count) == 0


def test_asking_is_audited(house: House) -> None:
    """The job's row goes through the audit trail like every other."""
    job = house.ask()
    with house.database.session() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.table == "job")).one()
    assert (entry.action, entry.record_id) == ("insert", job.id)


def test_without_the_engines_tables_the_error_says_what_to_run(empty_database: Database) -> None:
    """The tables are made beside the migrations; forgetting that is said in words."""
    with pytest.raises(ConflictError, match="rukang db init"), empty_database.session() as s:
        enqueue(as_actor(s, "manager"), JobKind.SOLVE_ROSTER, a_home(s), 1)


def test_the_engines_tables_and_ours_live_side_by_side(house: House) -> None:
    """No name is used twice; our migrations neither see theirs as drift nor take them away."""
    engine = house.database.engine
    schema = "dbos" if house.on_server else None
    theirs = set(inspect(engine).get_table_names(schema=schema)) - {"alembic_version"}
    assert theirs - set(METADATA.tables) >= {"workflow_status", "workflow_events", "queues"}
    migrations.check(engine)
    migrations.downgrade(engine)
    assert "workflow_status" in inspect(engine).get_table_names(schema=schema)
    migrations.upgrade(engine)
    prepare(house.database)
