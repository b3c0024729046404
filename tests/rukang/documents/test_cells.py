"""Text that would run, and how wide Chinese is."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rukang.documents import csv_text, write_csv
from rukang.documents.cells import defused, display_width, looks_like_formula

RUNNING = ["=1+1", "+86", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", RUNNING)
def test_text_that_looks_like_a_formula_is_quoted(text: str) -> None:
    """Also behind a tab or a return, and with the full-width signs of a Chinese keyboard."""
    assert looks_like_formula(text)
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "张三", "2026-10", "a=b", "（+）", "'=1"])
def test_other_text_stays_as_it_is(text: str) -> None:
    """A sign inside the text does nothing."""
    assert defused(text) == text


@given(st.text())
def test_defused_text_never_looks_like_a_formula(text: str) -> None:
    """Whatever was typed."""
    assert not looks_like_formula(defused(text))


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("如康", 4), ("ＡＢ", 4), ("“x”", 5), ("长行\nab", 4), ("", 0)]
)
def test_a_chinese_character_is_two_wide(text: str, width: int) -> None:
    """Full-width letters and quotation marks too; of several lines the longest counts."""
    assert display_width(text) == width


def test_csv_keeps_amounts_and_dates_and_defuses_text() -> None:
    """A negative amount is a number and stays one; the same as text is quoted."""
    row = ["=1", "-5", Decimal("-5.00"), date(2026, 10, 1), None]
    text = csv_text(["甲", "乙", "丙", "丁", "戊"], [row])
    assert list(csv.reader(io.StringIO(text)))[1] == ["'=1", "'-5", "-5.00", "2026-10-01", ""]


def test_a_csv_file_says_that_it_is_utf_8(tmp_path: Path) -> None:
    """Excel reads a file without the mark in the system's own encoding."""
    path = write_csv(tmp_path / "new" / "a.csv", ["姓名"], [["张三"]])
    assert path.read_bytes() == b"\xef\xbb\xbf" + "姓名\r\n张三\r\n".encode()
