"""05-出勤与计件: hours paid by the hour and beyond normal time, and the month's other amounts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from rukang.base.access import Database
from rukang.care.attendance import HoursWorked
from rukang.doors.intake import import_workbooks
from rukang.pay import PayItem, PayItemKind
from tests.demo import DEMO
from tests.rukang.doors.intake.conftest import Edit, Edited, Refused, both, only, put

A, B = "91371681MAEXAMPL1E", "91371602MAEXAMPL24"
PART_TIME = {
    "用工形式": "非全日制",
    "月工资（元）": None,
    "小时工资（元）": 23,
    "发薪周期（天）": 15,
}


def day(of_october: int) -> datetime:
    """Return a day as a spreadsheet holds it."""
    return datetime(2026, 10, of_october)  # noqa: DTZ001


def row(sheet: str, *cells: Any) -> Edit:
    """Return an edit that adds a row below the others of a sheet."""

    def edit(book: Workbook) -> None:
        page = book[sheet]
        at = next(n for n in range(2, 500) if page.cell(n, 1).value is None)
        for column, cell in enumerate(cells, 1):
            page.cell(at, column).value = cell

    return edit


HOURS: list[tuple[tuple[Any, ...], str, str]] = [
    (("R02", "李承泽", day(8), 0, 25), "正常小时", "一天只有 24 小时"),
    (("R02", "李承泽", day(8), 0, 0), "正常小时", "都没有"),
    (("R02", "李承泽", day(8), 4, 0), "正常小时", "不是非全日制"),
    (("R37", "孙小满", day(8), 0, 2), "加班小时", "只有劳动合同"),
    (("R02", "李承泽", day(8), 0, 2, 1), "其中补休小时", "休息日"),
    (("R02", "李承泽", day(18), 0, 2), "日期", "不是出勤"),
    (("R99", "谁", day(8), 0, 2), "人员编号", "没有这个编号"),
    (("R02", "别人", day(8), 0, 2), "姓名", "错行"),
    (("R02", "李承泽", day(8), 0, 2, 0, B), "统一社会信用代码", "没有在该单位"),
]


@pytest.mark.parametrize(("cells", "header", "words"), HOURS)
def test_hours_that_cannot_be(
    refused: Refused, cells: tuple[Any, ...], header: str, words: str
) -> None:
    """More than a day has, none, of no such work, of a day not worked, of nobody."""
    findings = refused("05", row("工时", *cells))
    assert any(f.header == header and words in f.zh and f.sheet == "工时" for f in findings)


ITEMS: list[tuple[tuple[Any, ...], str, str]] = [
    (("R02", "李承泽", "扣款", None, 100), "名称", "必须写明"),
    (("R02", "李承泽", "扣款", "损坏赔偿", 100, "是"), "免税", "只有津贴"),
    (("R02", "李承泽", "红包", "月奖", 100), "项目", "应为以下之一"),
    (("R02", "李承泽", "一般津贴", "岗位津贴", 0), "金额（元）", "大于"),
    (("R57", "谭守望", "一般津贴", "岗位津贴", 10), "人员编号", "没有在该单位"),
]


@pytest.mark.parametrize(("cells", "header", "words"), ITEMS)
def test_amounts_that_cannot_be(
    refused: Refused, cells: tuple[Any, ...], header: str, words: str
) -> None:
    """No reason, exempt without being pay, no known kind, nothing, nobody's employment."""
    finding = only(refused("05", row("津贴与扣款", *cells)))
    assert (finding.sheet, finding.header, words in finding.zh) == ("津贴与扣款", header, True)


def test_two_rows_of_a_day_are_its_hours_together(refused: Refused) -> None:
    """With and without the employer's name they are of one day, which has 24 hours."""
    rows = both(
        row("工时", "R02", "李承泽", day(8), 0, 13),
        row("工时", "R02", "李承泽", day(8), 0, 12, 0, A),
    )
    findings = refused("05", rows)
    assert [finding.header for finding in findings] == ["正常小时"] * 2
    assert "合计 25 小时" in findings[0].zh


