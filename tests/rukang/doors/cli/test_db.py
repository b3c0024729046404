"""``rukang db``: made once, repeated safely, and back again."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.rukang.doors.cli.conftest import Rukang


def test_a_database_is_made_once(rukang: Rukang) -> None:
    """A new database is announced, keys are made beside it, and a second time changes nothing."""
    first, second = rukang("db", "init"), rukang("db", "init")
    keys = Path("rukang-data/keys.txt")
    assert "新建数据库" in first.err
    assert second.err == ""
    assert str(keys.resolve()) in first.out
    assert "还没有机构" in rukang("db", "show").out


def test_going_back_asks_first(rukang: Rukang, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a yes nothing happens; with it the tables go; an unknown revision is told."""
    answers = {"n\n": 1, "y\n": 0}
    for answer, code in answers.items():
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        assert rukang("db", "downgrade").code == code
        is_there = "ZP001" in rukang("db", "show").out
        assert is_there is (code == 1)
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert "没有可退回的版本" in rukang("db", "downgrade", "--revision", "nope").err
