"""Roles over a person go up and down with the rows of an older house, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, column, insert, table, text

from rukang import migrations
from rukang.base.database.engine import make_engine
from tests.databases import KINDS, fresh_url
from tests.rukang.base.database.old_house import fill

BEFORE, HERE = "0038", "0039"
OVER = ("home_id", "employer_id", "person_id")


def _roles(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return sorted(connection.scalars(text("SELECT role FROM account_role")))


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_other_program_does_not_know_goes(kind: str, tmp_path: Path) -> None:
    """Up, the role of the public; down, further roles and those over a person. The others stay."""
    with fresh_url(kind, tmp_path) as url:
        engine = make_engine(url)
        fill(engine, BEFORE)
        held = _roles(engine)
        assert held
        public = "INSERT INTO account_role (account_id, role) VALUES (1, 'public')"
        with engine.begin() as connection:
            connection.execute(text(public))
        migrations.upgrade(engine, HERE)
        assert _roles(engine) == held
        roles = table("account_role", *map(column, ("account_id", "role", *OVER)))
        further = zip(("carer", "employer", "worker"), OVER, strict=True)
        rows = [
            dict.fromkeys(OVER) | {"account_id": 1, "role": role, of: 1} for role, of in further
        ]
        with engine.begin() as connection:
            connection.execute(insert(roles), rows)
        migrations.downgrade(engine, BEFORE)
        assert _roles(engine) == held
        migrations.upgrade(engine)
        engine.dispose()
