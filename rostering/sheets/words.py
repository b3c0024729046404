"""What pydantic refuses, in Chinese and English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic_core import ErrorDetails

Context = dict[str, Any]

WORDS: dict[str, Callable[[Context], tuple[str, str]]] = {
    "cell": lambda c: (c["zh"], c["en"]),
    "missing": lambda _: ("必填，不能为空", "required, may not be empty"),
    "greater_than_equal": lambda c: (f"不能小于 {c['ge']}", f"may not be less than {c['ge']}"),
    "less_than_equal": lambda c: (f"不能大于 {c['le']}", f"may not be more than {c['le']}"),
    "greater_than": lambda c: (f"应大于 {c['gt']}", f"must be more than {c['gt']}"),
    "less_than": lambda c: (f"应小于 {c['lt']}", f"must be less than {c['lt']}"),
    "literal_error": lambda c: _choice(c["expected"]),
    "enum": lambda c: _choice(c["expected"]),
    "string_pattern_mismatch": lambda c: (
        f"格式不对，应符合 {c['pattern']}",
        f"must match {c['pattern']}",
    ),
    "string_too_long": lambda c: (
        f"最多 {c['max_length']} 个字",
        f"at most {c['max_length']} characters",
    ),
}


def expected(error: ErrorDetails) -> tuple[str, str]:
    """Return what a cell should have held, in Chinese and in English."""
    words = WORDS.get(error["type"])
    if words is not None:
        return words(error.get("ctx", {}))
    message = error["msg"].removeprefix("Value error, ")
    return message, message


def _choice(choices: str) -> tuple[str, str]:
    listed = choices.replace("'", "").replace(" or ", ", ")
    return f"应为以下之一：{listed.replace(', ', '、')}", f"one of {listed} expected"
