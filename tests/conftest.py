"""Fixtures every room's tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import pytest
from cryptography.fernet import Fernet
from hypothesis import HealthCheck, settings

from rukang.base.access import Database
from rukang.base.database.sealing.vault import Vault
from tests.databases import KEPT, KINDS, migrated_url
from tests.full import FULL

NOW = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)

# A busy machine is no fault of an example, be it run or drawn.
settings.register_profile("rukang", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("rukang")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave long walks on one database each, drawn by their name; at full size they go on all."""
    if os.environ.get(FULL):
        return
    left_out = [item for item in items if item.get_closest_marker("drawn") and not is_drawn(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_unconfigure() -> None:
    """Take away what the tests of this process shared."""
    KEPT.close()


def is_drawn(item: pytest.Item) -> bool:
    """Return whether the gate runs a test of several databases on the one in its name."""
    (kind,) = (kind for kind in KINDS if kind in item.name)
    return KINDS[crc32(item.name.replace(kind, "").encode()) % len(KINDS)] == kind


@pytest.fixture(params=KINDS)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated database without records, on SQLite and on PostgreSQL."""
    with migrated_url(request.param, tmp_path) as url:
        database = Database(url, Vault([Fernet.generate_key().decode()]), lambda: NOW)
        yield database
        database.close()
