"""Days in a row."""

from __future__ import annotations

from rostering import Rule
from tests.rostering.cases.case import hard, past, soft

TWO_NIGHTS = {"of": "nights", "maximum": 2}

RUNS = (
    hard(Rule.MAX_CONSECUTIVE_DAYS, "早早.早", "早早早早", 2, max_consecutive_days=2),
    hard(
        Rule.MAX_CONSECUTIVE_DAYS,
        ".早早",
        "早早.",
        2,
        max_consecutive_days=2,
        history=past("早早"),
    ),
    hard(Rule.MIN_CONSECUTIVE_DAYS, ".早早.", ".早..", 1, min_consecutive_days=2),
    hard(Rule.MIN_CONSECUTIVE_DAYS, "早..早", "早.早.", 1, min_consecutive_days=2),
    hard(Rule.MIN_CONSECUTIVE_DAYS, "早.", "..", 1, min_consecutive_days=2, history=past(".早")),
    hard(Rule.MIN_CONSECUTIVE_DAYS_OFF, "早..早", "早.早.", 1, min_consecutive_days_off=2),
    hard(Rule.MIN_CONSECUTIVE_DAYS_OFF, ".早..", ".早.早", 1, min_consecutive_days_off=2),
    hard(
        Rule.MIN_CONSECUTIVE_DAYS_OFF,
        ".早",
        "早早",
        1,
        min_consecutive_days_off=2,
        history=past("早."),
    ),
    hard(Rule.RUN_MAXIMUM, "夜夜.夜", "夜夜夜.", 1, runs=[TWO_NIGHTS]),
    hard(Rule.RUN_MAXIMUM, ".夜夜", "夜夜.", 2, runs=[TWO_NIGHTS], history=past("夜夜")),
    hard(
        Rule.RUN_MAXIMUM,
        "早中夜",
        "早中早",
        1,
        runs=[{"of": "shifts", "shifts": ["早", "中"], "maximum": 2}],
    ),
    soft(Rule.RUN_MAXIMUM, ".早.", "...", 2, 10, runs=[{"of": "off", "maximum": 1, "weight": 5}]),
    soft(
        Rule.RUN_MAXIMUM,
        "早早 早.",
        "早早 早早",
        1,
        5,
        runs=[{"of": "work", "maximum": 1, "weight": 5, "staff": ["B"]}],
    ),
    hard(Rule.RUN_MINIMUM, ".夜夜.", ".夜早.", 1, runs=[{"of": "nights", "minimum": 2}]),
    hard(
        Rule.RUN_MINIMUM, "夜.", "..", 1, runs=[{"of": "nights", "minimum": 2}], history=past(".夜")
    ),
    hard(Rule.RUN_MINIMUM, "早..早", "早.早早", 1, runs=[{"of": "off", "minimum": 2}]),
    soft(
        Rule.RUN_MINIMUM,
        ".夜夜夜.",
        ".夜...",
        2,
        8,
        runs=[{"of": "nights", "minimum": 3, "weight": 4}],
    ),
)
