"""A home to measure, and a short way to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from rukang.base.access import Database
from rukang.bodies.homes import Home
from rukang.engines.rating import Measure
from rukang.engines.rating.criteria.measure import Measurement
from rukang.stars.measured import measured
from tests.factories import a_home

Read = Callable[..., Measurement | None]

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def session(empty_database: Database) -> Iterator[Session]:
    """An open session on an empty database."""
    with empty_database.session() as session:
        yield session


@pytest.fixture
def home(session: Session) -> Home:
    """A home."""
    return a_home(session)


@pytest.fixture
def read(session: Session, home: Home) -> Read:
    """Return a measure of the home over so many months up to October."""

    def ask(measure: Measure, months: int = 1) -> Measurement | None:
        return measured(session, home, OCTOBER, {measure: months}).get(measure)

    return ask
