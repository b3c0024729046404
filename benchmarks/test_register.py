"""How long the register of a small province takes to search, to sum up and to draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy.orm import Session

from benchmarks.province import ON, YEAR, fill
from rukang import migrations
from rukang.base.access import PUBLIC, Database, Permission
from rukang.base.database.sealing.vault import Vault
from rukang.stars.picture import failings, late, picture
from rukang.stars.register import Filter, search, summary
from tests.postgres import binaries, temporary_postgres

pytestmark = [
    pytest.mark.benchmark(group="register"),
    pytest.mark.skipif(binaries() is None, reason="needs the server programs of PostgreSQL"),
]

HOMES = 200
ASKED: dict[str, Callable[[Session], object]] = {
    "search": lambda s: search(s, ON, Filter(star=4, service="日间照料", text="示例街道 7")),
    "search of a day gone by": lambda s: search(s, ON - timedelta(days=1000)),
    "summary": lambda s: summary(s, ON),
    "stars and changes": lambda s: picture(s, ON, ON - YEAR),
    "what is late": lambda s: late(s, ON),
    "failings": lambda s: failings(s, ON),
}


@pytest.fixture(scope="module")
def province() -> Iterator[Database]:
    """Two hundred homes with twelve published inspections each, on PostgreSQL."""
    with temporary_postgres() as url:
        database = Database(url, Vault([Fernet.generate_key().decode()]))
        migrations.upgrade(database.engine)
        fill(database, HOMES)
        yield database
        database.close()


@pytest.mark.parametrize("what", ASKED)
def test_register(benchmark: BenchmarkFixture, province: Database, what: str) -> None:
    """Ask one thing, in a session of its own: the public's, or one that sees everything."""
    public = what.startswith(("search", "summary"))

    def ask() -> object:
        opened = (
            province.session(PUBLIC, Permission.REGISTER_READ) if public else province.session()
        )
        with opened as session:
            return ASKED[what](session)

    assert benchmark.pedantic(ask, rounds=20, warmup_rounds=2)
