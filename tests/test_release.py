"""Every version has its notes, and the version stands in one place."""

import pytest

from tests.release import ROOT, UNRELEASED, main, sections, version


def test_the_version_has_notes(capsys: pytest.CaptureFixture[str]) -> None:
    """It is the newest of the sections, and what is not released stands above."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert next(iter(sections(changelog))) == version()
    assert changelog.index(UNRELEASED) < changelog.index(f"## {version()}")
    assert main(["--tag", f"v{version()}"]) == 0
    assert capsys.readouterr().out.startswith(f"## {version()}")


def test_another_tag_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A release is what its number says."""
    assert main(["--tag", "v9.9.9"]) == 1
    assert "the tag is v9.9.9" in capsys.readouterr().err


def test_a_section_ends_where_the_next_begins() -> None:
    """The part that is not released belongs to none."""
    text = "# C\n\n## Unreleased\n\n- a\n\n## 0.2.0 — b\n\n- c\n\n## 0.1.0\n\n- d\n"
    assert sections(text) == {"0.2.0": "## 0.2.0 — b\n\n- c", "0.1.0": "## 0.1.0\n\n- d"}
