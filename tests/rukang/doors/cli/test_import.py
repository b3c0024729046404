"""``rukang import``: what was stored, what was stored before, and every finding of a bad file."""

from __future__ import annotations

import shutil
from pathlib import Path

from openpyxl import load_workbook

from tests.rukang.doors.cli.conftest import DEMO, Rukang


def test_a_workbook_is_stored_once(rukang: Rukang, empty: Path) -> None:
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


def test_no_workbook_at_all_is_told(rukang: Rukang, empty: Path, tmp_path: Path) -> None:
    """A folder without workbooks, a missing file and another kind of file are refused."""
    (tmp_path / "notes.txt").write_text("no workbook")
    assert "没有 .xlsx 工作簿" in rukang("import", tmp_path).err
    assert "找不到文件" in rukang("import", "nowhere.xlsx").err
    assert "不是可读的 .xlsx 工作簿" in rukang("import", "notes.txt").err


def test_one_stray_file_does_not_block_the_others(
    rukang: Rukang, empty: Path, tmp_path: Path
) -> None:
    """What was stored is said, then what was left out and why; the exit code is 1."""
    shutil.copytree(DEMO, tmp_path / "in")
    (tmp_path / "in" / "~$02-人员.xlsx").write_bytes(b"lock")
    said = rukang("import", "in")
    assert said.code == 1
    assert said.out.count("已存入") == 6
    assert "~$02-人员.xlsx" in said.err
    assert "请先保存并关闭" in said.err


def test_a_month_comes_out_as_it_went_in(rukang: Rukang, home: Path, tmp_path: Path) -> None:
    """Half a day among its marks; the file is for its owner and imports as it is."""
    out = tmp_path / "out"
    said = rukang("attendance", "--home", "ZP001", "--month", "2026-10", "--out", out)
    path = out / "05-出勤与计件-ZP001-2026-10.xlsx"
    assert (said.code, path.name in said.out.replace("\n", "")) == (0, True)
    assert path.stat().st_mode & 0o077 == 0
    sheet = load_workbook(path)["考勤"]
    assert sheet["A39"].value == "R38"
    assert sheet["Q39"].value == "出/事"
    assert "已存入" in rukang("import", path).out
    assert rukang("attendance", "--home", "ZP999", "--month", "2026-10", "--out", out).code == 1
