"""Cases on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.rukang.casework.tiny import TINY
from tests.rukang.doors.cli.conftest import OFFICER, Rukang

COUNTY = "place:371681"


def test_a_case_is_opened_told_shown_and_checked(rukang: Rukang, home: Path) -> None:
    """With a course of the installation's own; what cannot happen is refused in words."""
    own = home / "permit.yaml"
    own.write_text(TINY, encoding="utf-8")

    def case(*words: str | Path) -> str:
        said = rukang("--as", OFFICER, "case", *words)
        return said.out + said.err

    assert "permit@1" in case("add-course", own)
    assert "never changes" in case("add-course", own)
    assert "complaint@1" in case("courses")
    roles = [word for role in ("town", "county") for word in ("--role", f"{role}={COUNTY}")]
    opened = case(
        "open", "permit", "--organ", COUNTY, "--place", "371681", "--home", "ZP001", *roles,
        "--on", "2026-09-07", "--why-late", "补记 recorded late", "--paper", "form",
    )  # fmt: skip
    number = opened.split()[1]
    assert number in case("list")
    assert "papers are missing: photo" in case(
        "tell", number, "done", "--step", "accept", "--outcome", "ok"
    )
    assert "✓" in case("tell", number, "paper_added", "--paper", "photo")
    assert f"visit：{COUNTY}" in case("tell", number, "done", "--step", "accept", "--outcome", "ok")
    assert "没有事件" in case("tell", number, "finish")
    shown = case("show", number)
    assert "▸ offered --step advice" in shown
    assert "▸ done --step visit --outcome" in shown
    assert "收到材料" in shown
    late = case("late", "--on", "2027-12-01")
    assert "permit" not in late
    assert "件逾期 late" in late
    assert "as the events give" in case("check")
    assert "件 cases" in case("rebuild")
    assert "No letter goes with" in case("letter", number, "visit", "--out", home / "x.html")
