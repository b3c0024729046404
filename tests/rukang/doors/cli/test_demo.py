"""``rukang demo``: the whole house on the example workbooks, twice, and where it refuses."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from rukang import rosters
from rukang.base.settings import Settings
from rukang.rosters import find_plan
from tests.rukang.doors.cli.conftest import DEMO, Rukang

WRITTEN = {
    "roster/roster.xlsx",
    "roster/roster.ics",
    "roster/roster.html",
    "payroll/payslips.pdf",
    "payroll/payslips-easy-read.pdf",
    "payroll/insurance.xlsx",
    "payroll/employer-invoices.xlsx",
    "payroll/payslips.xlsx",
    "payroll/bank-list.xlsx",
    "payroll/income-tax-import.xlsx",
    "payroll/summary.xlsx",
    "rating/report.html",
}


def test_the_demo_writes_every_document_and_can_be_repeated(rukang: Rukang, tmp_path: Path) -> None:
    """Both runs end well with the same documents; its roster passes the check, its commands run."""
    out = tmp_path / "示例 output"
    for work in ("500", "1000"):
        said = rukang("demo", "--example", DEMO, "--out", out, "--iterations", work)
        assert said.code == 0, said.err
        _opened(out)
        assert all(f"→ {out / name}" in said.out for name in WRITTEN)
    here = Settings(out / "data", f"sqlite:///{out / 'data' / 'rukang.sqlite'}")
    with here.open().session() as session:
        assert rosters.recount(find_plan(session, 1)) == []
    explained = rukang("roster", "explain", "--plan", "1", "--data", out / "data")
    assert (explained.code, "夜班：最多与最少相差" in explained.out) == (0, True)
    account, serve = (line.strip() for line in said.out.splitlines()[-2:])
    assert shlex.split(serve)[1:] == ["serve", "--data", str(out / "data")]
    program, *words = shlex.split(account)
    assert shutil.which(program) is not None
    password = out / "password.txt"
    password.write_text("four words in a row")
    made = rukang(*words, "--name", "示例人", "--password-file", password)
    assert "已建立账号" in made.out


def test_the_demo_refuses_without_its_workbooks(rukang: Rukang) -> None:
    """Outside the checkout it says where it looked and how to name the folder."""
    said = rukang("demo")
    assert (said.code, "--example" in said.err) == (1, True)


def test_the_demo_never_removes_data_of_others(rukang: Rukang, tmp_path: Path) -> None:
    """A data folder that no demo made stays, and the demo says so."""
    kept = tmp_path / "data" / "ours.txt"
    kept.parent.mkdir()
    kept.write_text("ours")
    said = rukang("demo", "--example", DEMO, "--out", tmp_path)
    assert (said.code, "不会删除" in said.err) == (1, True)
    assert kept.read_text() == "ours"


def test_the_demo_never_writes_into_a_database_in_service(
    rukang: Rukang, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an installation's database in the environment it does not begin."""
    monkeypatch.setenv("RUKANG_DATABASE_URL", "sqlite:///service.sqlite")
    said = rukang("demo", "--example", DEMO)
    assert (said.code, "RUKANG_DATABASE_URL" in said.err) == (1, True)


def _opened(out: Path) -> None:
    """Open every document again."""
    files = {f"{path.relative_to(out)}": path for path in out.rglob("*") if path.is_file()}
    assert set(files) >= WRITTEN
    for name in WRITTEN:
        file = files[name]
        match file.suffix:
            case ".xlsx":
                assert load_workbook(file).sheetnames
            case ".ics":
                assert Calendar.from_ical(file.read_bytes()).walk("VEVENT")
            case ".html":
                assert "</html>" in file.read_text(encoding="utf-8")
            case ".pdf":
                assert file.read_bytes().startswith(b"%PDF")
