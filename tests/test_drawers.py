"""Every folder of modules is read at a glance."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
MOST = 12
"""Modules of a folder, beside its ``__init__``."""


def test_no_drawer_holds_more_than_twelve_modules() -> None:
    """What is more goes into compartments by what it is for; migrations stand in a row."""
    drawers = Counter(
        file.parent.relative_to(ROOT).as_posix()
        for room in ("rostering", "payroll", "rukang", "api")
        for file in (ROOT / room).rglob("*.py")
        if file.stem != "__init__" and "migrations" not in file.parts
    )
    assert drawers["rostering"]
    assert {drawer: count for drawer, count in drawers.items() if count > MOST} == {}
