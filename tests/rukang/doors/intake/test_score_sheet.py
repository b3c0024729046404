"""06-星级评定: a filled sheet becomes one that its edition can rate."""

from __future__ import annotations

from typing import Any

import pytest

from rostering.sheets import WorkbookError
from rukang.doors.intake import read_score_sheet
from rukang.engines.rating import improve, load_edition, rate
from tests.demo import DEMO
from tests.rukang.doors.intake.conftest import Edited, Refused, both, only, put

EDITION = load_edition("example-2026")
SHEET = DEMO / "06-星级评定.xlsx"


def test_the_demonstration_gets_three_stars() -> None:
    """Points for four stars, held at three by a requirement and a cap; two changes raise it."""
    sheet = read_score_sheet(SHEET, EDITION)
    rating = rate(EDITION, sheet)
    assert rating.star == 3
    assert rating.total >= 88
    better = improve(EDITION, sheet)
    assert (better.target, better.reached) == (4, 4)
    assert {change.answer.criterion for change in better.changes} == {"S4", "L4"}


UNREADABLE: list[tuple[str, str, str, Any]] = [
    ("评分", "B1", "结果", "也许"),
    ("评分", "A3", "指标", "Z9"),
    ("评分", "M1", "指标", "M2"),
    ("基本情况", "capacity", "数值", -1),
    ("评定信息", "ZP001", "评定日期", "2026-11-05"),
]
NOT_ALLOWED: list[tuple[str, str, str, Any]] = [
    ("评分", "A1", "结果", "不适用"),
    ("评分", "B3", "结果", 9),
    ("评分", "L1", "结果", 1.5),
    ("评定信息", "ZP001", "评定标准", "example-2020"),
]


@pytest.mark.parametrize("wrong", [UNREADABLE, NOT_ALLOWED])
def test_what_cannot_be(edited: Edited, wrong: list[tuple[str, str, str, Any]]) -> None:
    """What cannot be read, and what the edition does not allow, is reported at its row."""
    path = edited("06", both(*(put(*cell) for cell in wrong)))
    with pytest.raises(WorkbookError) as caught:
        read_score_sheet(path, EDITION)
    found = {(f.sheet, f.header) for f in caught.value.findings}
    assert {(sheet, header) for sheet, _, header, _ in wrong} <= found
    assert len(caught.value.findings) >= len(wrong)
    assert all(f.zh and f.en for f in caught.value.findings)


def test_no_data_is_an_answer(edited: Edited) -> None:
    """An empty answer is no data, which the edition decides about."""
    sheet = read_score_sheet(edited("06", put("评分", "M2", "结果", None)), EDITION)
    answers = {answer.criterion: answer for answer in sheet.answers}
    assert answers["M2"].state == "no_data"
    assert answers["B1"].state == "met"


def test_import_checks_it_and_keeps_nothing(refused: Refused) -> None:
    """Importing a score sheet checks it; an edition nobody has is refused."""
    finding = only(refused("06", put("评定信息", "ZP001", "评定标准", "example-2020")))
    assert "example-2026" in finding.zh
