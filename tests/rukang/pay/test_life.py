"""The life of a wage run: approved by a second person, locked, and never changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from payroll import Policy
from rukang import pay
from rukang.access import Database
from rukang.errors import ConflictError, InvalidError, NotAllowedError
from rukang.pay import PayRun, PayslipRecord, RunState
from tests.demo import LOCAL_POLICY
from tests.factories import an_october

POLICY = Policy.load([LOCAL_POLICY])
ONE, OTHER = "工资专员", "园长"


def _calculated(database: Database) -> int:
    with database.session() as session:
        run_id = an_october(session).id
    pay.calculate_run(database, run_id, POLICY)
    return run_id


def _take(database: Database, run_id: int, *states: RunState, by: str = OTHER) -> None:
    for state in states:
        with database.session() as session:
            pay.advance(session, pay.find_run(session, run_id), state, by, note="示例：现金")


@pytest.fixture
def locked(empty_database: Database) -> int:
    """A locked October."""
    run_id = _calculated(empty_database)
    _take(empty_database, run_id, RunState.APPROVED, RunState.LOCKED)
    return run_id


def test_every_step_is_kept_with_who_and_when(empty_database: Database, locked: int) -> None:
    """The steps tell the whole life; the day of knowledge is that of the calculation."""
    _take(empty_database, locked, RunState.PAID, RunState.RECONCILED, RunState.DECLARED)
    with empty_database.session() as session:
        run = pay.find_run(session, locked)
        assert [step.state for step in run.steps] == list(RunState)
        assert {step.by for step in run.steps[2:]} == {OTHER}
        assert run.known_on == date(2026, 11, 2)


def test_the_one_who_calculated_cannot_approve(empty_database: Database) -> None:
    """It takes a second person; a step cannot be left out either."""
    run_id = _calculated(empty_database)
    with empty_database.session() as session:
        run = pay.find_run(session, run_id)
        mine = pay.calculated_by(run)
        assert mine is not None
        with pytest.raises(NotAllowedError, match="另一人"):
            pay.advance(session, run, RunState.APPROVED, by=mine)
        with pytest.raises(ConflictError, match="approved"):
            pay.advance(session, run, RunState.LOCKED, by=OTHER)
        pay.advance(session, run, RunState.APPROVED, by=OTHER)
        assert run.state is RunState.APPROVED


def test_a_run_not_locked_goes_back_to_a_draft_for_a_reason(empty_database: Database) -> None:
    """Its payslips are gone, the reason is kept, and it is calculated anew."""
    run_id = _calculated(empty_database)
    _take(empty_database, run_id, RunState.APPROVED)
    with empty_database.session() as session:
        with pytest.raises(InvalidError, match="原因"):
            pay.reopen(session, pay.find_run(session, run_id), OTHER, " ")
        pay.reopen(session, pay.find_run(session, run_id), OTHER, "R01 的病假补录")
    with empty_database.session() as session:
        run = pay.find_run(session, run_id)
        assert (run.state, run.payslips, run.inputs) == (RunState.DRAFT, [], None)
        assert run.steps[-1].note == "R01 的病假补录"
    pay.calculate_run(empty_database, run_id, POLICY)
    with empty_database.session() as session:
        assert len(pay.find_run(session, run_id).payslips) == 4


def test_a_locked_run_is_not_reopened(empty_database: Database, locked: int) -> None:
    """What is wrong in it is corrected in the next month."""
    with empty_database.session() as session, pytest.raises(ConflictError, match="更正"):
        pay.reopen(session, pay.find_run(session, locked), OTHER, "错了")


def _raise_net(session: Session, run: PayRun) -> None:
    run.payslips[0].net_fen += 1


def _other_inputs(session: Session, run: PayRun) -> None:
    run.inputs = []


def _back(session: Session, run: PayRun) -> None:
    run.state = RunState.DRAFT


def _drop(session: Session, run: PayRun) -> None:
    session.delete(run.payslips[0])


def _one_more(session: Session, run: PayRun) -> None:
    first = run.payslips[0]
    values = {key: value for key, value in vars(first).items() if key in first.__table__.columns}
    session.add(PayslipRecord(**{**values, "id": None, "employment_id": first.employment_id + 99}))


@pytest.mark.parametrize("change", [_raise_net, _other_inputs, _back, _drop, _one_more])
def test_the_database_itself_refuses_to_change_a_locked_run(
    empty_database: Database, locked: int, change: Callable[[Session, PayRun], None]
) -> None:
    """A program that forgets the rule is stopped below it."""
    with pytest.raises(DBAPIError, match="locked wage run"), empty_database.session() as session:
        change(session, pay.find_run(session, locked))


def test_a_run_not_locked_is_not_guarded(empty_database: Database) -> None:
    """The same change goes through before the run is locked."""
    run_id = _calculated(empty_database)
    with empty_database.session() as session:
        _raise_net(session, pay.find_run(session, run_id))


def test_a_run_is_reproduced_to_the_bit_whatever_is_known_later(
    empty_database: Database, locked: int
) -> None:
    """A figure that becomes known after the calculation changes nothing of it."""
    with empty_database.session() as session:
        run = pay.find_run(session, locked)
        assert pay.is_reproduced(run, POLICY)
        later = POLICY.local["insurance.unemployment.employee_rate"][0].model_copy(
            update={
                "known_from": date(2026, 11, 3),
                "value": POLICY.local["insurance.unemployment.employer_rate"][0].value,
            }
        )
        own = POLICY.local | {
            later_id: (later, *entries)
            for later_id, entries in POLICY.local.items()
            if later_id == "insurance.unemployment.employee_rate"
        }
        assert pay.is_reproduced(run, Policy(POLICY.parameters, own))
        known_before = later.model_copy(update={"known_from": date(2026, 11, 2)})
        own["insurance.unemployment.employee_rate"] = (known_before,)
        assert not pay.is_reproduced(run, Policy(POLICY.parameters, own))
