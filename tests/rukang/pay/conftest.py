"""A calculated October of four people, and its documents, shared by the tests that read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from payroll import Policy
from rukang import migrations, pay
from rukang.base.access import Database
from rukang.base.database.sealing.vault import Vault
from rukang.pay import PayRun
from tests import factories as make
from tests.conftest import NOW
from tests.databases import fresh_url
from tests.demo import LOCAL_POLICY


@pytest.fixture(scope="session")
def october(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A calculated October of four people."""
    with fresh_url("sqlite", tmp_path_factory.mktemp("data")) as url:
        database = Database(url, Vault([Fernet.generate_key().decode()]), lambda: NOW)
        migrations.upgrade(database.engine)
        with database.session() as session:
            run_id = make.an_october(session).id
        pay.calculate_run(database, run_id, Policy.load([LOCAL_POLICY]))
        yield database
        database.close()


@pytest.fixture(scope="session")
def run(october: Database) -> PayRun:
    """The run with its payslips."""
    with october.session() as session:
        run = session.scalars(select(PayRun)).one()
        assert len(run.payslips) == 4
        return run


@pytest.fixture(scope="session")
def wages(october: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its documents."""
    folder = tmp_path_factory.mktemp("out") / "wages"
    with october.session() as session:
        written = pay.write_documents(session, session.scalars(select(PayRun)).one(), folder)
    assert all(path.parent == folder for path in written)
    return folder
