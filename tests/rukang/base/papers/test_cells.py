"""Text that would run, and how wide Chinese is."""

from __future__ import annotations

import pytest

from rukang.base.papers.cells import display_width, looks_like_formula

RUNNING = ["=1+1", "+86", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", RUNNING)
def test_text_that_looks_like_a_formula_is_known(text: str) -> None:
    """Also behind a tab or a return, and with the full-width signs of a Chinese keyboard."""
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", ["", "张三", "2026-10", "a=b", "（+）", "'=1"])
def test_other_text_is_not_taken_for_one(text: str) -> None:
    """A sign inside the text does nothing."""
    assert not looks_like_formula(text)


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("如康", 4), ("ＡＢ", 4), ("“x”", 5), ("长行\nab", 4), ("", 0)]
)
def test_a_chinese_character_is_two_wide(text: str, width: int) -> None:
    """Full-width letters and quotation marks too; of several lines the longest counts."""
    assert display_width(text) == width
