"""Whose work is done first: wages beside solves, short before long, home beside home."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from rukang.base.errors import BusyError, InvalidError
from rukang.base.jobs import Job, JobKind, JobState, cancel, start_worker
from rukang.base.jobs.engine import SHORT_SECONDS
from rukang.base.settings import Limits, limits
from tests.rukang.base.jobs.conftest import House
from tests.rukang.base.jobs.handlers import handlers
from tests.rukang.base.jobs.test_kill import worker_process

LONG = SHORT_SECONDS + 1


def _begun(house: House) -> list[int]:
    """Return the plans in the order in which they were begun.

    The engine keeps that moment too, on SQLite in whole seconds only.
    """
    file = house.settings.data / "begun"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def test_wages_and_a_short_solve_start_while_a_long_one_goes_on(house: House) -> None:
    """One worker is enough for it."""
    with start_worker(house.settings, handlers(house.settings.data)):
        long = house.ask_anew(LONG)
        house.wait_for_report(long)
        wages, short = house.ask(JobKind.RUN_PAYROLL), house.ask_anew(60)
        house.wait(wages, JobState.FAILED)
        house.wait_for_report(short)
        assert house.state(long) is JobState.RUNNING
        house.finish()
        house.wait(long, JobState.DONE)


def test_within_a_home_the_shorter_solve_goes_first(house: House) -> None:
    """Whatever was asked for first."""
    asked = [house.ask_anew(seconds) for seconds in (90, 30, 60)]
    house.finish()
    with start_worker(house.settings, handlers(house.settings.data)):
        for job in asked:
            house.wait(job, JobState.DONE)
    assert _begun(house) == [asked[at].subject_id for at in (1, 2, 0)]


def test_a_home_takes_one_worker_and_leaves_the_other_to_the_next_home(house: House) -> None:
    """However many rosters it asked for before."""
    first, second = house.ask_anew(), house.ask_anew()
    other = house.ask_anew(code="ZP002")
    with worker_process(house), worker_process(house):
        house.wait_for_report(other)
        house.wait(first, JobState.RUNNING)
        assert house.state(second) is JobState.QUEUED
        house.finish()
        house.wait(second, JobState.DONE)


def test_a_home_asks_for_so_many_jobs_and_no_more(house: House) -> None:
    """The refusal lists what is queued; another home may ask, and a cancelled job makes room."""
    asked = [house.ask_anew(1) for _ in range(limits().home_jobs)]
    with pytest.raises(BusyError, match="cancel what is not needed") as refused:
        house.ask_anew(1)
    assert all(f"roster job {job.id}" in refused.value.en for job in asked)
    assert house.ask_anew(1, "ZP002")
    cancel(house.database, asked[0])
    assert house.ask_anew(1)


def test_asking_again_for_the_same_is_no_further_job(house: House) -> None:
    """A home at its limit still gets the job it has."""
    first = house.ask()
    for _ in range(limits().home_jobs - 1):
        house.ask_anew(1)
    assert house.ask().id == first.id


def test_a_home_asks_for_so_many_seconds_and_no_more(house: House) -> None:
    """All its unfinished solves together; wage runs have none and are not refused for them."""
    allowed = limits()
    while_allowed = allowed.home_seconds // allowed.solve_seconds
    for _ in range(while_allowed):
        house.ask_anew(allowed.solve_seconds)
    with pytest.raises(BusyError, match=f"{while_allowed * allowed.solve_seconds} s of solving"):
        house.ask_anew(allowed.solve_seconds)
    assert house.ask(JobKind.RUN_PAYROLL)


def test_one_solve_has_a_limit_of_its_own(house: House) -> None:
    """Said as what was given and what is allowed."""
    with pytest.raises(InvalidError, match="3601 s is longer than the 3600 s"):
        house.ask_anew(3601)


def test_a_refused_request_leaves_nothing_behind(house: House) -> None:
    """Neither a row nor a workflow."""
    with pytest.raises(InvalidError):
        house.ask_anew(3601)
    with house.database.engine.connect() as connection:
        queued = connection.scalar(text(f"SELECT count(*) FROM {house.workflows()}"))  # noqa: S608
    assert queued == 0
    with house.database.session() as session:
        assert session.query(Job).count() == 0


def test_limits_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the environment; what is no number is refused in words."""
    monkeypatch.setenv("RUKANG_HOME_JOBS", "3")
    assert limits() == Limits(home_jobs=3)
    monkeypatch.setenv("RUKANG_HOME_SECONDS", "soon")
    with pytest.raises(InvalidError, match="RUKANG_HOME_SECONDS"):
        limits()
