"""Printable pages: escaped, strict, self-contained."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from rukang.base.papers import write_page

TEMPLATE = """{% extends "base_print.html" %}
{% set landscape = wide %}
{% block title %}{{ heading }}{% endblock %}
{% block content %}<p>{{ text }}</p>{% endblock %}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of templates, as a room has one."""
    (tmp_path / "roster.html").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def _page(folder: Path, **values: object) -> str:
    values = {"heading": "排班表", "text": "文字", "wide": False, **values}
    return write_page(folder / "out" / "a.html", "roster.html", folder, **values).read_text("utf-8")


def test_what_was_typed_is_escaped(folder: Path) -> None:
    """In the content and in the title."""
    page = _page(folder, text="<script>alert(1)</script>", heading="<b>班表</b>")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert page.count("&lt;b&gt;班表&lt;/b&gt;") == 2


def test_a_value_left_out_is_an_error(folder: Path) -> None:
    """Rather than a blank on somebody's payslip."""
    (folder / "roster.html").write_text("{{ nobody_gave_this }}", encoding="utf-8")
    with pytest.raises(UndefinedError, match="nobody_gave_this"):
        _page(folder)


def test_a_page_is_chinese_and_whole_in_itself(folder: Path) -> None:
    """The language is said, the style is inside, and nothing is fetched from anywhere."""
    page = _page(folder)
    assert '<html lang="zh-CN">' in page
    assert "<title>排班表</title>" in page
    assert "border-collapse" in page
    assert not any(word in page for word in ("http", "src=", "<link", "@import"))


@pytest.mark.parametrize(("wide", "orientation"), [(True, "landscape"), (False, "portrait")])
def test_the_page_lies_or_stands(folder: Path, wide: bool, orientation: str) -> None:
    """As the template asks."""
    assert f"@page {{ size: A4 {orientation}; }}" in _page(folder, wide=wide)
