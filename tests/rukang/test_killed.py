"""The real work, killed in the middle: a solve and a wage run are finished after a restart."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

import rostering
from payroll.policy import Policy
from rukang import pay, rosters
from rukang.base import jobs
from rukang.base.access import Database
from rukang.base.database.context import as_actor
from rukang.base.jobs import Handler, Job, JobKind, JobState, Reporter, start_worker
from rukang.base.settings import Settings
from rukang.doors.handlers import handlers
from rukang.doors.upkeep import init
from rukang.pay import PayslipRecord, RunState
from rukang.rosters import RosterPlan, RosterState
from tests.databases import KINDS, fresh_url
from tests.demo import LOCAL_POLICY
from tests.factories import (
    a_home,
    a_resident,
    a_tax_year,
    an_employer,
    an_employment,
    some_marks,
)
from tests.patience import HANG, wait_for

MONTH = date(2026, 10, 1)
PEOPLE = 5

WORKER = """
import signal, sys, time
from pathlib import Path
from rukang.base.jobs import start_worker
from rukang.base.settings import Settings
from rukang.doors.upkeep import init
from rukang.doors.handlers import handlers
here = Settings(Path(sys.argv[1]), sys.argv[2])
with start_worker(here, handlers(here)):
    signal.pause()
"""

WORKER_THAT_DIES_BEFORE_THE_COMMIT = """
import os
from sqlalchemy import event
from sqlalchemy.orm import Session
from rukang.pay import PayslipRecord
written = []
event.listen(PayslipRecord, "after_insert", lambda *_: written.append(1))
@event.listens_for(Session, "before_commit")
def die(session):
    session.flush()
    if written:
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(params=KINDS)
def here(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """An installation with the example's own policy figures, on both databases."""
    (tmp_path / "local-policy.yaml").write_bytes(LOCAL_POLICY.read_bytes())
    with fresh_url(request.param, tmp_path) as url:
        yield Settings(tmp_path, url)


@pytest.fixture
def database(here: Settings) -> Iterator[Database]:
    """Its database, with every table."""
    database = init(here)
    yield database
    database.close()


@contextmanager
def _worker(here: Settings, prelude: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """A worker process of its own, killed at the end in any case."""
    code = "import signal\n" + prelude + WORKER
    with subprocess.Popen([sys.executable, "-c", code, here.data, here.database_url]) as process:
        try:
            yield process
        finally:
            process.kill()


def _finish(
    here: Settings, database: Database, job: Job, work: dict[JobKind, Handler] | None = None
) -> None:
    with start_worker(here, work or handlers(here), beat_seconds=0.2):
        wait_for(lambda: jobs.progress(database, job).state.finished)
    assert jobs.progress(database, job).state is JobState.DONE


def _solve_by_work(database: Database, plan_id: int, reporter: Reporter) -> None:
    """Solve as the house's worker does, and end by counted work instead of seconds."""
    rosters.solve_plan(
        database,
        plan_id,
        Policy.load(),
        iterations=FOR_A_FIRST_ROSTER,
        cancel=reporter.cancelled,
    )


def _problem_that_takes_time() -> rostering.Problem:
    """Contradictory wishes of twenty people: good rosters at once, the proof much later."""
    dice = random.Random(7)  # noqa: S311 - not a secret
    shifts = ("早", "中", "夜")
    days, people = 28, [f"S{number:02d}" for number in range(20)]
    return rostering.Problem(
        start=date(2026, 10, 5),
        days=days,
        shift_types=tuple(
            rostering.ShiftType(id=s, start=60 * (7 + 8 * n), minutes=480, paid_minutes=480)
            for n, s in enumerate(shifts)
        ),
        staff=tuple(
            rostering.Staff(
                id=p,
                max_consecutive_days=5,
                min_consecutive_days_off=2,
                max_minutes=480 * 20,
                min_minutes=480 * 17,
                max_weekends=2,
                min_rest_minutes=660,
            )
            for p in people
        ),
        cover=tuple(
            rostering.Cover(day=d, shift=s, wanted=dice.randint(3, 6))
            for d in range(days)
            for s in shifts
        ),
        requests=tuple(
            rostering.Request(
                staff=p, day=d, shift=dice.choice(shifts), wanted=dice.random() < 0.5, weight=3
            )
            for p in people
            for d in dice.sample(range(days), 12)
        ),
    )


UNENDING = 3600
"""Seconds of a search that cannot end before it is killed, however slow the machine."""

FOR_A_FIRST_ROSTER = 2000
"""Iterations that find some roster; the proof takes far more."""


def test_a_solve_killed_in_the_middle_is_solved_after_the_restart(
    here: Settings, database: Database
) -> None:
    """The killed worker stores nothing; the next one stores a roster that passes the check."""
    with database.session() as session:
        home = a_home(session)
        plan = rosters.request_roster(session, home, MONTH, time_limit=UNENDING)
        plan.problem = _problem_that_takes_time().model_dump(mode="json")
        job = jobs.enqueue(as_actor(session, "manager"), JobKind.SOLVE_ROSTER, home, plan.id)
    with _worker(here) as process:
        wait_for(lambda: jobs.progress(database, job).seconds is not None)
        process.send_signal(signal.SIGKILL)
    with database.session() as session:
        kept = session.get_one(RosterPlan, plan.id)
        assert (kept.state, kept.shifts) == (RosterState.REQUESTED, None)
    work = {**handlers(here), JobKind.SOLVE_ROSTER: _solve_by_work}
    _finish(here, database, job, work)
    with database.session() as session:
        solved = session.get_one(RosterPlan, plan.id)
        assert solved.state is RosterState.DRAFT
        assert rosters.recount(solved) == []


def test_a_wage_run_killed_before_its_commit_is_calculated_once_after_the_restart(
    here: Settings, database: Database
) -> None:
    """The worker dies with every payslip written and none committed."""
    with database.session() as session:
        home, employer = a_home(session), an_employer(session)
        workdays = [date(2026, 10, d) for d in (*range(8, 11), *range(12, 17), *range(19, 24))]
        workdays += [date(2026, 10, d) for d in range(26, 31)]
        for number in range(PEOPLE):
            resident = a_resident(session, home, code=f"R{number:02d}")
            a_tax_year(session, an_employment(session, resident, employer))
            some_marks(session, resident, workdays)
        run = pay.request_run(session, home, MONTH)
        job = jobs.enqueue(as_actor(session, "clerk"), JobKind.RUN_PAYROLL, home, run.id)
    with _worker(here, WORKER_THAT_DIES_BEFORE_THE_COMMIT) as process:
        assert process.wait(timeout=HANG) == -signal.SIGKILL
    assert _kept(database, run.id) == (RunState.DRAFT, 0)
    _finish(here, database, job)
    assert _kept(database, run.id) == (RunState.CALCULATED, PEOPLE)


def _kept(database: Database, run_id: int) -> tuple[RunState, int]:
    with database.session() as session:
        state = pay.find_run(session, run_id).state
        return state, session.scalar(select(func.count(PayslipRecord.id))) or 0
