"""What people ask for."""

from __future__ import annotations

from rostering import Rule
from tests.rostering.cases.case import hard, pinned, soft

WORK_OFF = {"staff": "A", "days": [0, 1], "wanted": False, "weight": None}

WISHES = (
    soft(
        Rule.REQUEST,
        "早",
        "中",
        1,
        7,
        requests=[{**pinned(0, "早")[0], "wanted": True, "weight": 7}],
    ),
    soft(
        Rule.REQUEST,
        "中",
        "早",
        1,
        7,
        requests=[{**pinned(0, "早")[0], "wanted": False, "weight": 7}],
    ),
    soft(
        Rule.REQUEST,
        ".",
        "早",
        1,
        7,
        requests=[{**pinned(0, None)[0], "wanted": False, "weight": 7}],
    ),
    hard(Rule.CHOICE, "早.", "早中", 1, choices=[WORK_OFF]),
    soft(Rule.CHOICE, "早.", "早中", 1, 3, choices=[WORK_OFF | {"weight": 3}]),
    soft(
        Rule.CHOICE,
        "中早",
        "中.",
        1,
        3,
        choices=[WORK_OFF | {"weight": 3, "shift": "早", "wanted": True}],
    ),
)
