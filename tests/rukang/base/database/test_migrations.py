"""Migrations go up and down on both databases and agree with the records."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect

from rukang import migrations
from rukang.base.database.engine import make_engine
from rukang.migrations.registry import METADATA
from tests.databases import KINDS, fresh_url


@pytest.mark.parametrize("kind", KINDS)
def test_up_down_and_up_again(kind: str, tmp_path: Path) -> None:
    """Going down leaves none of our tables; going up makes exactly those of the records."""
    with fresh_url(kind, tmp_path) as url:
        engine = make_engine(url)
        for _ in range(2):
            migrations.upgrade(engine)
            assert migrations.current(engine) == migrations.newest()
            migrations.check(engine)
            tables = set(inspect(engine).get_table_names())
            assert tables - {"alembic_version"} == set(METADATA.tables)
            migrations.downgrade(engine)
            assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
        engine.dispose()
