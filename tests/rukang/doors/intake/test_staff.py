"""03-员工与排班: shift lengths, leave, wishes, the running week, expected days."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from rukang.base.access import Database
from rukang.doors.intake import import_workbooks
from tests.rukang.doors.intake.conftest import Edited, Refused, both, only, put


def day(month: int, of_month: int) -> datetime:
    """Return a day of 2026 as a spreadsheet holds it."""
    return datetime(2026, month, of_month)  # noqa: DTZ001


def test_shift_past_midnight(demo_database: Database, edited: Edited) -> None:
    """A night that ends on the next day is as long as its clock says."""
    edit = both(put("班次", "夜", "开始", time(22)), put("班次", "夜", "时长（分钟）", 540))
    edit = both(edit, put("班次", "夜", "计薪时长（分钟）", 540))
    assert import_workbooks(demo_database, [edited("03", edit)])[0].stored


def test_length_that_is_not_the_clocks(refused: Refused) -> None:
    """A length that does not follow from start and end is refused, saying which would."""
    finding = only(refused("03", put("班次", "夜", "时长（分钟）", 540)))
    assert finding.header == "时长（分钟）"
    assert "600" in finding.zh


def test_paid_longer_than_present(refused: Refused) -> None:
    """Nobody is paid for longer than the shift lasts."""
    assert only(refused("03", put("班次", "白", "计薪时长（分钟）", 511))).found == "511"


WRONG: list[tuple[str, str, str, Any]] = [
    ("休假", "S02", "开始日期", day(9, 30)),
    ("休假", "S05", "结束日期", day(11, 2)),
    ("休假", "S21", "结束日期", day(10, 1)),
    ("休假", "S24", "员工编号", "S99"),
    ("意愿", "S06", "日期", day(11, 1)),
    ("意愿", "S04", "班次", "晚"),
    ("意愿", "S08", "意愿", "随便"),
    ("意愿", "S09", "程度", 11),
    ("照护配比", "早", "班次", "晚"),
    ("照护配比", "白", "照护对象", "全部"),
    ("上周班表", "S03", "9月24日", "晚"),
    ("上周班表", "S04", "姓名", "别人"),
    ("员工与合同", "S03", "可任岗位", "厨师"),
    ("员工与合同", "S04", "合同结束", day(1, 1).replace(year=2020)),
    ("员工与合同", "S05", "周工时（小时）", 44),
    ("员工与合同", "S07", "可排夜班", "是"),
    ("员工与合同", "S08", "身份证号", "371681199003070002"),
    ("员工与合同", "S10", "工时制度", "弹性"),
    ("班次", "早", "开始", "七点"),
    ("班次", "中", "计薪时长（分钟）", 481),
    ("预计出勤", "2026-10-01 00:00:00", "工坊", -1),
]


def test_what_cannot_be(refused: Refused) -> None:
    """Each wrong cell of a workbook is reported at its sheet and header, all of them at once."""
    findings = refused("03", both(*(put(*wrong) for wrong in WRONG)))
    places = {(f.sheet, f.header) for f in findings}
    assert {(sheet, header) for sheet, _, header, _ in WRONG} <= places
    assert all(f.zh and f.en for f in findings)


def test_overlapping_leave(refused: Refused) -> None:
    """Leave of one person may not overlap."""
    edit = both(
        put("休假", "S11", "员工编号", "S05"),
        put("休假", "S15", "员工编号", "S05"),
    )
    assert "重叠" in only(refused("03", edit)).zh


def test_day_missing_from_expected(refused: Refused) -> None:
    """Every day of the month needs its row, also one on which nobody comes."""
    finding = only(refused("03", lambda book: book["预计出勤"].delete_rows(5)))
    assert "4日" in finding.zh


def test_expected_of_another_month(refused: Refused) -> None:
    """A day of another month is refused, and the day it displaced is missing."""
    findings = refused("03", lambda book: book["预计出勤"].__setitem__("A5", day(11, 4)))
    assert {f.row for f in findings} == {5, None}
