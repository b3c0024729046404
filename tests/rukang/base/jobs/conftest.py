"""A house with one home, one requested roster and one requested pay run, ready for jobs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from rukang.base.access import Database
from rukang.base.database.context import as_actor
from rukang.base.jobs import Job, JobKind, JobState, enqueue, progress
from rukang.base.settings import Settings
from rukang.bodies.homes import Home, find_home
from rukang.doors.upkeep import init
from rukang.pay.store.records import PayRun, RunState
from rukang.rosters.records import RosterPlan, RosterState
from tests.databases import KINDS, migrated_url
from tests.factories import a_home, a_plan
from tests.patience import wait_for

MONTH = date(2026, 10, 1)
ASKED = datetime(2026, 9, 20, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def engine_log() -> None:
    """Let the engine's log go wherever errors go at the time.

    By itself it keeps the stream of the test that starts the first worker, which is closed when
    that test captured its output; every later worker would then fail to start.
    """
    assert logging.lastResort is not None
    logging.getLogger("dbos").addHandler(logging.lastResort)


@dataclass
class House:
    """The open database of a house and what its jobs work on."""

    settings: Settings
    database: Database
    plan_id: int
    run_id: int

    def ask(self, kind: JobKind = JobKind.SOLVE_ROSTER) -> Job:
        """Ask for the roster, or the pay run, in a session of its own."""
        subject = self.plan_id if kind is JobKind.SOLVE_ROSTER else self.run_id
        with self.database.session() as session:
            return enqueue(as_actor(session, "manager"), kind, find_home(session, "ZP001"), subject)

    def ask_anew(
        self, seconds: int = 60, code: str = "ZP001", kind: JobKind = JobKind.SOLVE_ROSTER
    ) -> Job:
        """Ask for a roster of a plan that no job has yet, of any home."""
        with self.database.session() as session:
            home = session.scalar(select(Home).where(Home.code == code)) or a_home(session, code)
            plan = a_plan(session, home, MONTH, time_limit=seconds)
            return enqueue(as_actor(session, "manager"), kind, home, plan.id, seconds)

    def state(self, job: Job) -> JobState:
        """Return where a job stands."""
        return progress(self.database, job).state

    def wait(self, job: Job, state: JobState) -> None:
        """Return when a job has reached a state."""
        wait_for(lambda: self.state(job) is state)

    def wait_for_report(self, job: Job) -> None:
        """Return when a running job has reported."""
        wait_for(lambda: bool(progress(self.database, job).message))

    def finish(self) -> None:
        """Let the roster's work come to its end."""
        (self.settings.data / "finish").touch()

    def workflows(self) -> str:
        """Return the name of the engine's table of workflows."""
        return "dbos.workflow_status" if self.on_server else "workflow_status"

    @property
    def on_server(self) -> bool:
        """Whether the database is PostgreSQL."""
        return self.database.engine.dialect.name == "postgresql"

    def set_workflow(self, change: str) -> None:
        """Change every workflow behind the engine's back."""
        with self.database.engine.begin() as connection:
            connection.execute(text(f"UPDATE {self.workflows()} SET {change}"))  # noqa: S608

    def end_other_sessions(self) -> None:
        """Let the server end every connection of ours but one, as a restart would."""
        query = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        if self.on_server:
            with self.database.engine.connect() as connection:
                connection.execute(text(query)).all()

    def plan(self) -> RosterPlan:
        """Return the roster as it is stored now; its cost counts how often it was stored."""
        with self.database.session() as session:
            return session.get_one(RosterPlan, self.plan_id)


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house on SQLite and on PostgreSQL."""
    with migrated_url(request.param, tmp_path) as url, a_house(tmp_path, url) as house:
        yield house


@contextmanager
def a_house(folder: Path, url: str) -> Iterator[House]:
    """A house on an empty database."""
    settings = Settings(folder, url)
    database = init(settings)
    plan_id, run_id = _requests(database)
    yield House(settings, database, plan_id, run_id)
    database.close()


def _requests(database: Database) -> tuple[int, int]:
    with database.session() as session:
        home: Home = a_home(session)
        common = {"home_id": home.id, "month": MONTH, "requested_at": ASKED}
        plan = RosterPlan(state=RosterState.REQUESTED, time_limit=60, **common)
        run = PayRun(state=RunState.DRAFT, **common)
        session.add_all([plan, run])
        session.flush()
        return plan.id, run.id
