"""``rukang body``: the register of bodies from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rukang.doors.cli.conftest import CLERK, MANAGER, OFFICER, Rukang

FACTS = (
    "--kind", "office", "--name", "示例办公室", "--county", "371681", "--address", "示例路 1 号",
    "--legal-person", "示例残联", "--uscc", "91371681000000000A",
)  # fmt: skip


@pytest.fixture
def officer(rukang: Rukang, home: Path, monkeypatch: pytest.MonkeyPatch) -> Rukang:
    """The program, for an officer of the home's county."""
    monkeypatch.setenv("RUKANG_ACCOUNT", OFFICER)
    return rukang


def test_a_body_is_registered_changed_and_closed(officer: Rukang) -> None:
    """Each step says what it did; what looks the same is asked about, and listed if it is kept."""
    assert "✓ BG001 示例办公室" in officer("body", "register", "BG001", *FACTS).out
    assert "是另一家" in officer("body", "register", "BG002", *FACTS).err
    assert officer("body", "register", "BG002", *FACTS, "--another").code == 0
    listed = officer("body", "list").out
    assert "ZP001" in listed
    assert "BG001  BG002" in listed
    assert "ZP001" not in officer("body", "list", "--kind", "office").out
    assert officer("body", "capacity", "BG001", "30").code == 0
    run = ("--name", "示例社工机构", "--uscc", "91371681000000000A")
    assert officer("body", "operator", "BG001", *run).code == 0
    licence = (
        "--kind",
        "备案",
        "--number",
        "7",
        "--issued-by",
        "示例局",
        "--issued-on",
        "2026-01-01",
    )
    assert officer("body", "licence", "BG001", *licence).code == 0
    assert officer("body", "charge", "BG001", "--person", "ZP001/R01").code == 0
    shown = officer("body", "show", "BG001").out
    for words in ("30 人", "示例社工机构", "备案", "ZP001/R01"):
        assert words in shown
    assert "由其负责的人 1 项" in officer("body", "holds", "BG001").out
    refused = officer("body", "close", "BG001", "--words", "合并")
    assert "由其负责的人 1 项" in refused.err
    assert "没有未了的事" in officer("body", "holds", "BG002").out
    early = officer("body", "state", "BG002", "suspended", "--since", "2020-01-01")
    assert "其后" in early.err


def test_only_who_keeps_the_register_changes_it(rukang: Rukang, home: Path) -> None:
    """A manager and a wage clerk do not."""
    for who in (MANAGER, CLERK):
        refused = rukang("--as", who, "body", "capacity", "ZP001", "30")
        assert refused.code == 1
        assert "不是残联干部或管理员" in refused.err
