"""Rows of a blank sheet, and cells read back as answers."""

from decimal import Decimal
from typing import Any

import pytest

from rukang.engines.rating import (
    State,
    answer_from_cell,
    blank_rows,
    check_sheet,
    load_edition,
    rate,
)
from tests.rukang.engines.rating.tiny import edition, sheet

EDITION = edition()


def test_one_row_for_each_criterion_in_order() -> None:
    """A blank sheet has every criterion once, with its section and what may be answered."""
    rows = blank_rows(EDITION)
    assert [row.criterion for row in rows] == list(EDITION.criteria)
    assert rows[0].section.zh == "服务"
    assert rows[0].choices == ("是", "否", "无数据")
    assert rows[1].choices == ("甲", "乙", "无数据")
    assert rows[2].choices == ()
    assert "不适用" in rows[3].allowed.zh
    assert "不适用" not in rows[0].allowed.zh


@pytest.mark.parametrize(
    ("criterion", "cell", "state", "value"),
    [
        ("S1", "是", State.MET, None),
        ("S1", True, State.MET, None),
        ("S1", "Yes", State.MET, None),
        ("S1", " 否 ", State.NOT_MET, None),
        ("S1", False, State.NOT_MET, None),
        ("S1", None, State.NO_DATA, None),
        ("S1", "无数据", State.NO_DATA, None),
        ("T1", "不适用", State.NOT_APPLICABLE, None),
        ("S2", "甲", State.MET, "a"),
        ("S2", "second", State.MET, "b"),
        ("S2", "B", State.MET, "b"),
        ("S3", 3, State.MET, Decimal(3)),
        ("S3", 7.5, State.MET, Decimal("7.5")),
        ("T1", "95%", State.MET, Decimal("0.95")),
        ("T1", "95 ％", State.MET, Decimal("0.95")),
        ("T1", 0.95, State.MET, Decimal("0.95")),
        ("T3", "2", State.MET, Decimal(2)),
    ],
)
def test_cell_becomes_answer(criterion: str, cell: Any, state: State, value: Any) -> None:
    """Chinese and English words, numbers, percentages and empty cells are understood."""
    found = answer_from_cell(EDITION.criteria[criterion], cell, "理由", "评定员甲")
    assert (found.state, found.value) == (state, value)
    assert check_sheet(EDITION, sheet().with_answers([found])) == []


@pytest.mark.parametrize(
    ("criterion", "cell"), [("S1", "也许"), ("S2", "丙"), ("S3", "三天"), ("S3", "95%")]
)
def test_unreadable_cell_is_refused(criterion: str, cell: str) -> None:
    """A cell that is no answer is refused, saying what is expected."""
    with pytest.raises(ValueError, match=rf"{criterion}: .*应填.* / .*expected"):
        answer_from_cell(EDITION.criteria[criterion], cell)


def test_not_applicable_without_a_reason_is_refused() -> None:
    """Saying that a criterion does not apply takes a reason beside it."""
    with pytest.raises(ValueError, match=r"^T1: 填“不适用”时应在依据栏说明理由"):
        answer_from_cell(EDITION.criteria["T1"], "不适用")


def test_choices_of_the_example_read_back() -> None:
    """Everything a drop-down list of the example offers is a readable answer."""
    example = load_edition("example-2026")
    for row in blank_rows(example):
        for choice in row.choices:
            answer_from_cell(example.criteria[row.criterion], choice, "理由")


def test_empty_sheet_is_rated_as_missing() -> None:
    """A sheet left blank gives no star and names what to supply."""
    example = load_edition("example-2026")
    empty = [answer_from_cell(item, None) for item in example.criteria.values()]
    blank = sheet().model_copy(update={"edition": example.id, "facts": {}, "answers": tuple(empty)})
    assert len(rate(example, blank).missing) > 0