def test_the_same_twice_is_refused(refused: Refused) -> None:
    """Hours of one day, and one amount, are entered once."""
    hours, item = ("R02", "李承泽", day(8), 0, 2), ("R02", "李承泽", "一般津贴", "岗位津贴", 10)
    twice = both(*[row("工时", *hours)] * 2, *[row("津贴与扣款", *item)] * 2)
    found = {finding.sheet for finding in refused("05", twice) if "重复" in finding.zh}
    assert found == {"工时", "津贴与扣款"}


def test_hours_and_amounts_of_the_month_are_kept_and_replaced(
    empty_database: Database, edited: Edited
) -> None:
    """With the employer where it is named; a corrected file replaces them whole."""
    before = [DEMO / name for name in ("01-机构.xlsx", "02-人员.xlsx", "04-用工单位.xlsx")]
    import_workbooks(empty_database, before)
    first = both(
        row("工时", "R02", "李承泽", day(8), None, 2.5, None, A),
        row("津贴与扣款", "R02", "李承泽", "高温低温津贴", "防暑降温费", 200, "是"),
        row("津贴与扣款", "R02", "李承泽", "扣款", "工装押金", 50),
    )
    import_workbooks(empty_database, [edited("05", first)])
    with empty_database.session() as session:
        hours = session.scalars(select(HoursWorked)).one()
        assert (hours.day, hours.overtime, hours.lieu) == (date(2026, 10, 8), Decimal("2.5"), 0)
        assert hours.employer_id is not None
        items = {item.kind: item for item in session.scalars(select(PayItem))}
        assert items[PayItemKind.TEMPERATURE].amount_fen == 200_00
        assert {kind: item.taxable for kind, item in items.items()} == {
            PayItemKind.TEMPERATURE: False,
            PayItemKind.DEDUCTION: True,
        }
    import_workbooks(empty_database, [edited("05", row("工时", "R03", "王雨晴", day(8), 0, 1))])
    with empty_database.session() as session:
        assert [of.resident.code for of in session.scalars(select(HoursWorked))] == ["R03"]
        assert session.scalars(select(PayItem)).all() == []


def _terms(**changes: Any) -> Edit:
    cells = {**PART_TIME, **changes}
    return both(*(put("用工关系", "R02", header, value) for header, value in cells.items()))


@pytest.mark.parametrize(
    ("changes", "header", "words"),
    [
        ({"小时工资（元）": 10}, "小时工资（元）", "低于小时最低工资"),
        ({"小时工资（元）": None}, "小时工资（元）", "须填写"),
        ({"发薪周期（天）": None}, "发薪周期（天）", "须填写"),
        ({"月工资（元）": 2300}, "月工资（元）", "请留空"),
        ({"申报基数（元）": None}, "申报基数（元）", "工伤保险"),
    ],
)
def test_part_time_terms_that_cannot_be(
    refused: Refused, changes: dict[str, Any], header: str, words: str
) -> None:
    """Below the hourly minimum, without wage or pay cycle, with a month's wage, without a base."""
    finding = only(refused("04", _terms(**changes)))
    assert (finding.header, words in finding.zh) == (header, True)


def test_a_contract_has_no_hourly_wage(refused: Refused) -> None:
    """Terms of another kind of work are a slip, and said so."""
    assert "请留空" in only(refused("04", put("用工关系", "R02", "小时工资（元）", 23))).zh


def test_part_time_hours_are_kept(empty_database: Database, edited: Edited) -> None:
    """Somebody paid by the hour has normal hours and no overtime."""
    part_time = both(_terms(), put("年度累计", "R02", "累计收入（元）", 100))
    books = [DEMO / "01-机构.xlsx", DEMO / "02-人员.xlsx", edited("04", part_time)]
    import_workbooks(empty_database, books)
    import_workbooks(empty_database, [edited("05", row("工时", "R02", "李承泽", day(8), 3.5))])
    with empty_database.session() as session:
        assert session.scalars(select(HoursWorked.normal)).one() == Decimal("3.5")
