"""How much a person works: shifts, minutes and overtime of any days."""

from __future__ import annotations

from rostering import Rule
from tests.rostering.cases.case import TO_NOVEMBER, TO_SUNDAY, hard, past, soft

WEEK_NIGHTS = {"reach": "week", "shifts": ["夜"], "maximum": 1}
HOURS = {"measure": "minutes", "unit": 60, "weight": 3}
LIMIT_ONE = {"maximum": 1}

COUNTS = (
    hard(Rule.SHIFT_LIMIT, "早中早", "早早早", 1, shift_limits={"早": 2}),
    hard(Rule.SHIFT_LIMIT, "中", "早", 1, shift_limits={"早": 0}),
    hard(Rule.MIN_ASSIGNMENTS, "早中", "早.", 1, min_assignments=2),
    hard(Rule.MAX_ASSIGNMENTS, "早.", "早中", 1, max_assignments=1, history=past("早")),
    hard(Rule.MIN_MINUTES, "早早", "早.", 450, min_minutes=900),
    hard(Rule.MAX_MINUTES, "早早.", "早早早", 450, max_minutes=900),
    hard(Rule.WEEK_MINUTES, "早早早早早..早", "早早早早早早..", 300, max_week_minutes=2400),
    hard(
        Rule.WEEK_MINUTES,
        ".早早",
        "早早.",
        450,
        max_week_minutes=900,
        start=TO_SUNDAY,
        history=past("早早"),
    ),
    hard(
        Rule.MONTH_MINUTES,
        "早.早早",
        "早早..",
        450,
        max_month_minutes=900,
        start=TO_NOVEMBER,
        history=past("早"),
    ),
    hard(Rule.DAY_OVERTIME, "早", "夜", 30, day_minutes=420, max_day_overtime=30),
    hard(
        Rule.MONTH_OVERTIME,
        "早.早早",
        "早早..",
        30,
        day_minutes=420,
        max_month_overtime=60,
        start=TO_NOVEMBER,
        history=past("早"),
    ),
    hard(Rule.COUNT_MAXIMUM, "夜......夜", "夜.夜.....", 1, counts=[WEEK_NIGHTS]),
    hard(
        Rule.COUNT_MAXIMUM,
        ".夜",
        "夜.",
        1,
        counts=[WEEK_NIGHTS],
        start=TO_SUNDAY,
        history=past("夜"),
    ),
    hard(Rule.COUNT_MAXIMUM, "早早.", "早.早", 1, counts=[{"days": [0, 2], "maximum": 1}]),
    hard(Rule.COUNT_MAXIMUM, "早.", "早早", 300, counts=[{"measure": "minutes", "maximum": 600}]),
    hard(
        Rule.COUNT_MAXIMUM,
        "夜.夜.",
        "夜夜..",
        60,
        counts=[{"measure": "overtime", "reach": "month", "maximum": 60}],
        day_minutes=420,
        start=TO_NOVEMBER,
    ),
    soft(Rule.COUNT_MAXIMUM, "早早.", "早早早", 8, 24, counts=[HOURS | {"maximum": 900}]),
    soft(
        Rule.COUNT_MAXIMUM,
        "早夜夜",
        "早早早",
        2,
        10,
        counts=[LIMIT_ONE | {"shifts": ["早"], "weight": 5}],
    ),
    hard(Rule.COUNT_MINIMUM, "......早.", ".......早", 1, counts=[{"reach": "week", "minimum": 1}]),
    hard(
        Rule.COUNT_MINIMUM,
        "早...",
        "..早.",
        1,
        counts=[{"reach": "month", "minimum": 1}],
        start=TO_NOVEMBER,
    ),
    soft(Rule.COUNT_MINIMUM, "早早.", "早..", 8, 24, counts=[HOURS | {"minimum": 900}]),
    soft(
        Rule.COUNT_MINIMUM,
        "早 中",
        "早 早",
        1,
        6,
        counts=[{"shifts": ["中"], "minimum": 1, "weight": 6, "staff": ["B"]}],
    ),
)
