"""A small city enacted once for each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy.orm import Session

from rukang import migrations
from rukang.base.access import Database
from rukang.base.database.sealing.vault import Vault
from rukang.demo import City, enact, invent
from rukang.engines.rating import load_edition
from tests.databases import KINDS, fresh_url

FIRST, LAST = date(2025, 1, 1), date(2026, 10, 31)
EDITIONS = [load_edition("example-2025"), load_edition("example-2026")]


@dataclass(frozen=True)
class Enacted:
    """A city and the session in which what became of it is read."""

    city: City
    session: Session


def enacted(kind: str, folder: Path, city: City, last: date = LAST) -> Iterator[Session]:
    """Yield a session of a database in which a city was enacted."""
    vault = Vault([Fernet.generate_key().decode()])
    with fresh_url(kind, folder) as url:
        database = Database(url, vault)
        migrations.upgrade(database.engine)
        days: list[date] = []
        enact(url, vault, city, EDITIONS, FIRST, last, days.append)
        assert days == sorted(set(days))
        with database.session() as session:
            yield session
        database.close()


@pytest.fixture(scope="session", params=KINDS)
def small(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Enacted]:
    """Eight homes over the whole time."""
    city = invent(1, FIRST, LAST, 8)
    for session in enacted(request.param, tmp_path_factory.mktemp("city"), city):
        yield Enacted(city, session)
