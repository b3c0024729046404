"""Workbooks, read back with another library than wrote them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rukang.base.papers import Column, Sheet, write_workbook
from rukang.base.papers.cells import Cell

MADE = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
ROWS: list[tuple[Cell, ...]] = [
    ("R01", "示例人甲", Decimal("2010.00"), date(2026, 10, 31), 22),
    ("R02", "=cmd|' /C calc'!A0", Decimal("-0.05"), None, 0),
]
COLUMNS = ["编号", Column("姓名"), "实发（元）", Column("发放日"), Column("天数", width=9)]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of one sheet with every kind of value."""
    path = tmp_path_factory.mktemp("xlsx") / "wages.xlsx"
    sheet = Sheet("工资", COLUMNS, ROWS, "示例站 2026 年 10 月")
    return write_workbook(path, [sheet, Sheet("空表", ["甲"], [])], MADE)


def test_values_come_back_with_their_types(book: Path) -> None:
    """Text, amounts, dates, whole numbers and nothing, under title and headers."""
    page = load_workbook(book)["工资"]
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][0] == "示例站 2026 年 10 月"
    assert rows[1] == ("编号", "姓名", "实发（元）", "发放日", "天数")
    assert rows[2] == ("R01", "示例人甲", 2010, datetime(2026, 10, 31), 22)  # noqa: DTZ001
    assert rows[3] == ("R02", "=cmd|' /C calc'!A0", -0.05, None, 0)
    assert page["C3"].number_format == "#,##0.00"
    assert page["D3"].number_format == "yyyy-mm-dd"


def test_text_is_never_a_formula(book: Path) -> None:
    """The cell is of type text, and Excel's quote mark keeps it so when edited."""
    page = load_workbook(book)["工资"]
    assert page["B4"].data_type == "s"
    assert page["B4"].quotePrefix
    assert not page["B3"].quotePrefix


def test_digits_and_links_stay_text(tmp_path: Path) -> None:
    """An account number would lose its last digits as a number."""
    rows = [("6222020000000000000",), ("http://example.invalid",)]
    path = write_workbook(tmp_path / "a.xlsx", [Sheet("账号", ["账号"], rows)], MADE)
    page = load_workbook(path)["账号"]
    assert page["A2"].value == "6222020000000000000"
    assert page["A3"].hyperlink is None


def test_columns_make_room_for_chinese(book: Path) -> None:
    """Two units per character and two to spare, unless a width is given."""
    widths = load_workbook(book)["工资"].column_dimensions
    assert widths["C"].width == pytest.approx(12, abs=1)
    assert widths["E"].width == pytest.approx(9, abs=1)


def test_the_sheet_is_ready_to_print(book: Path) -> None:
    """A4, one page wide, headers frozen and repeated, pages numbered."""
    page = load_workbook(book)["工资"]
    assert page.freeze_panes == "A3"
    assert page.print_title_rows == "$2:$2"
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight == 0
    assert "&P" in page.oddFooter.right.text


def test_the_same_content_is_the_same_file(tmp_path: Path) -> None:
    """Made at the same moment."""
    one, two = (
        write_workbook(tmp_path / name, [Sheet("工资", COLUMNS, ROWS)], MADE).read_bytes()
        for name in ("1.xlsx", "2.xlsx")
    )
    assert one == two


def test_a_row_of_another_length_is_refused(tmp_path: Path) -> None:
    """A value without a column would be lost."""
    with pytest.raises(ValueError, match="argument 2"):
        write_workbook(tmp_path / "a.xlsx", [Sheet("表", ["甲", "乙"], [("一",)])], MADE)
