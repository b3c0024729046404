"""What people type of an answer or a figure, and the rows of the form that upholds an objection."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rukang.base.errors import InvalidError
from rukang.engines.rating import State
from rukang.stars.inspections.sheet.typed import answer_of, figure_of, put_right_by
from tests.rukang.engines.rating.tiny import TINY_EDITION


def test_a_value_is_a_number_or_the_option_it_names() -> None:
    """A criterion with options takes a word; any other a number as people write them."""
    assert answer_of(TINY_EDITION, "S2", "met", "a", "").value == "a"
    assert answer_of(TINY_EDITION, "S3", "met", "1,260", "").value == Decimal(1260)
    assert answer_of(TINY_EDITION, "S1", "not_met", None, "").state is State.NOT_MET
    assert (figure_of("40"), figure_of(" unknown ")) == (Decimal(40), None)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("S9", "met", None, ""), "没有指标 S9"),
        (("S1", "good", None, ""), "结果应为 met"),
        (("S3", "met", "12,5", ""), "不是数字"),
        (("S1", "not_applicable", None, ""), "不适用应说明理由"),
        (("S3", "not_met", "3", ""), "不填数值"),
    ],
)
def test_what_is_no_answer_is_told(typed: tuple[str, str, str | None, str], words: str) -> None:
    """What was typed, and what fits."""
    with pytest.raises(InvalidError, match=words):
        answer_of(TINY_EDITION, *typed)


def test_empty_rows_of_a_form_are_left_out() -> None:
    """Three rows, one filled; a figure that is unknown is none."""
    answers = (["", "S3", ""], ["met", "met", "met"], ["", "3", ""])
    right, facts = put_right_by(TINY_EDITION, answers, (["capacity"], ["unknown"]), "复核属实")
    assert [(one.criterion, one.value, one.evidence) for one in right] == [
        ("S3", Decimal(3), "复核属实")
    ]
    assert facts == {"capacity": None}


def test_a_row_that_lacks_a_part_is_no_row() -> None:
    """Nothing is dropped in silence."""
    with pytest.raises(InvalidError, match="行数不一致（1、2）"):
        put_right_by(TINY_EDITION, (["S1", "S3"], ["met"], ["", ""]), ([], []), "复核属实")


def test_nothing_put_right_is_no_upholding() -> None:
    """Then it is a rejection, which has a button of its own."""
    with pytest.raises(InvalidError, match="请驳回"):
        put_right_by(TINY_EDITION, ([""], ["met"], [""]), ([""], [""]), "复核属实")
