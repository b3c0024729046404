"""``rukang import``: what was stored, what was stored before, and every finding of a bad file."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.rukang.cli.conftest import DEMO, Rukang


def test_a_workbook_is_stored_once(rukang: Rukang) -> None:
    """The first import stores the register, the second says that it was stored before."""
    register = DEMO / "01-机构.xlsx"
    assert "已存入 1 行" in rukang("import", register).out
    assert "已导入过" in rukang("import", register).out
    assert "邹平市如康家园示例站" in rukang("db", "show").out


def test_a_score_sheet_is_only_checked(rukang: Rukang, home: Path) -> None:
    """A score sheet is not told as stored before, but as kept when the home is rated."""
    said = rukang("import", DEMO)
    assert said.code == 0
    assert said.out.count("已导入过") == 6
    assert "rukang rate" in said.out


def test_a_broken_workbook_prints_every_finding(rukang: Rukang, home: Path, tmp_path: Path) -> None:
    """File, sheet, row, column, what stands there and what is expected; nothing is stored."""
    book = load_workbook(DEMO / "03-员工与排班.xlsx")
    book["休假"]["B2"] = "下周一"
    book["班次"]["E2"] = "早上"
    book.save(tmp_path / "改坏.xlsx")
    said = rukang("import", tmp_path / "改坏.xlsx")
    assert said.code == 1
    assert "2 处问题，整份未采用" in said.err
    assert "改坏.xlsx › 休假 › 第 2 行 B 列“开始日期”：读到“下周一”" in said.err
    assert "改坏.xlsx › 班次 › 第 2 行 E 列" in said.err
    assert "已导入过" in rukang("import", DEMO / "03-员工与排班.xlsx").out


def test_no_workbook_at_all_is_told(rukang: Rukang, tmp_path: Path) -> None:
    """A folder without workbooks, a missing file and another kind of file are refused."""
    (tmp_path / "notes.txt").write_text("no workbook")
    assert "没有 .xlsx 工作簿" in rukang("import", tmp_path).err
    assert "找不到文件" in rukang("import", "nowhere.xlsx").err
    assert "不是可读的 .xlsx 工作簿" in rukang("import", "notes.txt").err
