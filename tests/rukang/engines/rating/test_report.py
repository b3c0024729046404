"""The printed report shows star, label, path and every criterion, and escapes what it shows."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from rukang.engines.rating import ScoreSheet, improve, rate, report_html, write_report
from tests.rukang.engines.rating.tiny import edition, sheet

EDITION = edition()


def test_report_shows_star_label_and_path() -> None:
    """Star, label, edition, every step and every criterion are on the page."""
    rating = rate(EDITION, sheet(T1="0.79", T2=3))
    page = report_html(rating, improve(EDITION, sheet(T1="0.79", T2=3)))
    assert '<html lang="zh-CN">' in page
    assert "★★☆" in page
    assert "本地示例，非官方" in page
    assert "local example, not official" in page
    assert rating.digest() in page
    assert "最省力的做法" in page
    assert all(step.words.zh in page for step in rating.path)
    assert all(item.title.zh in page for item in rating.criteria.values())


def test_names_are_escaped() -> None:
    """Markup in a name, evidence or inspector is shown, not obeyed."""
    script = "<script>alert(1)</script>"
    filled = sheet().model_copy(update={"home_name": script, "inspectors": (script,)})
    page = report_html(rate(EDITION, filled))
    assert script not in page
    assert "&lt;script&gt;" in page


def test_tables_have_captions_and_scopes() -> None:
    """Each table has a caption, and every header cell says what it heads."""
    page = report_html(rate(EDITION, sheet()))
    assert page.count("<table>") == page.count("<caption>") == 4
    assert page.count("<th ") == page.count("<th scope=")


@pytest.mark.parametrize(
    ("filled", "words"),
    [(sheet(S1=None), "缺少数据，未予评定"), (sheet(T4=False), "未达到星级")],
)
def test_report_without_a_star(filled: ScoreSheet, words: str) -> None:
    """A home without a star has a report that says so."""
    page = report_html(rate(EDITION, filled))
    assert words in page
    assert "★★" not in page.split("<section>")[0]


class OpenTags(HTMLParser):
    """Keeps the elements still open, and fails on one closed out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, unless it is one that is never closed."""
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element opened last."""
        assert self.open.pop() == tag


def test_report_is_written_well_formed(tmp_path: Path) -> None:
    """The file is UTF-8 and every element is closed in turn."""
    path = write_report(rate(EDITION, sheet(capacity=None)), tmp_path / "report.html")
    text = path.read_text(encoding="utf-8")
    tags = OpenTags()
    tags.feed(text)
    assert tags.open == []
    assert "未填写 not given" in text
