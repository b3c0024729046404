"""An installation on each database, with numbers and evidence sealed in it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.orm import Session

from rukang.base.database.sealing.person_keys import place_of
from rukang.base.settings import Settings
from rukang.bodies.homes import Home
from rukang.doors.upkeep import init
from rukang.stars.inspections.records import Evidence, Stage
from rukang.stars.inspections.sheet.media import kept_of
from tests import pictures
from tests.databases import KINDS, POSTGRES, fresh_url
from tests.factories import (
    a_home,
    a_photograph,
    a_resident,
    a_sheet,
    an_employer,
    an_employment,
    an_inspection,
)

PEOPLE = 3
BARE = kept_of("示例.png", "image/png", pictures.a_picture("PNG"))[1]
PICTURE = [BARE[:1000], BARE[1000:]]
"""A picture as it is kept, in two parts."""
DAY = date(2026, 10, 1)
NOON = datetime(2026, 10, 1, 4, tzinfo=UTC)


@pytest.fixture(params=KINDS)
def here(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """A place for an installation on SQLite and on PostgreSQL, with nothing in it."""
    monkeypatch.delenv("RUKANG_KEYS", raising=False)
    data = tmp_path / "data"
    data.mkdir()
    with fresh_url(request.param, data) as url:
        yield Settings(data, url)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Settings]]:
    """An installation of each kind, made once to be copied: making one takes seconds."""
    with ExitStack() as stack:
        places = {}
        for kind in KINDS:
            data = tmp_path_factory.mktemp(kind)
            places[kind] = Settings(data, stack.enter_context(fresh_url(kind, data)))
            fill(places[kind])
        yield places


@pytest.fixture
def installed(here: Settings, furnished: dict[str, Settings]) -> Settings:
    """An installation with a home, a few people in it and a picture."""
    url = make_url(here.database_url)
    original = furnished[url.get_backend_name()]
    shutil.copy2(original.key_file, here.key_file)
    if url.get_backend_name() == "sqlite":
        for from_, to in (
            (original.database_url, here.database_url),
            (place_of(original.database_url), place_of(here.database_url)),
        ):
            with closing(sqlite3.connect(str(make_url(from_).database))) as source:
                source.execute("VACUUM INTO ?", (make_url(to).database,))
        return here
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{url.database}"'))
        original_name = make_url(original.database_url).database
        connection.execute(text(f'CREATE DATABASE "{url.database}" TEMPLATE "{original_name}"'))
    server.dispose()
    return here


def fill(here: Settings, people: int = PEOPLE) -> None:
    """Make an installation with a home, people and a picture."""
    database = init(here)
    with database.session() as session:
        home, employer = a_home(session), an_employer(session)
        for number in range(people):
            resident = a_resident(session, home, code=f"R{number:03d}")
            an_employment(session, resident, employer)
        a_picture(session, home)
    database.close()


def a_picture(session: Session, home: Home) -> Evidence:
    """Store a file of two sealed parts on an inspector's sheet."""
    inspection = an_inspection(session, home, Stage.PUBLISHED, DAY, closed_on=DAY)
    return a_photograph(session, a_sheet(session, inspection, "a@example.org"), PICTURE, NOON)
