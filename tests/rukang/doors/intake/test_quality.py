"""07-质量记录: what cannot be, what is replaced, and what no workbook takes away."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from rostering.sheets import WorkbookError
from rukang.base.access import Database
from rukang.bodies.homes import find_home
from rukang.care.quality import (
    Complaint,
    Incident,
    ReportedMonth,
    Survey,
    Training,
)
from rukang.doors.intake import import_workbooks
from rukang.people import Resident, Staff
from tests.demo import DEMO
from tests.factories import an_incident
from tests.rukang.doors.intake.conftest import Edited, Refused, both, entries, only, put

BEFORE = [DEMO / name for name in ("01-机构.xlsx", "02-人员.xlsx", "03-员工与排班.xlsx")]
QUALITY = DEMO / "07-质量记录.xlsx"
NOVEMBER = datetime(2026, 11, 2)  # noqa: DTZ001 - a cell has no time zone
TENTH = datetime(2026, 10, 10)  # noqa: DTZ001
NINTH = datetime(2026, 10, 9)  # noqa: DTZ001
LONG = "字" * 201

WRONG: list[tuple[str, str, str, Any, str]] = [
    ("事件", "E2610-01", "日期", NOVEMBER, "不在本表月份"),
    ("事件", "E2610-01", "类别", "地震", "应为以下之一"),
    ("事件", "E2610-01", "严重", "大", "应为“是”或“否”"),
    ("事件", "E2610-01", "机构有责任", "也许", "应为“是”或“否”"),
    ("事件", "E2610-01", "经过", LONG, "200"),
    ("事件", "E2610-01", "经过", "员工贺玉珍扶起一名园友", "姓名"),
    ("事件", "E2610-02", "编号", "E2610-01", "重复"),
    ("投诉", "T2610-01", "收到日期", NOVEMBER, "不在本表月份"),
    ("投诉", "T2610-01", "事项", "天气", "应为以下之一"),
    ("投诉", "T2610-01", "内容", "投诉贺玉珍", "姓名"),
    ("投诉", "T2610-01", "办结日期", None, "同时填写"),
    ("投诉", "T2610-01", "属实", None, "同时填写"),
    ("投诉", "T2610-01", "办结日期", NINTH, "早于收到日期"),
    ("投诉", "T2610-02", "编号", "T2610-01", "重复"),
    ("培训", "S04", "日期", NOVEMBER, "不在本表月份"),
    ("培训", "S04", "员工编号", "S99", "没有这个编号"),
    ("培训", "S04", "姓名", "别人", "错行"),
    ("培训", "S04", "小时", 0, "应大于"),
    ("培训", "S04", "小时", 25, "24"),
    ("满意度", "2026-10-28 00:00:00", "调查日期", NOVEMBER, "不在本表月份"),
    ("满意度", "2026-10-28 00:00:00", "发出份数", 51, "多于发出份数"),
    ("满意度", "2026-10-28 00:00:00", "满意份数", 53, "多于收回份数"),
]

RIGHT: list[tuple[str, str, str, Any]] = [
    ("事件", "E2610-01", "机构有责任", None),
    ("事件", "E2610-01", "经过", LONG[:200]),
    ("投诉", "T2610-01", "办结日期", TENTH),
    ("培训", "S04", "小时", 24),
    ("满意度", "2026-10-28 00:00:00", "发出份数", 52),
    ("满意度", "2026-10-28 00:00:00", "满意份数", 52),
]


@pytest.fixture
def staffed(empty_database: Database) -> Database:
    """A database with the demonstration home, its people and staff."""
    import_workbooks(empty_database, BEFORE)
    return empty_database


@pytest.mark.parametrize(("sheet", "key", "header", "value", "words"), WRONG)
def test_what_cannot_be(
    refused: Refused, sheet: str, key: str, header: str, value: Any, words: str
) -> None:
    """A wrong cell is reported with file, sheet, row and column, saying why."""
    findings = refused("07", put(sheet, key, header, value))
    place = {(f.file, f.sheet) for f in findings}
    assert place == {("07.xlsx", sheet)}
    assert any(words in f.zh and f.en and f.row and f.column for f in findings)


def test_what_just_can_be(staffed: Database, edited: Edited) -> None:
    """What stands on the edge of each rule is taken in."""
    path = edited("07", both(*(put(*right) for right in RIGHT)))
    assert import_workbooks(staffed, [path])[0].stored


def test_hours_of_a_day_add_up(refused: Refused) -> None:
    """Two rows of one day are one day of 24 hours, and one topic stands once."""
    twice = both(put("培训", "S02", "小时", 24), _again("S02", "另一项培训"))
    assert {f.header for f in refused("07", twice)} == {"小时"}
    assert "重复" in only(refused("07", _again("S02", "失能照护基本技能"))).zh


def test_training_within_the_contract(staffed: Database, edited: Edited) -> None:
    """Who left before the day was not trained on it; who left on the day may have been."""
    with staffed.session() as session:
        member = session.scalars(select(Staff).where(Staff.code == "S04")).one()
        member.contract_to = date(2026, 10, 13)
    with pytest.raises(WorkbookError) as caught:
        import_workbooks(staffed, [QUALITY])
    assert "合同期" in only(list(caught.value.findings)).zh
    with staffed.session() as session:
        member = session.scalars(select(Staff).where(Staff.code == "S04")).one()
        member.contract_to = date(2026, 10, 14)
    assert import_workbooks(staffed, [QUALITY])[0].stored


def test_a_resident_is_not_named_either(staffed: Database, edited: Edited) -> None:
    """The names of residents are looked for like those of staff."""
    with staffed.session() as session:
        name = session.scalars(select(Resident).where(Resident.code == "R01")).one().person.name
    with pytest.raises(WorkbookError) as caught:
        import_workbooks(staffed, [edited("07", put("事件", "E2610-01", "经过", f"{name}滑倒"))])
    assert name not in only(list(caught.value.findings)).zh


def test_importing_again_changes_what_differs(staffed: Database, edited: Edited) -> None:
    """The same again writes nothing; a corrected month replaces what workbooks brought of it."""
    import_workbooks(staffed, [QUALITY])
    before = entries(staffed)
    assert not import_workbooks(staffed, [QUALITY])[0].stored
    assert entries(staffed) == before
    path = edited("07", both(_without("事件", "E2610-02"), put("投诉", "T2610-01", "属实", "否")))
    import_workbooks(staffed, [path])
    with staffed.session() as session:
        assert [of.code for of in session.scalars(select(Incident))] == ["E2610-01"]
        assert {of.code: of.upheld for of in session.scalars(select(Complaint))} == {
            "T2610-01": False,
            "T2610-02": None,
        }
    # One incident gone, one complaint and its case changed, the file noted.
    assert entries(staffed) - before == 4


def test_other_months_stay(staffed: Database, edited: Edited) -> None:
    """An empty November says that nothing happened then, and leaves October alone."""
    import_workbooks(staffed, [QUALITY, edited("07", _empty_november)])
    with staffed.session() as session:
        months = session.scalars(select(ReportedMonth.month).order_by(ReportedMonth.month)).all()
        assert months == [date(2026, 10, 1), date(2026, 11, 1)]
        assert len(session.scalars(select(Training)).all()) == 16
        assert len(session.scalars(select(Survey)).all()) == 1


def test_what_was_entered_by_itself_stays(staffed: Database, edited: Edited) -> None:
    """A workbook takes away nothing that was entered otherwise, nor writes over it."""
    with staffed.session() as session:
        home = find_home(session, "ZP001")
        an_incident(session, home, "E-1", date(2026, 10, 5), "厨房冒烟，已处置", kind="火情")
    import_workbooks(staffed, [QUALITY])
    with staffed.session() as session:
        codes = {incident.code for incident in session.scalars(select(Incident))}
        assert codes == {"E-1", "E2610-01", "E2610-02"}
    with pytest.raises(WorkbookError) as caught:
        import_workbooks(staffed, [edited("07", put("事件", "E2610-01", "编号", "E-1"))])
    assert "已有记录" in only(list(caught.value.findings)).zh


def test_a_code_of_another_month_is_taken(staffed: Database, edited: Edited) -> None:
    """One code is one complaint, whichever month it came in."""

    def november(book: Workbook) -> None:
        _empty_november(book)
        row = ["T2610-01", NOVEMBER, "照护", "又一次（虚构）", None, None]
        book["投诉"].append(row)

    import_workbooks(staffed, [QUALITY])
    with pytest.raises(WorkbookError) as caught:
        import_workbooks(staffed, [edited("07", november)])
    assert "2026-10-10" in only(list(caught.value.findings)).zh


def _empty_november(book: Workbook) -> None:
    put("填报信息", "ZP001", "月份", "2026-11")(book)
    for sheet in ("事件", "投诉", "培训", "满意度"):
        book[sheet].delete_rows(2, 50)


def _without(sheet: str, key: str) -> Any:
    def edit(book: Workbook) -> None:
        page = book[sheet]
        page.delete_rows(next(c[0].row for c in page.iter_rows() if c[0].value == key))

    return edit


def _again(code: str, topic: str) -> Any:
    """Return an edit that trains somebody once more on the day of the first training."""

    def edit(book: Workbook) -> None:
        page = book["培训"]
        row = next(c for c in page.iter_rows(values_only=True) if c[0] == code)
        page.append([*row[:3], topic, 1])

    return edit
