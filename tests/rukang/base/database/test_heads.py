"""Databases of every earlier version are brought up with their rows, and mean the same after."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from api.app import create_app
from payroll import NEWEST_DIGEST, Policy
from rukang import migrations, pay
from rukang.base.access import Database
from rukang.base.database.context import as_actor
from rukang.base.errors import ConflictError, NotAllowedError
from rukang.base.jobs import prepare
from rukang.base.settings import Settings
from rukang.doors.handlers import policy_of
from rukang.doors.upkeep.installation import complete
from rukang.pay import PayRun, RunState, payslip_of
from tests.databases import KINDS, fresh_url
from tests.demo import LOCAL_POLICY
from tests.rukang.base.database.old_house import FIRST, KEPT, RUN_ID, fill, heads, put_in, rows_of

ASKED_BY = "clerk@example.org"
PAGES = (
    "/payroll-runs/1",
    "/payroll-runs/1/payslips/1",
    "/payroll-runs/1/findings",
    "/rosters/1",
    "/homes/ZP001",
    "/api/v1/payroll-runs/1/payslips/1",
    "/api/v1/rosters/1/table",
)


@pytest.fixture(params=KINDS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """An installation with the key of the old house and no tables yet."""
    keys = tmp_path / "keys.txt"
    keys.write_text("\n".join(KEPT["keys"]) + "\n")
    keys.chmod(0o600)
    with fresh_url(request.param, tmp_path) as url:
        yield Settings(tmp_path, url)


def _upgraded(old: Settings) -> Database:
    database = old.open()
    migrations.upgrade(database.engine)
    prepare(database)
    return database


@pytest.mark.drawn
@pytest.mark.parametrize("revision", heads())
def test_a_database_of_any_head_is_brought_up_with_all_its_rows(
    old: Settings, revision: str
) -> None:
    """And the tables are then those of the records, whatever they came from."""
    database = old.open()
    before = fill(database.engine, revision)
    assert min(before.values()) > 0
    migrations.upgrade(database.engine)
    migrations.check(database.engine)
    after = rows_of(database.engine)
    fewer = {name: (rows, after.get(name, 0)) for name, rows in before.items() if
             name in after and after[name] < rows}  # fmt: skip
    assert fewer == {}
    if database.engine.dialect.name == "sqlite":
        with database.engine.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
    database.close()


def test_pages_of_the_oldest_head_work(old: Settings) -> None:
    """Wages, payslip, roster and home are shown; payslips hold the same amounts."""
    engine = old.open().engine
    fill(engine, FIRST)
    engine.dispose()
    database = _upgraded(old)
    bearer = {"Authorization": f"Bearer {KEPT['tokens']['administrator']}"}
    with database.engine.begin() as connection:
        now = "created_at = CURRENT_TIMESTAMP, last_used_at = CURRENT_TIMESTAMP"
        connection.execute(text(f"UPDATE access_token SET {now}"))  # noqa: S608
    with TestClient(create_app(old), headers=bearer, base_url="http://localhost") as client:
        answers = {place: client.get(place).status_code for place in PAGES}
    assert set(answers.values()) == {200}, answers
    with database.session() as session:
        slips = pay.find_run(session, RUN_ID).payslips
        nets = [(slip.net_fen, payslip_of(slip).net_fen) for slip in slips]
    kept = [row["net_fen"] for row in KEPT["rows"]["payslip"]]
    assert nets == [(net, net) for net in kept]
    database.close()


def test_a_wage_run_of_the_oldest_head_keeps_its_second_person(old: Settings) -> None:
    """Who asked for the calculation is known from its job and may not approve it."""
    engine = old.open().engine
    fill(engine, FIRST)
    database = _upgraded(old)
    with database.session() as session:
        run = pay.find_run(session, RUN_ID)
        with pytest.raises(NotAllowedError, match="a second person"):
            pay.advance(as_actor(session, ASKED_BY), run, RunState.APPROVED)
        pay.advance(as_actor(session, "second@example.org"), run, RunState.APPROVED)
    database.close()


def _brought_up_to(old: Settings, revision: str) -> Database:
    """Return a database of an older head as this program opens it: nameless, with its digests."""
    engine = old.open().engine
    put_in(engine, revision)
    engine.dispose()
    shutil.copy(LOCAL_POLICY, old.local_policy)
    database = old.open()
    complete(old, database)
    return database


@pytest.mark.parametrize("revision", [FIRST, "0003", "0011", "0022"])
def test_a_wage_run_of_an_old_head_verifies_as_what_its_digest_covered(
    old: Settings, revision: str
) -> None:
    """Its digest was made before columns came and went; it names that version and keeps to it."""
    database = _brought_up_to(old, revision)
    with database.session() as session:
        run = pay.find_run(session, RUN_ID)
        assert (run.nameless, run.digest_version) == (True, 2)
        assert pay.is_reproduced(run, policy_of(old))
    database.close()


def _more_wage(run: PayRun) -> None:
    # 2,210.00 yuan agreed become 2,210.01: the least that can be changed.
    run.inputs = [{**run.inputs[0], "agreed_wage_fen": 221_001}] if run.inputs else None


def _more_net(run: PayRun) -> None:
    run.payslips[0].net_fen += 1


def _another_line(run: PayRun) -> None:
    slip = json.loads(json.dumps(run.payslips[0].slip))
    slip["lines"][0]["amount_fen"] += 1
    run.payslips[0].slip = slip


def _another_version(run: PayRun) -> None:
    run.digest_version = NEWEST_DIGEST


@pytest.mark.parametrize("change", [_more_wage, _more_net, _another_line, _another_version])
def test_a_changed_wage_run_of_an_old_head_is_still_told(
    old: Settings, change: Callable[[PayRun], None]
) -> None:
    """One fen in an input, a total or a line; and no version passes for another."""
    database = _brought_up_to(old, FIRST)
    with database.session() as session:
        run = pay.find_run(session, RUN_ID)
        change(run)
        session.flush()
        assert not pay.is_reproduced(run, policy_of(old))
    database.close()


def test_a_run_whose_digest_was_made_with_names_verifies_without_them(old: Settings) -> None:
    """A program between took the names out and could not make the digest anew."""
    database = _brought_up_to(old, FIRST)
    kept = KEPT["rows"]["pay_run"][0]["digest"]
    with database.session() as session:
        run = pay.find_run(session, RUN_ID)
        run.digest, run.digest_version = kept, None
        session.flush()
        assert pay.is_reproduced(run, policy_of(old))
        run.payslips[0].employment.resident.person.name = "另一人"
        assert not pay.is_reproduced(run, policy_of(old))
    database.close()


def test_a_wage_run_that_nobody_is_on_record_for_is_approved_by_nobody(old: Settings) -> None:
    """Until somebody takes it back and calculates it anew, and somebody else approves."""
    engine = old.open().engine
    fill(engine, FIRST)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM job"))
    database = _upgraded(old)
    with database.session() as session:
        run = pay.find_run(session, RUN_ID)
        for name in (ASKED_BY, "second@example.org"):
            with pytest.raises(ConflictError, match="calculate it anew"):
                pay.advance(as_actor(session, name), run, RunState.APPROVED)
        pay.reopen(as_actor(session, ASKED_BY), run, "从旧版本转来，重新计算")
    pay.calculate_run(database, RUN_ID, Policy.load(local=[LOCAL_POLICY]))
    with database.session() as session:
        run = pay.find_run(session, RUN_ID)
        with pytest.raises(NotAllowedError):
            pay.advance(as_actor(session, ASKED_BY), run, RunState.APPROVED)
        pay.advance(as_actor(session, "second@example.org"), run, RunState.APPROVED)
    database.close()
