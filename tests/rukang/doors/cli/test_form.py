"""Workbooks written by command: blank, with what is recorded, and what their columns mean."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.rukang.doors.cli.conftest import Rukang


def test_a_workbook_goes_out_and_comes_back(rukang: Rukang, home: Path, tmp_path: Path) -> None:
    """What is exported can be imported; the blank one has headers only."""
    of = ("quality", "--home", "ZP001", "--month", "2026-10", "--out", str(tmp_path))
    name = "07-质量记录-ZP001-2026-10.xlsx"
    assert name in rukang("form", "blank", *of).out
    assert load_workbook(tmp_path / name)["事件"].max_row == 1
    assert rukang("form", "export", *of).code == 0
    assert load_workbook(tmp_path / name)["事件"].max_row > 1
    assert rukang("import", str(tmp_path / name)).code == 0


def test_columns_are_told(rukang: Rukang) -> None:
    """In words of both languages; a workbook that is none is refused with those there are."""
    assert "| 机构有责任* | 是 / 否" in rukang("form", "columns", "quality").out
    refused = rukang("form", "columns", "nothing")
    assert refused.code == 2
    assert "quality" in refused.err


def test_single_records_by_command(rukang: Rukang, home: Path) -> None:
    """Entered, listed, changed, taken away; what is wrong is said and not kept."""
    given = ["code=E-1", "day=2026-10-05", "kind=跌倒", "grave=false", "words=一名园友滑倒"]
    of = ("incidents", "--home", "ZP001")
    values = [word for one in given for word in ("--set", one)]
    entered = rukang("form", "enter", *of, *values)
    assert entered.code == 0, entered.err
    record = entered.out.split("事件 ")[1].split("：")[0]
    listed = ("form", "list", *of, "--month", "2026-10")
    assert "E-1" in rukang(*listed).out
    wrong = rukang("form", "enter", *of, *values, "--set", "day=2099-01-01", "--id", record)
    assert (wrong.code, "还没有到" in wrong.err) == (1, True)
    assert rukang("form", "enter", *of, *values, "--set", "grave=true", "--id", record).code == 0
    removed = ("form", "remove", *of, record)
    assert rukang(*removed).code == 0
    assert rukang(*removed).code == 1
    assert "E-1" not in rukang(*listed).out
    assert rukang("form", "list", "nothing", "--home", "ZP001", "--month", "2026-10").code == 2
    assert rukang("form", "enter", *of, "--set", "day").code == 2


def test_a_complaint_is_closed_by_command(rukang: Rukang, home: Path) -> None:
    """A day before it was received is refused, and nothing is kept of it."""
    given = ["code=T-9", "received_on=2026-10-05", "about=照护", "words=等候"]
    values = [word for one in given for word in ("--set", one)]
    entered = rukang("form", "enter", "complaints", "--home", "ZP001", *values)
    record = entered.out.split("投诉 ")[1].split("：")[0]
    close = ("form", "close", "--home", "ZP001", record, "--upheld", "true", "--closed-on")
    early = rukang(*close, "2026-10-04")
    assert (early.code, "早于收到日期" in early.err) == (1, True)
    closed = rukang(*close, "2026-10-09")
    assert closed.code == 0, closed.err
    listed = rukang("form", "list", "complaints", "--home", "ZP001", "--month", "2026-10").out
    assert "2026-10-09" in listed
