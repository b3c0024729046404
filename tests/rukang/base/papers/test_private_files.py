"""Documents of people appear whole, and for their owner only."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from rukang.base.papers import private_files


def test_files_move_when_all_are_written(tmp_path: Path) -> None:
    """Until then the folder shows none of them; afterwards only their owner may read them."""
    folder = tmp_path / "wages"
    with private_files(folder) as draft:
        (draft / "a.txt").write_text("new")
        assert not (folder / "a.txt").exists()
    assert [path.name for path in folder.iterdir()] == ["a.txt"]
    assert stat.S_IMODE((folder / "a.txt").stat().st_mode) == 0o600


def _write_and_fail(folder: Path) -> None:
    with private_files(folder) as draft:
        (draft / "a.txt").write_text("new")
        raise ZeroDivisionError


def test_writing_that_fails_leaves_the_older_files(tmp_path: Path) -> None:
    """Half a set of documents would be worse than the last whole one."""
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old"
