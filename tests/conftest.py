"""Fixtures every room's tests share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import settings

from rukang.access import Database
from rukang.database.vault import Vault
from tests.databases import KINDS, migrated_url

NOW = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)

settings.register_profile("rukang", deadline=None)  # a busy machine is no fault of an example
settings.load_profile("rukang")


@pytest.fixture(params=KINDS)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated database without records, on SQLite and on PostgreSQL."""
    with migrated_url(request.param, tmp_path) as url:
        database = Database(url, Vault([Fernet.generate_key().decode()]), lambda: NOW)
        yield database
        database.close()
