"""Homes become bodies and homes again, with the rows of an older house, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, MetaData, Table, select, text

from rukang import migrations
from rukang.base.database.engine import make_engine
from tests.databases import KINDS, fresh_url
from tests.rukang.base.database.old_house import fill, rows_of

BEFORE, HERE = "0042", "0043"
NEW = {"body", "body_state", "body_capacity", "body_operator", "body_licence", "charge"}


def _homes(engine: Engine) -> list[dict[str, Any]]:
    table = Table("home", MetaData(), autoload_with=engine)
    with engine.connect() as connection:
        rows = connection.execute(select(table).order_by(table.c.id)).mappings().all()
    return [dict(sorted(row.items())) for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_no_row_is_lost_either_way(kind: str, tmp_path: Path) -> None:
    """Every table has as many rows after as before, and homes read the same."""
    with fresh_url(kind, tmp_path) as url:
        engine = make_engine(url)
        before = fill(engine, BEFORE)
        homes = _homes(engine)
        assert len(homes) > 1
        migrations.upgrade(engine, HERE)
        after = rows_of(engine)
        assert {name: after[name] for name in before} == before
        assert after["body"] == before["home"]
        with engine.begin() as connection:
            found = connection.execute(text("SELECT id, kind, code, county FROM body ORDER BY id"))
            assert [tuple(row) for row in found] == [
                (home["id"], "home", home["code"], home["county"]) for home in homes
            ]
            # The next body has an id of its own, and goes with the role over it.
            connection.execute(
                text(
                    "INSERT INTO body (kind, code, name, county, address, legal_person, uscc)"
                    " VALUES ('office', 'B1', 'B1', '371600', '1', '1', '1')"
                )
            )
            connection.execute(
                text(
                    "INSERT INTO account_role (account_id, role, home_id)"
                    " SELECT 1, 'case_handler', id FROM body WHERE code = 'B1'"
                )
            )
        migrations.downgrade(engine, BEFORE)
        assert rows_of(engine) == before
        assert _homes(engine) == homes
        migrations.upgrade(engine)
        migrations.check(engine)
        assert set(rows_of(engine)) >= NEW
        engine.dispose()


def test_a_migration_that_loses_what_is_referred_to_changes_nothing(tmp_path: Path) -> None:
    """SQLite looks at foreign keys at the end of the transaction, and it is taken back."""
    engine = make_engine(f"sqlite:///{tmp_path / 'house.sqlite'}")
    fill(engine, BEFORE)
    counted = rows_of(engine)
    with (
        pytest.raises(RuntimeError, match="lost theirs"),
        migrations.changing(engine) as connection,
    ):
        connection.execute(text("DELETE FROM person"))
    assert rows_of(engine) == counted
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    engine.dispose()
