"""The migration that moves what reviews were opened for out of the home's sight, with rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from rukang import migrations
from rukang.base.database.engine import make_engine
from tests.databases import KINDS, fresh_url

VERSION = migrations.HERE / "versions" / "0014_unannounced.py"
BEFORE = next(
    line.split('"')[1]
    for line in VERSION.read_text(encoding="utf-8").splitlines()
    if line.startswith("down_revision")
)

ROWS = """
INSERT INTO home (id, code, name, county, address, legal_person, uscc, capacity, floor_area,
  opened_on, opening_days, rest_minutes, services)
  VALUES (1, 'ZP001', '示例', '371681', '示例', '示例', '91371681MA3EXAMP0X', 80, 1260,
  '2022-05-01', '[1]', 660, '[]');
INSERT INTO edition_text (id, edition, digest, content) VALUES (1, 'tiny', 'x', '{}');
INSERT INTO inspection (id, home_id, reason, words, stage, edition_text_id, opened_on, due_on)
  VALUES (1, 1, 'review', '来信', 'planned', 1, '2026-11-01', '2026-12-01');
INSERT INTO inspection (id, home_id, reason, words, stage, edition_text_id, opened_on, due_on,
  closed_on) VALUES (2, 1, 'due', '到期', 'published', 1, '2026-01-01', '2026-02-01', '2026-03-01');
INSERT INTO inspection (id, home_id, reason, words, stage, edition_text_id, opened_on, due_on,
  closed_on)
  VALUES (3, 1, 'review', '电话', 'published', 1, '2026-01-01', '2026-02-01', '2026-03-01');
INSERT INTO inspection_step (id, home_id, inspection_id, before, after, at, "by", note)
  VALUES (1, 1, 1, NULL, 'opened', '2026-11-01 01:00:00', 'o', '来信');
INSERT INTO inspection_step (id, home_id, inspection_id, before, after, at, "by", note)
  VALUES (2, 1, 2, NULL, 'opened', '2026-01-01 01:00:00', 'o', '到期');
INSERT INTO inspection_step (id, home_id, inspection_id, before, after, at, "by", note)
  VALUES (3, 1, 3, NULL, 'opened', '2026-01-01 01:00:00', 'o', '电话');
INSERT INTO inspection_step (id, home_id, inspection_id, before, after, at, "by", note)
  VALUES (4, 1, 3, 'planned', 'visited', '2026-01-20 09:00:00', 'o', '');
INSERT INTO inspection_sheet (id, home_id, inspection_id, part, filled_by, name, facts,
  submitted_at)
  VALUES (1, 1, 3, 'first', 'i', '示例', '{}', '2026-01-20 08:00:00')
"""


def _read(connection: Connection, statement: str) -> list[Any]:
    return [tuple(row) for row in connection.execute(text(statement))]


@pytest.mark.parametrize("kind", KINDS)
def test_causes_go_out_of_sight_and_come_back(kind: str, tmp_path: Path) -> None:
    """Only of reviews; what was visited has begun, what is planned has not."""
    with fresh_url(kind, tmp_path) as url:
        engine = make_engine(url)
        migrations.upgrade(engine, BEFORE)
        with engine.begin() as connection:
            for statement in ROWS.split(";"):
                connection.execute(text(statement))
        migrations.upgrade(engine, "0014")
        with engine.begin() as connection:
            told = _read(connection, "SELECT id, words FROM inspection ORDER BY id")
            assert told == [(1, ""), (2, "到期"), (3, "")]
            noted = _read(connection, "SELECT inspection_id, note FROM inspection_step ORDER BY id")
            assert noted == [(1, ""), (2, "到期"), (3, ""), (3, "")]
            causes = "SELECT inspection_id, words FROM review_cause ORDER BY inspection_id"
            assert _read(connection, causes) == [(1, "来信"), (3, "电话")]
            begun = _read(connection, "SELECT id FROM inspection WHERE begun_at IS NOT NULL")
            assert begun == [(3,)]
        migrations.downgrade(engine, BEFORE)
        with engine.begin() as connection:
            told = _read(connection, "SELECT id, words FROM inspection ORDER BY id")
            assert told == [(1, "来信"), (2, "到期"), (3, "电话")]
            noted = _read(connection, "SELECT inspection_id, note FROM inspection_step ORDER BY id")
            assert noted == [(1, "来信"), (2, "到期"), (3, "电话"), (3, "")]
        engine.dispose()
