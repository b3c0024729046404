"""``rukang edition``: list, check, compare."""

from __future__ import annotations

from pathlib import Path

from tests.rukang.cli.conftest import Rukang
from tests.rukang.rating.tiny import TINY


def test_editions_and_outlines_are_listed(rukang: Rukang) -> None:
    """Each with its label: which are examples, which are known by structure only."""
    said = rukang("edition", "list").out
    assert "example-2026" in said
    assert "本地示例，非官方" in said
    assert "zhejiang" in said
    assert "只知结构" in said


def test_an_edition_is_checked(rukang: Rukang) -> None:
    """A sound one is said to be; faults are listed; an outline says what to supply."""
    assert "✓ example-2026" in rukang("edition", "lint", "example-2026").out
    Path("wrong.yaml").write_text(TINY.replace("points: 20", "points: 21"), encoding="utf-8")
    wrong = rukang("edition", "lint", "wrong.yaml")
    assert (wrong.code, "应为 21 分" in wrong.err) == (1, True)
    outline = rukang("edition", "lint", "guangdong-2022")
    assert (outline.code, "5 星的分数线" in outline.err) == (1, True)


def test_two_editions_are_compared(rukang: Rukang) -> None:
    """Sentence by sentence, and counted."""
    Path("old.yaml").write_text(TINY, encoding="utf-8")
    Path("new.yaml").write_text(TINY.replace("at_least: 12", "at_least: 13"), encoding="utf-8")
    said = rukang("edition", "diff", "old.yaml", "new.yaml").out
    assert "2 星的分数线 12 → 13" in said
    assert "1 处不同" in said
