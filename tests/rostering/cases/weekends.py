"""Weekends: how many, how many in a row, and whether whole."""

from __future__ import annotations

from rostering import Rule
from tests.rostering.cases.case import TO_SUNDAY, hard, past, soft

LIMIT_ONE = {"maximum": 1}
WHOLE = {"complete": True}

WEEKENDS = (
    hard(Rule.WEEKENDS, ".....早早......", ".....早......早", 1, max_weekends=1),
    hard(
        Rule.WEEKENDS,
        "早.......",
        "......早.",
        1,
        max_weekends=1,
        start=TO_SUNDAY,
        history=past("早"),
    ),
    hard(Rule.WEEKENDS, ".....早..", "......早.", 1, max_weekends=0, make_up_days=[5]),
    hard(Rule.WEEKENDS, ".....早早......", ".....早......早", 1, weekend_limits=[LIMIT_ONE]),
    soft(
        Rule.WEEKENDS,
        ".....早早......",
        ".....早......早",
        1,
        9,
        weekend_limits=[LIMIT_ONE | {"weight": 9}],
    ),
    hard(
        Rule.CONSECUTIVE_WEEKENDS,
        ".....早..............",
        ".....早......早.......",
        1,
        weekend_limits=[{"max_consecutive": 1}],
    ),
    hard(
        Rule.CONSECUTIVE_WEEKENDS,
        ".......",
        ".....早.",
        1,
        weekend_limits=[{"max_consecutive": 1}],
        history=past(".....早."),
    ),
    soft(
        Rule.CONSECUTIVE_WEEKENDS,
        ".....早.............早",
        ".....早......早......早",
        2,
        4,
        weekend_limits=[{"max_consecutive": 1, "weight": 2}],
    ),
    hard(Rule.COMPLETE_WEEKENDS, ".....早早", ".....早.", 1, weekend_limits=[WHOLE]),
    hard(
        Rule.COMPLETE_WEEKENDS,
        "早......",
        ".......",
        1,
        weekend_limits=[WHOLE],
        start=TO_SUNDAY,
        history=past("早"),
    ),
    hard(Rule.COMPLETE_WEEKENDS, "............早", "......早......", 1, weekend_limits=[WHOLE]),
    hard(
        Rule.COMPLETE_WEEKENDS,
        ".....早........",
        "............早.",
        1,
        weekend_limits=[WHOLE],
        make_up_days=[6],
    ),
    soft(
        Rule.COMPLETE_WEEKENDS,
        ".......",
        "......早",
        1,
        6,
        weekend_limits=[WHOLE | {"weight": 6}],
    ),
)
