"""Numbers are hidden by what they are, wherever they stand."""

from __future__ import annotations

import pytest

from rostering.sheets.masking import LONGEST, masked, shown

CITIZEN = "370000199001010002"


@pytest.mark.parametrize(
    "text",
    [
        CITIZEN,
        f"ID{CITIZEN}",
        "３７００００１９９００１０１０００２",
        "370000 19900101 0002",
        "370000-19900101-0002",
        "37000019900101000X",
        "3700\u200b00199001010002",
        "37000019900101000X11B1",
        "37000019900101000242",
        "370000900101000",
        "6222 0000 0000 0000 000",
        "3.70000199001010e+17",
        "3.7E17",
        "4539578763621486",
        "499273987168",
        "三七〇〇〇〇一九九〇〇一〇一〇〇〇二",
        "③⑦⓪⓪⓪⓪①⑨⑨⓪⓪①⓪①⓪⓪⓪②",
        "370,000,199,001,010,002",
        "370000199001010002.0",
        "3700001990.01010002",
        "370000   199001   010002",
        "370000\u00a0199001\n010002",
        "3 7 0 0 0 0 1 9 9 0 0 1 0 1 0 0 0 2",
        "abcdef370000199001010002abcdef00ab",
    ],
)
def test_numbers_of_people_are_hidden(text: str) -> None:
    """Every digit in the middle of the number is gone."""
    hidden = masked(f"前 {text} 后")
    assert "*" in hidden
    assert "19900101" not in hidden.replace(" ", "").replace("-", "")
    assert "1990" not in hidden.replace(".", "").replace(",", "")
    assert sum(_is_digit(one) for one in hidden) <= 10


def _is_digit(character: str) -> bool:
    return character.isdigit() or character in "〇一二三四五六七八九零"


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-01",
        "2026-10-01 2026-10-31",
        "2026-11-02T01:00:00+08:00",
        "1,234,567,890.12",
        "117.9712345678",
        "二〇二六年十月一日",
        "13800000000",
        "0123456789abcdef0123456789abcdef",
        "第 12345678901 行",
        "492345678913",
    ],
)
def test_days_amounts_and_hashes_stay(text: str) -> None:
    """What is nobody's number is not touched."""
    assert masked(text) == text


def test_what_was_typed_is_one_short_line() -> None:
    """Cut after masking, control characters gone."""
    assert len(shown("很" * 5000)) == LONGEST
    assert "\n" not in shown("a\nb\0c")
    assert CITIZEN[:12] not in shown("x" * 30 + CITIZEN)
