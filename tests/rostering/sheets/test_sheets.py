"""The worksheet reader: values of sound cells, and one finding for each thing that is wrong."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rostering.sheets import (
    Finding,
    WorkbookError,
    WorkbookReader,
    open_workbook,
    read_sheet,
    unique,
)
from rostering.sheets.cells import LARGEST
from tests.rostering.sheets.conftest import SOUND, SOUND_PERSON, Person, Write, findings

Build = Callable[..., Path]


def test_sound_cells_become_values(person: Build) -> None:
    """Every cell type gives its Python value, and the row knows its place."""
    with open_workbook(person()) as book:
        (item,) = read_sheet(book, "人员", Person)
    assert item.value == SOUND_PERSON
    assert (item.value.wage, item.value.begins) == (201010, 450)
    assert item.value.skills == ("照护", "夜间")
    assert (item.file, item.sheet, item.row) == ("人员.xlsx", "人员", 2)


@pytest.mark.parametrize(
    ("header", "cell", "zh"),
    [
        ("工号", None, "必填"),
        ("工号", 371681199001010001, "位数过长"),
        ("工号", 1.5, "应为文字"),
        ("工号", date(2026, 1, 1), "应为文字"),
        ("入职日期", "2026-10-01", "这里是文字"),
        ("入职日期", 46296, "应为日期"),
        ("入职日期", datetime.combine(date(2026, 10, 1), time(8, 30)), "不含钟点"),
        ("离职日期", "2026-10-01", "这里是文字"),
        ("周工时", "040", "这里是文字"),
        ("周工时", 1e308, "数值过大"),
        ("周工时", "四十", "应为数字"),
        ("周工时", 41, "不能大于 40"),
        ("周工时", -1, "不能小于 0"),
        ("工资", 2010.123, "最多 2 位小数"),
        ("工资", "20,10.00", "这里是文字"),
        ("工资", True, "应为数字"),
        ("人数", 1.5, "应为整数"),
        ("人数", 0, "不能小于 1"),
        ("比例", "8%", "这里是文字"),
        ("夜班", "对", "应为“是”或“否”"),
        ("开始", "25:00", "钟点"),
        ("性别", "其他", "应为以下之一：男、女"),
        ("人数", "=1+1", "还没有计算结果"),
        ("人数", "#REF!", "公式出错"),
    ],
)
def test_wrong_cell_is_located(person: Build, header: str, cell: Any, zh: str) -> None:
    """A wrong cell gives exactly one finding with its place and what is expected."""
    (finding,) = findings(person(**{header: cell}))
    column = "ABCDEFGHIJKL"[list(SOUND).index(header)]
    assert (finding.sheet, finding.row, finding.column) == ("人员", 2, column)
    assert finding.header == header
    assert zh in finding.zh
    assert finding.en


@pytest.mark.parametrize(
    ("header", "cell", "value"),
    [
        ("工号", 1001, "1001"),
        ("工号", "  S02 ", "S02"),
        ("入职日期", datetime.combine(date(2026, 10, 2), time()), date(2026, 10, 2)),
        ("周工时", 40, Decimal(40)),
        ("周工时", "４０", Decimal(40)),
        ("工资", "2210", 221_000),
        ("工资", "2,210.00", 221_000),
        ("开始", time(7, 30), 450),
        ("开始", "7：30", 450),
        ("夜班", False, False),
        ("技能", "a,b;c，d", ("a", "b", "c", "d")),
    ],
)
def test_other_accepted_forms(person: Build, header: str, cell: Any, value: Any) -> None:
    """A cell may be typed in any form that cannot be misunderstood."""
    name = next(n for n, field in Person.model_fields.items() if field.alias == header)
    with open_workbook(person(**{header: cell})) as book:
        (item,) = read_sheet(book, "人员", Person)
    assert getattr(item.value, name) == value


def test_all_problems_at_once_and_no_row_of_theirs(write: Write) -> None:
    """Every problem of every row is found; sound rows are still read for further checks."""
    bad = SOUND | {"人数": 0, "周工时": "40 时"}
    rows = [list(row.values()) for row in (SOUND, bad, SOUND | {"夜班": "?"})]
    with (
        pytest.raises(WorkbookError) as refused,
        open_workbook(write(list(SOUND), rows)) as book,
    ):
        assert len(read_sheet(book, "人员", Person)) == 1
    assert [(f.row, f.header) for f in refused.value.findings] == [
        (3, "周工时"),
        (3, "人数"),
        (4, "夜班"),
    ]


def test_missing_header_is_found_once(write: Write) -> None:
    """A missing column is one finding, not one a row."""
    row = {header: cell for header, cell in SOUND.items() if header != "人数"}
    (finding,) = findings(write(list(row), [list(row.values())] * 3))
    assert (finding.row, finding.header) == (1, "人数")


def test_unknown_header_names_the_nearest(write: Write) -> None:
    """An unknown header is reported with the header it may have meant."""
    row = SOUND | {"技能名": "x"}
    (finding,) = findings(write(list(row), [list(row.values())]))
    assert (finding.column, finding.found) == ("M", "技能名")
    assert "是不是“技能”" in finding.zh


def test_repeated_header(write: Write) -> None:
    """A header that stands twice is reported at its second column."""
    (finding,) = findings(write([*SOUND, "工号"], [[*SOUND.values(), "S02"]]))
    assert (finding.column, finding.found) == ("M", "工号")
    assert "重复" in finding.zh


def test_column_without_header(write: Write) -> None:
    """A column with content and no header is reported at the first cell of it."""
    (finding,) = findings(write(list(SOUND), [[*SOUND.values(), "x"]]))
    assert (finding.row, finding.column, finding.found) == (2, "M", "x")


def test_blank_rows_are_skipped(write: Write) -> None:
    """Rows without any content are no rows."""
    with open_workbook(write(list(SOUND), [[None], list(SOUND.values()), [" "]])) as book:
        assert [item.row for item in read_sheet(book, "人员", Person)] == [3]


def test_missing_sheet(person: Build) -> None:
    """A missing sheet names those that are there; an optional one has no rows."""
    with pytest.raises(WorkbookError, match="现有：人员"), open_workbook(person()) as book:
        read_sheet(book, "员工", Person)
    with open_workbook(person()) as book:
        assert read_sheet(book, "员工", Person, optional=True) == []


def test_header_row_below_a_title(write: Write) -> None:
    """The headers may stand below a title."""
    path = write(["如康家园"], [list(SOUND), list(SOUND.values())])
    with open_workbook(path) as book:
        (item,) = read_sheet(book, "人员", Person, header_row=2)
    assert item.row == 3


def test_duplicate_key(write: Write) -> None:
    """A repeated key is found at the later row and names the first."""
    path = write(list(SOUND), [list(SOUND.values())] * 2)
    with pytest.raises(WorkbookError) as refused, open_workbook(path) as book:
        unique(book, read_sheet(book, "人员", Person), "工号")
    (finding,) = refused.value.findings
    assert (finding.row, finding.column, finding.found) == (3, "A", "S01")
    assert "第 2 行" in finding.zh


def test_callers_finding_stands_at_its_cell(person: Build) -> None:
    """A caller's own finding carries row, column and content."""
    book = WorkbookReader(person())
    (item,) = read_sheet(book, "人员", Person)
    book.report(item, "入职日期", zh="晚于本月", en="after this month")
    (finding,) = book.findings
    assert (finding.column, finding.found) == ("B", "2026-10-01")
    assert str(finding) == (
        "人员.xlsx › 人员 › 第 2 行 B 列“入职日期”：读到“2026-10-01”，晚于本月"
        " / found '2026-10-01', after this month"
    )


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there is a finding of its own."""
    assert findings(tmp_path / "无.xlsx")[0].en.startswith("no such file")


def test_not_a_workbook(tmp_path: Path) -> None:
    """Neither plain text nor an old workbook is read."""
    for name in ("a.xlsx", "a.xls"):
        path = tmp_path / name
        path.write_text("no workbook")
        assert "另存为 .xlsx" in findings(path)[0].zh


def test_a_folder_cannot_be_opened(tmp_path: Path) -> None:
    """A folder named like a workbook is refused in words."""
    folder = tmp_path / "a.xlsx"
    folder.mkdir()
    (finding,) = findings(folder)
    assert isinstance(finding, Finding)


@given(fen=st.integers(-LARGEST, LARGEST))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_fen_survive_the_cell(person: Build, fen: int) -> None:
    """An amount typed in yuan as a number gives the same fen, however it is stored."""
    with open_workbook(person(工资=fen / 100)) as book:
        (item,) = read_sheet(book, "人员", Person)
    assert item.value.wage == fen
