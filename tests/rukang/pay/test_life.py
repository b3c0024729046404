"""The life of a wage run: approved by a second person, locked, and never changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from payroll import Month, Policy, compute, to_plain
from rukang import pay
from rukang.base.access import Database
from rukang.base.database.context import as_actor
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError
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
            pay.advance(
                as_actor(session, by), pay.find_run(session, run_id), state, note="示例：现金"
            )


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
            pay.advance(as_actor(session, mine), run, RunState.APPROVED)
        with pytest.raises(ConflictError, match="approved"):
            pay.advance(as_actor(session, OTHER), run, RunState.LOCKED)
        pay.advance(as_actor(session, OTHER), run, RunState.APPROVED)
        assert run.state is RunState.APPROVED


def test_a_run_not_locked_goes_back_to_a_draft_for_a_reason(empty_database: Database) -> None:
    """Its payslips are gone, the reason is kept, and it is calculated anew."""
    run_id = _calculated(empty_database)
    _take(empty_database, run_id, RunState.APPROVED)
    with empty_database.session() as session:
        with pytest.raises(InvalidError, match="原因"):
            pay.reopen(as_actor(session, OTHER), pay.find_run(session, run_id), " ")
        pay.reopen(as_actor(session, OTHER), pay.find_run(session, run_id), "R01 的病假补录")
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
        pay.reopen(as_actor(session, OTHER), pay.find_run(session, locked), "错了")


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


OVERWRITING = """
INSERT OR REPLACE INTO pay_run (id, home_id, month, state, requested_at, inputs)
SELECT id, home_id, month, 'draft', requested_at, '[]'
FROM pay_run WHERE state = 'locked'

REPLACE INTO pay_run (id, home_id, month, state, requested_at)
SELECT 99, home_id, month, 'draft', requested_at
FROM pay_run WHERE state = 'locked'

UPDATE OR REPLACE pay_run SET id = (SELECT id
FROM pay_run WHERE state = 'locked') WHERE state = 'draft'

UPDATE OR REPLACE pay_run SET month = (SELECT month
FROM pay_run WHERE state = 'locked') WHERE state = 'draft'

UPDATE pay_run SET id = 99 WHERE state = 'locked'

UPDATE pay_run SET home_id = 99 WHERE state = 'locked'

INSERT OR REPLACE INTO payslip
SELECT p.id, d.id, p.employment_id, 1, 1, 1, 1, 1, 1, '{}', p.home_id
FROM payslip p, pay_run d WHERE d.state = 'draft'

UPDATE OR REPLACE payslip SET id = (SELECT min(p.id) FROM payslip p JOIN pay_run r
ON r.id = p.run_id WHERE r.state = 'locked')
WHERE run_id IN (SELECT id
FROM pay_run WHERE state = 'draft')

UPDATE payslip SET run_id = (SELECT id
FROM pay_run WHERE state = 'locked')
WHERE run_id IN (SELECT id
FROM pay_run WHERE state = 'draft')

TRUNCATE payslip CASCADE

TRUNCATE pay_run CASCADE
"""


def test_no_statement_overwrites_a_locked_run(empty_database: Database, locked: int) -> None:
    """Neither REPLACE nor moving rows into, out of or over a locked run passes the guard."""
    with empty_database.session() as session:
        run = pay.find_run(session, locked)
        slip = run.payslips[0]
        draft = PayRun(home_id=run.home_id, month=date(2026, 11, 1), state=RunState.DRAFT)
        draft.requested_at = run.requested_at
        session.add(draft)
        session.flush()
        names = ("employment_id", "gross_fen", "employee_shares_fen", "tax_fen", "deductions_fen")
        values = {name: getattr(slip, name) for name in (*names, "net_fen", "employer_cost_fen")}
        session.add(PayslipRecord(home_id=run.home_id, run_id=draft.id, slip={}, **values))
    sqlite = empty_database.engine.dialect.name == "sqlite"
    for statement in OVERWRITING.strip().split("\n\n"):
        if ("TRUNCATE" if sqlite else "REPLACE") in statement:
            continue
        with empty_database.engine.connect() as connection:
            if sqlite:
                connection.execute(text("PRAGMA recursive_triggers=OFF"))
                connection.execute(text("PRAGMA foreign_keys=OFF"))
            with pytest.raises(DBAPIError, match="locked wage run"):
                connection.execute(text(statement))
            connection.rollback()


def _by_an_older_version(database: Database, run_id: int) -> str:
    """Put names into a run behind its guard, as an older version froze it; return its digest."""
    with database.session() as session:
        run = pay.find_run(session, run_id)
        workers = [worker for _, worker in pay.inputs_of(run)]
        slips = {slip.id: to_plain(pay.payslip_of(slip)) for slip in run.payslips}
        month, known_on = Month(run.month.year, run.month.month), run.known_on
    assert known_on is not None
    digest = compute(month, workers, POLICY.as_known_on(known_on)).digest()
    inputs = json.dumps([worker.model_dump(mode="json") for worker in workers])
    with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            for table in ("pay_run", "payslip"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        else:
            query = (
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'pay%'"
            )
            guards = connection.execute(text(query)).all()
            for name, _ in guards:
                connection.execute(text(f"DROP TRIGGER {name}"))
        change = "UPDATE pay_run SET nameless = false, inputs = :inputs, digest = :digest"
        connection.execute(text(change), {"inputs": inputs, "digest": digest})
        for number, slip in slips.items():
            change = "UPDATE payslip SET slip = :slip WHERE id = :id"
            connection.execute(text(change), {"slip": json.dumps(slip), "id": number})
        if connection.dialect.name == "postgresql":
            for table in ("pay_run", "payslip"):
                connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        else:
            for _, sql in guards:
                connection.execute(text(sql))
    return digest


def test_a_run_holds_no_names_and_shows_them(empty_database: Database, locked: int) -> None:
    """Frozen under codes; payslip and inputs are read with the person's name."""
    with empty_database.session() as session:
        run = pay.find_run(session, locked)
        names = {slip.employment.resident.person.name for slip in run.payslips}
        held = json.dumps([run.inputs, [slip.slip for slip in run.payslips]], ensure_ascii=False)
        assert not [name for name in names if name in held]
        assert {pay.payslip_of(slip).name for slip in run.payslips} == names
        assert {worker.name for _, worker in pay.inputs_of(run)} == names


def test_a_locked_run_of_an_older_version_loses_its_names_once(
    empty_database: Database, locked: int
) -> None:
    """It verifies before and after with another digest, and is guarded again at once."""
    with empty_database.session() as session:
        digest = pay.find_run(session, locked).digest
    older = _by_an_older_version(empty_database, locked)
    assert older != digest
    with empty_database.session() as session:
        assert pay.named_runs(session) == [locked]
        run = pay.find_run(session, locked)
        assert pay.is_reproduced(run, POLICY)
        pay.take_names_out(session, run, POLICY)
    with empty_database.session() as session:
        run = pay.find_run(session, locked)
        assert pay.is_reproduced(run, POLICY)
        assert (run.digest, run.state) == (digest, RunState.LOCKED)
        assert pay.named_runs(session) == []
    test_a_run_holds_no_names_and_shows_them(empty_database, locked)
    test_the_database_itself_refuses_to_change_a_locked_run(empty_database, locked, _raise_net)
    test_the_database_itself_refuses_to_change_a_locked_run(empty_database, locked, _other_inputs)
    with empty_database.engine.begin() as connection:
        with pytest.raises(DBAPIError, match="locked wage run"):
            connection.execute(text("UPDATE pay_run SET nameless = false"))
        connection.rollback()
