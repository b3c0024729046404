"""Workbooks that are no such workbook, of another home, or not the caller's to import."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from rostering.sheets import WorkbookError
from rukang.base.access import Caller, Database, Grant, Role
from rukang.base.errors import NotAllowedError
from rukang.bodies.homes import find_home
from rukang.doors.intake import import_workbooks
from tests.demo import DEMO
from tests.rukang.doors.intake.conftest import Edited, Refused, both, only, put


def test_missing_sheet(refused: Refused) -> None:
    """A sheet that is not there is named, with those that are."""
    finding = only(refused("02", lambda book: book.remove(book["监护人"])))
    assert (finding.file, finding.sheet) == ("02.xlsx", "监护人")
    assert "入园人员" in finding.zh


def test_wrong_header(refused: Refused) -> None:
    """A wrong header is reported at its cell, and the right one as missing."""
    findings = refused("02", lambda book: book["监护人"].__setitem__("D1", "手机"))
    assert {(f.sheet, f.row, f.column) for f in findings} >= {("监护人", 1, "D")}
    assert any(f.header == "电话" for f in findings)


def test_date_as_text(refused: Refused) -> None:
    """A date typed as text is reported with its cell, its text, and how to mend it."""
    finding = only(refused("02", put("入园人员", "R03", "入园日期", "2023年1月30日")))
    assert (finding.sheet, finding.row, finding.column) == ("入园人员", 4, "H")
    assert finding.found == "2023年1月30日"
    assert "日期" in finding.zh
    assert "date" in finding.en


def test_all_problems_of_a_file_at_once(refused: Refused) -> None:
    """Problems of several sheets and kinds come together."""
    edits = both(
        put("入园人员", "R03", "入园日期", "昨天"),
        put("入园人员", "R04", "性别", "男性"),
        put("监护人", "R09", "电话", "无"),
        put("监护人", "R10", "人员编号", "R99"),
    )
    findings = refused("02", edits)
    assert {f.header for f in findings} >= {"入园日期", "性别", "电话", "人员编号"}
    assert {f.sheet for f in findings} == {"入园人员", "监护人"}


def test_no_workbook(demo_database: Database, tmp_path: Path) -> None:
    """A file that is no workbook is refused in words."""
    path = tmp_path / "02-人员.xlsx"
    path.write_text("人员")
    with pytest.raises(WorkbookError, match="不是可读的"):
        import_workbooks(demo_database, [path])


def test_unknown_kind(demo_database: Database, tmp_path: Path) -> None:
    """A workbook without any known sheet is refused, naming the kinds there are."""
    path = tmp_path / "其他.xlsx"
    Workbook().save(path)
    with pytest.raises(WorkbookError, match="02-人员"):
        import_workbooks(demo_database, [path])


def test_another_home(demo_database: Database, refused: Refused) -> None:
    """A workbook of an unknown home is refused, as is one of another home than asked for."""
    finding = only(refused("05", put("填报信息", "ZP001", "机构编号", "ZP009")))
    assert finding.found == "ZP009"
    with pytest.raises(WorkbookError, match="ZP002"):
        import_workbooks(demo_database, [DEMO / "02-人员.xlsx"], home_code="ZP002")


@pytest.mark.parametrize("month", ["十月", "2026-13", datetime(2026, 10, 5)])  # noqa: DTZ001
def test_wrong_month(refused: Refused, month: object) -> None:
    """A month is a year and a month, or the first day of one."""
    assert only(refused("05", put("填报信息", "ZP001", "月份", month))).header == "月份"


def test_month_as_a_date(demo_database: Database, edited: Edited) -> None:
    """The first day of the month is taken for the month."""
    path = edited("02", put("填报信息", "ZP001", "月份", datetime(2026, 10, 1)))  # noqa: DTZ001
    assert import_workbooks(demo_database, [path])[0].rows == 126


def test_two_rows_of_form(refused: Refused) -> None:
    """A workbook is about one home and one month."""
    finding = only(refused("02", lambda book: book["填报信息"].append(["ZP001", "2026-11"])))
    assert finding.sheet == "填报信息"


def test_only_an_administrator_imports_the_register(demo_database: Database) -> None:
    """A manager of the home may not change the register."""
    with pytest.raises(NotAllowedError):
        import_workbooks(demo_database, [DEMO / "01-机构.xlsx"], _caller(demo_database))


def test_a_manager_imports_people_but_not_wages(demo_database: Database, edited: Edited) -> None:
    """Whose home it is may import people; contracts are the clerk's; no one another home's."""
    manager = _caller(demo_database)
    people = edited("02", put("监护人", "R02", "电话", "0000-1111111"))
    assert import_workbooks(demo_database, [people], manager)[0].stored
    with pytest.raises(WorkbookError, match="无权"):
        import_workbooks(demo_database, [DEMO / "04-用工单位.xlsx"], manager)
    stranger = Caller("stranger", (Grant(Role.MANAGER, home_id=999),))
    with pytest.raises(WorkbookError, match="无权"):
        import_workbooks(demo_database, [people], stranger)
    import_workbooks(demo_database, [DEMO / "02-人员.xlsx"])


def _caller(database: Database) -> Caller:
    with database.session() as session:
        home = find_home(session, "ZP001")
    return Caller("manager", (Grant(Role.MANAGER, home_id=home.id),))
