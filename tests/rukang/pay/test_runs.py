"""Wage runs: one a month, whoever asks and calculates, and however often."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from payroll import Policy
from rukang import pay
from rukang.base.access import Database
from rukang.base.errors import NotFoundError
from rukang.bodies.homes import find_home
from rukang.pay.store.records import PayRun, PayslipRecord
from tests.demo import LOCAL_POLICY
from tests.factories import OCTOBER, a_home, an_october
from tests.patience import HANG


def _at_once(work: Callable[[], None]) -> None:
    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_asking_twice_at_once_is_asking_once(empty_database: Database) -> None:
    """Two who ask at the same moment get the same run."""
    with empty_database.session() as session:
        a_home(session)
    both_ready, runs = Barrier(2, timeout=HANG), []

    def ask() -> None:
        with empty_database.session() as session:
            home = find_home(session, "ZP001")
            both_ready.wait()
            runs.append(pay.request_run(session, home, OCTOBER).id)

    _at_once(ask)
    assert len(runs) == 2
    assert runs[0] == runs[1]
    with empty_database.session() as session:
        assert session.scalar(select(func.count(PayRun.id))) == 1


def test_calculating_twice_at_once_calculates_once(empty_database: Database) -> None:
    """A command and a worker that take the same run leave one payslip for each employment."""
    with empty_database.session() as session:
        run_id = an_october(session).id
    policy, both_ready, done = Policy.load([LOCAL_POLICY]), Barrier(2, timeout=HANG), []

    def calculate() -> None:
        both_ready.wait()
        pay.calculate_run(empty_database, run_id, policy)
        done.append(True)

    _at_once(calculate)
    assert len(done) == 2
    with empty_database.session() as session:
        assert session.scalar(select(func.count(PayslipRecord.id))) == 4


def test_a_run_that_does_not_exist_is_not_calculated(empty_database: Database) -> None:
    """An id of no run is said to be one, instead of looking done."""
    with pytest.raises(NotFoundError, match="42"):
        pay.calculate_run(empty_database, 42, Policy.load())
