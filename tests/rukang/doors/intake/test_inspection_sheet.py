"""A sheet on paper: written with what it asks, read back into the sheet it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rostering.sheets import WorkbookError
from rukang.base.access import Database
from rukang.base.errors import ConflictError, InvalidError
from rukang.doors.intake.answers.inspection_sheet import import_workbook, write_blank
from rukang.stars.inspections import own_sheet, seen_of, submit
from tests.rukang.stars.inspections.scenario import FIRST, SECOND, Round, a_round


@pytest.fixture
def round_(empty_database: Database) -> Iterator[Round]:
    """A home and three inspectors in one open session."""
    with a_round(empty_database) as found:
        yield found


def _filled(round_: Round, path: Path, **cells: object) -> Path:
    """Write the first inspector's blank and fill some answers; the capacity is 40."""
    sheet = own_sheet(round_.session, round_.planned(), FIRST)
    write_blank(sheet, path, round_.clock())
    book = load_workbook(path)
    book["基本情况"].cell(2, 3).value = 40
    scores = book["评分"]
    for row in scores.iter_rows(min_row=2):
        row[5].value = cells.get(str(row[0].value))
    book.save(path)
    return path


def test_a_blank_asks_what_its_person_scores(round_: Round, tmp_path: Path) -> None:
    """The second is not asked what records measure; choices are offered in the cell."""
    inspection = round_.planned()
    path = write_blank(
        own_sheet(round_.session, inspection, SECOND), tmp_path / "blank.xlsx", round_.clock()
    )
    scores = load_workbook(path)["评分"]
    assert [row[0].value for row in scores.iter_rows(min_row=2)] == [
        "S1", "S2", "S3", "T2", "T3", "T4",
    ]  # fmt: skip
    offered = {str(one.sqref): one.formula1 for one in scores.data_validations.dataValidation}
    assert offered["F2"] == '"是,否,无数据"'


def test_a_filled_workbook_becomes_answers(round_: Round, tmp_path: Path) -> None:
    """Empty rows are left as they are; figures of the home come along."""
    path = _filled(round_, tmp_path / "a.xlsx", S1="是", S2="乙", S3=5)
    sheet = own_sheet(round_.session, round_.home_inspection, FIRST)
    assert import_workbook(round_.session, sheet, path, round_.clock()) == 3
    assert {one.criterion: one.value for one in sheet.answers} == {"S1": None, "S2": "b", "S3": "5"}
    assert sheet.facts == {"capacity": "40"}


def test_a_wrong_cell_is_named_and_nothing_is_kept(round_: Round, tmp_path: Path) -> None:
    """Sheet, row and column; the right answers beside it are not kept either."""
    path = _filled(round_, tmp_path / "a.xlsx", S1="是", S2="丁")
    sheet = own_sheet(round_.session, round_.home_inspection, FIRST)
    with pytest.raises(WorkbookError, match=r"评分.*3.*结果"):
        import_workbook(round_.session, sheet, path, round_.clock())
    assert sheet.answers == []


def test_a_workbook_of_another_home_is_refused(round_: Round, tmp_path: Path) -> None:
    """It names both."""
    path = _filled(round_, tmp_path / "a.xlsx", S1="是")
    book = load_workbook(path)
    book["评定信息"].cell(2, 1).value = "ZP999"
    book.save(path)
    sheet = own_sheet(round_.session, round_.home_inspection, FIRST)
    with pytest.raises(ConflictError, match=r"ZP999.*ZP001"):
        import_workbook(round_.session, sheet, path, round_.clock())


@pytest.mark.parametrize(
    ("cell", "facts", "submits"),
    [(40, {"capacity": "40"}, True), (0, {"capacity": "0"}, True), ("无数据", {}, True),
     (None, {}, False)],
)  # fmt: skip
def test_an_empty_figure_is_no_nought(
    round_: Round, tmp_path: Path, cell: object, facts: dict[str, str], submits: bool
) -> None:
    """40, a real 0, “no data” and nothing are four things; the last leaves the sheet open."""
    path = _filled(round_, tmp_path / "a.xlsx", S1="是", S2="甲", S3=5, T2=0, T3=2, T4="是")
    book = load_workbook(path)
    book["基本情况"].cell(2, 3).value = cell
    book.save(path)
    sheet = own_sheet(round_.session, round_.home_inspection, FIRST)
    import_workbook(round_.session, sheet, path, round_.clock())
    assert sheet.facts == facts
    if submits:
        submit(round_.as_(FIRST), sheet, seen_of(sheet))
        return
    with pytest.raises(InvalidError, match="容量"):
        submit(round_.as_(FIRST), sheet, seen_of(sheet))


def test_a_figure_in_words_is_named(round_: Round, tmp_path: Path) -> None:
    """Sheet, row and column, and that no 0 is meant for what is unknown."""
    path = _filled(round_, tmp_path / "a.xlsx", S1="是")
    book = load_workbook(path)
    book["基本情况"].cell(2, 3).value = "约四十"
    book.save(path)
    sheet = own_sheet(round_.session, round_.home_inspection, FIRST)
    with pytest.raises(WorkbookError, match=r"基本情况.*2.*数值.*不要填 0"):
        import_workbook(round_.session, sheet, path, round_.clock())
