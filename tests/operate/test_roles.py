"""The two PostgreSQL roles of docs/operate: an owner, and a service that can change no table."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ProgrammingError

from rukang.base.settings import Settings
from rukang.doors.intake import import_workbooks
from rukang.doors.upkeep import bring_up, init
from tests.databases import POSTGRES, fresh_url
from tests.demo import DEMO

ROOT = Path(__file__).parents[2]
OPERATE = ROOT / "docs" / "operate"

pytestmark = pytest.mark.skipif(not POSTGRES, reason="the test command says that it is left out")


@pytest.fixture
def roles(tmp_path: Path) -> Iterator[dict[str, URL]]:
    """A fresh database with both roles, made by the files an operator runs."""
    with fresh_url("postgresql", tmp_path) as address:
        url = make_url(address)
        _psql(url, OPERATE / "roles.sql")
        yield {name: url.set(username=f"rukang_{name}") for name in ("owner", "service")}


def _psql(url: URL, file: Path) -> None:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    words = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-v", f"database={url.database}", "-f", str(file)]
    subprocess.run(["psql", plain, *words], check=True, capture_output=True)


def test_the_service_works_with_rows_and_changes_no_table(
    roles: dict[str, URL], tmp_path: Path
) -> None:
    """It imports a home; the trail and the tables themselves are out of its reach."""
    owner, service = (
        Settings(tmp_path, url.render_as_string(hide_password=False)) for url in roles.values()
    )
    init(owner).close()
    _psql(roles["owner"], OPERATE / "grants.sql")
    database = bring_up(service)
    import_workbooks(database, [DEMO / "01-机构.xlsx"])
    database.close()
    engine = create_engine(roles["service"])
    for statement in (
        "UPDATE audit_entry SET actor = 'somebody'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TABLE home CASCADE",
        "CREATE TABLE mine (id int)",
        "UPDATE alembic_version SET version_num = '0001'",
    ):
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            _run(engine, statement)
    assert _run(engine, "SELECT count(*) FROM audit_entry") > 0
    engine.dispose()


def _run(engine: Engine, statement: str) -> int:
    with engine.begin() as connection:
        found = connection.execute(text(statement))
        return int(found.scalar()) if found.returns_rows else 0
