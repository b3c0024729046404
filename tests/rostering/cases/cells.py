"""Rules of single cells: fitness, leave, forbidden, pinned and published shifts."""

from __future__ import annotations

from rostering import Rule
from tests.rostering.cases.case import LONG, hard, pinned, soft
from tests.rostering.tiny import EARLY

LEAVE = ({"staff": "A", "day": 1},)
FROM_MIDNIGHT = ({"staff": "A", "day": 1, "from_midnight": True},)

CELLS = (
    hard(Rule.ASSIGNABLE, "早.", "夜.", 1, skills=set()),
    hard(Rule.ASSIGNABLE, "中.", "夜.", 1, no_night=True),
    hard(Rule.ASSIGNABLE, "早", "夜", 1, is_protected=True),
    hard(Rule.ASSIGNABLE, "早", "长", 1, is_protected=True, day_minutes=480, shifts=(EARLY, LONG)),
    hard(
        Rule.ASSIGNABLE,
        "夜 早",
        "早 夜",
        1,
        skills={"护士"},
        B={"skills": {"医师"}},
        substitutes={"夜间": ["护士"], "护士": ["医师"]},
    ),
    hard(Rule.LEAVE, "早.早", "早早早", 1, unavailable=LEAVE),
    hard(Rule.LEAVE, "早.", "夜.", 1, unavailable=FROM_MIDNIGHT),
    hard(Rule.LEAVE, "早.早", "长.早", 1, unavailable=FROM_MIDNIGHT, shifts=(EARLY, LONG)),
    hard(Rule.FORBIDDEN, "早", "夜", 1, forbidden=pinned(0, "夜")),
    hard(Rule.FIXED, "早中", "早早", 1, fixed=pinned(1, "中")),
    hard(Rule.FIXED, "早.", "早早", 1, fixed=pinned(1, None)),
    hard(
        Rule.CHANGES,
        "早.",
        "..",
        1,
        kept=[cell | {"weight": 0} for day in (0, 1) for cell in pinned(day, "早")],
        max_changes=1,
    ),
    soft(Rule.CHANGES, "早", "中", 1, 5, kept=[cell | {"weight": 5} for cell in pinned(0, "早")]),
    soft(Rule.CHANGES, ".", "中", 1, 5, kept=[cell | {"weight": 5} for cell in pinned(0, None)]),
)
