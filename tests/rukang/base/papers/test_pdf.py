"""Chinese text is really in the PDF, with its glyphs."""

from __future__ import annotations

import io
import re
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from structlog.testing import capture_logs

from rukang.base.papers import Document
from rukang.base.papers.pdf import FAMILY

MADE = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)


def _slip(landscape: bool = False) -> Document:
    document = Document("邹平示例站工资单", MADE, "示例", landscape)
    document.add_page()
    document.set_font(FAMILY, "B", 16)
    document.cell(0, 8, "工资单 Payslip", new_x="LMARGIN", new_y="NEXT")
    document.set_font(FAMILY, size=10)
    for line in range(60):
        text = f"{line} 基本工资：每一项注明依据，最低标准 2,010.00（元）"
        document.cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
    return document


def _streams(pdf: bytes) -> list[bytes]:
    found = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    return [zlib.decompress(s) if s[:1] == b"\x78" else s for s in found]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A payslip long enough for two pages."""
    return bytes(_slip().output())


def test_every_character_can_be_read_back(pdf: bytes) -> None:
    """A reader, a search or a screen reader finds the text, not glyph numbers."""
    codes = {
        chr(int(code, 16))
        for stream in _streams(pdf)
        if b"beginbfchar" in stream
        for code in re.findall(rb"<[0-9A-Fa-f]{4}> <([0-9A-Fa-f]{4})>", stream)
    }
    wanted = "邹平示例站工资单每一项注明依据基本最低标准（元）页共"
    assert set(wanted) - codes == set()


def test_the_glyphs_used_are_embedded_and_no_others(pdf: bytes) -> None:
    """The fonts hold thirty thousand; a payslip carries some dozens, with outlines."""
    fonts = [TTFont(io.BytesIO(s)) for s in _streams(pdf) if s[:4] == b"\x00\x01\x00\x00"]
    assert len(fonts) == 2
    for font in fonts:
        drawn = [n for n in font.getGlyphOrder() if font["glyf"][n].numberOfContours > 0]
        assert 5 < len(drawn) < 100


def test_a_long_paper_goes_on_on_further_pages(pdf: bytes) -> None:
    """Two pages or more, in a language that a screen reader is told."""
    document = _slip()
    document.output()
    assert document.pages_count >= 2
    assert b"/Lang (zh-CN)" in pdf


def test_the_same_content_at_the_same_moment_is_the_same_file(pdf: bytes, tmp_path: Path) -> None:
    """So that a document can be fingerprinted."""
    assert _slip().write_to(tmp_path / "new" / "slip.pdf").read_bytes() == pdf


def test_a_page_may_lie_on_its_side() -> None:
    """For wide tables."""
    assert _slip(landscape=True).w > _slip().w


def test_a_character_the_font_lacks_is_shown_as_lacking_and_logged() -> None:
    """Without its neighbours: the text may be a name."""
    document = Document("测试", MADE)
    document.add_page()
    with capture_logs() as logs:
        document.cell(0, 6, "张𠮷")
    assert document.normalize_text("张三") == "张三"
    assert {entry["code"] for entry in logs} == {"U+20BB7"}
    assert "张" not in str(logs)
