"""Attendance goes from whole days to halves and back, with its rows, on both databases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from rukang import migrations
from rukang.base.database.engine import make_engine
from tests.databases import KINDS, fresh_url
from tests.rukang.base.database.old_house import fill

BEFORE, HALVES = "0035", "0036"


@pytest.mark.parametrize("kind", KINDS)
def test_whole_days_become_two_halves_and_back(kind: str, tmp_path: Path) -> None:
    """A day of two marks becomes one without record: a whole mark would be a guess."""
    with fresh_url(kind, tmp_path) as url:
        engine = make_engine(url)
        fill(engine, BEFORE)
        with engine.begin() as connection:
            whole = connection.execute(text("SELECT day, presence FROM attendance_day")).all()
        assert whole
        migrations.upgrade(engine, HALVES)
        with engine.begin() as connection:
            halves = connection.execute(text("SELECT day, morning, afternoon FROM attendance_day"))
            assert sorted(halves) == sorted((day, mark, mark) for day, mark in whole)
            connection.execute(
                text(
                    "INSERT INTO attendance_day (home_id, resident_id, day, morning, afternoon)"
                    " SELECT home_id, resident_id, :day, '出', '事' FROM attendance_day LIMIT 1"
                ),
                {"day": date(2031, 5, 6)},
            )
        migrations.downgrade(engine, BEFORE)
        with engine.begin() as connection:
            again = connection.execute(text("SELECT day, presence FROM attendance_day"))
            assert sorted(again) == sorted(whole)
        migrations.upgrade(engine)
        engine.dispose()
