"""A round for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rukang.base.access import Database
from tests.rukang.stars.inspections.scenario import Round, a_round


@pytest.fixture
def round_(empty_database: Database) -> Iterator[Round]:
    """A home and three inspectors in one open session, on SQLite and PostgreSQL."""
    with a_round(empty_database) as found:
        yield found
