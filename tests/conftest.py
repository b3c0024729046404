"""Fixtures every room's tests share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from rukang import migrations
from rukang.access import Database
from rukang.database.vault import Vault
from tests.databases import KINDS, fresh_url

NOW = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)


@pytest.fixture(params=KINDS)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated database without records, on SQLite and on PostgreSQL."""
    with fresh_url(request.param, tmp_path) as url:
        database = Database(url, Vault([Fernet.generate_key().decode()]), lambda: NOW)
        migrations.upgrade(database.engine)
        yield database
        database.close()
