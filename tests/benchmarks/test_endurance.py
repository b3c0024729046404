"""A small sample of every part of the endurance run (``python -m benchmarks.endurance``)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.endurance import disk, keys, kills, restarts, two
from benchmarks.endurance.__main__ import main, parts
from benchmarks.endurance.part import Options, Row, Run
from benchmarks.endurance.state import State
from tests.postgres import binaries

needs_server = pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not installed")


def _sample(run: Run, folder: Path, times: int, database: str = "sqlite") -> None:
    rows = run(Options(folder, seed=3, times=times, databases=(database,)))
    assert [row.faults for row in rows if not row.is_sound] == []
    assert all(row.disturbed >= times and row.actions for row in rows)


def test_killed_at_a_random_moment(tmp_path: Path) -> None:
    """Nothing confirmed is lost, nothing stands twice or in part."""
    _sample(kills.run, tmp_path, 1)


@needs_server
def test_the_database_restarts_while_everybody_works(tmp_path: Path) -> None:
    """Programs and people go on."""
    _sample(restarts.run, tmp_path, 1, "postgresql")


@needs_server
def test_two_web_faces_are_asked_the_same_at_once(tmp_path: Path) -> None:
    """One job, one calculation, one approval."""
    _sample(two.run, tmp_path, 1, "postgresql")


def test_a_full_disk(tmp_path: Path) -> None:
    """An import, a picture and a wage run, whole or not at all."""
    _sample(disk.run, tmp_path, 4)


def test_a_lost_key(tmp_path: Path) -> None:
    """Refused in every way, and nothing sealed anew."""
    _sample(keys.run, tmp_path, 4)


def test_a_stopped_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """What was counted under a seed is kept; another seed begins anew."""
    options = Options(tmp_path, seed=5)
    state = State.of(options, "kills", "sqlite")
    state.row.count("lost", "an answer")
    state.keep()
    assert State.of(options, "kills", "sqlite").row == state.row
    assert State.of(Options(tmp_path, seed=6), "kills", "sqlite").row == Row("kills", "sqlite")


def test_what_was_lost_is_said_and_ends_the_run_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The table counts it, a line names it, the exit code tells it."""
    lost = {"part": "keys", "database": "sqlite", "disturbed": 4, "lost": 1, "faults": ["lost: x"]}
    (tmp_path / "keys-sqlite-1.json").write_text(json.dumps(lost))
    out = tmp_path / "rows.csv"
    arguments = ["keys", "--database", "sqlite", "--scratch", str(tmp_path), "--out", str(out)]
    assert main(arguments) == 1
    said = capsys.readouterr().out
    assert "| keys | sqlite | 4 | 0 | 1 | 0 | 0 |" in said
    assert "✗ keys sqlite: lost: x" in said
    assert "keys,sqlite,0,4,1,0,0" in out.read_text()


def test_every_part_is_known_by_name() -> None:
    """The modules are the list."""
    assert {"kills", "restarts", "disk", "keys", "two"} <= set(parts())
