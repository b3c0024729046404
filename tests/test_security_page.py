"""docs/security.md names tests that exist, and every chapter of the standard."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_every_test_it_names_exists() -> None:
    """A table that names what was renamed would prove nothing."""
    named = NAMED.findall(PAGE)
    assert len(named) > 40
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).exists()
        or (name and f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8"))
    ]
    assert not missing


def test_every_chapter_is_there() -> None:
    """Seventeen, those that do not apply among them."""
    chapters = {int(number) for number in re.findall(r"\bV(\d+)\b", PAGE)}
    assert chapters == set(range(1, 18))


def test_files_it_links_to_exist() -> None:
    """Relative to the page."""
    links = re.findall(r"\]\(([\w./-]+\.md)\)", PAGE)
    assert links
    assert not [link for link in links if not (ROOT / "docs" / link).exists()]
