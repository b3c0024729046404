"""A session for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from rukang.base.access import Database


@pytest.fixture
def session(empty_database: Database) -> Iterator[Session]:
    """One open session on an empty database, on SQLite and PostgreSQL."""
    with empty_database.session() as session:
        yield session
