"""``rukang edition``: list, check, compare."""

from __future__ import annotations

from pathlib import Path

from tests.rukang.doors.cli.conftest import Rukang
from tests.rukang.engines.rating.tiny import TINY


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


OWN = TINY.replace("id: tiny", "id: binzhou-1\nplace: '371600'")


def test_an_own_edition_is_added_put_in_force_and_retired(rukang: Rukang, home: Path) -> None:
    """Each step said, and listed with its state; faults are told at line and column."""
    Path("own.yaml").write_text(OWN.replace("per_unit", "per_unti"), encoding="utf-8")
    refused = rukang("edition", "add", "own.yaml")
    assert refused.code == 1
    assert "没有 per_unti 这一项，是不是 per_unit？" in refused.err
    assert "line 37, column 46" in refused.err
    Path("own.yaml").write_text(OWN, encoding="utf-8")
    assert rukang("edition", "add", "own.yaml").code == 0
    assert len(list((home / "editions").glob("*.yaml"))) == 1
    assert "待施行" in rukang("edition", "list").out
    assert "✓ binzhou-1：7 项指标" in rukang("edition", "lint", "binzhou-1").out
    assert "371600" in rukang("edition", "start", "binzhou-1").out
    assert "施行 in force" in rukang("edition", "list").out
    assert rukang("edition", "start", "binzhou-1").code == 1
    retired = rukang("edition", "retire", "binzhou-1", "--why", "有误", "--last", "2026-12-01")
    assert "until 2026-12-01" in retired.out
    assert "until 2026-12-01（有误）" in rukang("edition", "list").out
    assert "2 星的分数线" not in rukang("edition", "diff", "binzhou-1", "own.yaml").out


def test_a_faulty_document_in_the_folder_stops_nothing(rukang: Rukang, home: Path) -> None:
    """It is listed with its faults, beside the others."""
    (home / "editions").mkdir()
    (home / "editions" / "draft.yaml").write_text("id: draft\n", encoding="utf-8")
    said = rukang("edition", "list")
    assert said.code == 0
    assert "draft.yaml" in said.out
    assert "example-2026" in said.out
