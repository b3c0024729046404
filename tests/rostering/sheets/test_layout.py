"""Sheets laid out by people: titles above the headers, merged cells, hidden and copied sheets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from rostering.sheets import open_workbook, read_sheet
from tests.rostering.sheets.conftest import SOUND, Person, Write, findings

Change = Callable[[Any], None]


@pytest.fixture
def changed(write: Write) -> Callable[[Change], Path]:
    """Write two sound people, changed by a function of the workbook."""

    def written(change: Change) -> Path:
        other = SOUND | {"工号": "S02"}
        path = write(list(SOUND), [list(SOUND.values()), list(other.values())])
        book = load_workbook(path)
        change(book)
        book.save(path)
        return path

    return written


def _title(book: Any) -> None:
    """Put a merged title and a remark above the headers."""
    page = book["人员"]
    page.insert_rows(1, 2)
    page["A1"], page["A2"] = "某机构员工名册", "制表：某人"
    page.merge_cells("A1:L1")


def test_headers_below_a_title_are_found(changed: Callable[[Change], Path]) -> None:
    """Rows keep the numbers that the spreadsheet program shows."""
    with open_workbook(changed(_title)) as book:
        rows = read_sheet(book, "人员", Person)
    assert [(row.row, row.value.code) for row in rows] == [(4, "S01"), (5, "S02")]


def test_two_rows_of_headers_are_not_guessed(changed: Callable[[Change], Path]) -> None:
    """Where two rows have all headers, none is chosen, and all are missing in row 1."""

    def twice(book: Any) -> None:
        _title(book)
        page = book["人员"]
        for column in range(1, len(SOUND) + 1):
            page.cell(4, column).value = page.cell(3, column).value

    assert {finding.row for finding in findings(changed(twice)) if finding.header} == {1}


@pytest.mark.parametrize(("area", "row", "header"), [("C2:C3", 3, "周工时"), ("J2:K2", 2, "备注")])
def test_a_merged_cell_is_told(
    changed: Callable[[Change], Path], area: str, row: int, header: str
) -> None:
    """It looks filled but holds nothing, also where it might be left empty."""
    found = findings(changed(lambda book: book["人员"].merge_cells(area)))
    assert [(one.row, one.header) for one in found] == [(row, header)]
    assert "取消合并" in found[0].zh


def test_a_hidden_sheet_is_told(changed: Callable[[Change], Path]) -> None:
    """Nobody sees what is read of it."""

    def hide(book: Any) -> None:
        book.create_sheet("说明")
        book["人员"].sheet_state = "hidden"

    (finding,) = findings(changed(hide))
    assert "取消隐藏" in finding.zh


@pytest.mark.parametrize("name", ["人员 (2)", "人员（2）", "人员 - 副本", "Copy of 人员"])
def test_a_copy_is_told(changed: Callable[[Change], Path], name: str) -> None:
    """Beside the sheet, no telling which is meant; alone, that it has to be renamed."""
    beside = findings(changed(lambda book: book.create_sheet(name)))
    assert [name in finding.zh for finding in beside] == [True]

    def rename(book: Any) -> None:
        book["人员"].title = name

    (alone,) = findings(changed(rename))
    assert "改名" in alone.zh


def test_another_sheet_is_no_copy(changed: Callable[[Change], Path]) -> None:
    """A sheet of another name beside it is passed over."""
    with open_workbook(changed(lambda book: book.create_sheet("人员备注"))) as book:
        assert len(read_sheet(book, "人员", Person)) == 2
