"""What may follow what: successions, patterns, rotations, rest."""

from __future__ import annotations

from rostering import Rule
from tests.rostering.cases.case import LONG, NO_LATE_NEXT, SPLITS, hard, past, soft
from tests.rostering.tiny import EARLY

ORDER = [["早"], ["中"], ["夜"]]
NIGHT_OFF_EARLY = [["夜"], "off", ["早"]]

FOLLOWING = (
    hard(Rule.SUCCESSION, "中早", "早中", 1, shifts=NO_LATE_NEXT),
    hard(Rule.SUCCESSION, "早.中", ".早中", 1, shifts=NO_LATE_NEXT),
    hard(Rule.SUCCESSION, ".中", "中.", 1, shifts=NO_LATE_NEXT, history=past("早")),
    hard(Rule.PATTERN, "夜..早", "夜.早.", 1, patterns=[{"cells": NIGHT_OFF_EARLY}]),
    hard(Rule.PATTERN, ".早", "早.", 1, patterns=[{"cells": NIGHT_OFF_EARLY}], history=past("夜.")),
    hard(Rule.PATTERN, "早.", ".早", 1, patterns=[{"cells": ["any", ["早"]]}]),
    hard(
        Rule.PATTERN,
        ".早早.....",
        "早早......",
        1,
        patterns=[{"cells": ["work", "work"], "weekday": 0}],
    ),
    soft(
        Rule.PATTERN,
        "早早.早",
        "早早早早",
        2,
        14,
        patterns=[{"cells": ["work", "work", "work"], "weight": 7, "name": "三连班"}],
    ),
    hard(Rule.ROTATION, "早中夜", "中早.", 1, rotations=[{"order": ORDER}]),
    hard(Rule.ROTATION, "夜中早", "夜早中", 1, rotations=[{"order": [["早"], ["夜"]]}]),
    hard(Rule.ROTATION, ".早", "早.", 1, rotations=[{"order": ORDER}], history=past("夜")),
    soft(
        Rule.ROTATION,
        "中..早",
        "中.早.",
        1,
        4,
        rotations=[{"order": ORDER, "over_days_off": 1, "weight": 4}],
    ),
    hard(Rule.REST, "早中", "中早", 60, min_rest_minutes=660),
    hard(Rule.REST, "夜.早", "夜早.", 660, min_rest_minutes=660),
    hard(Rule.REST, ".早", "早.", 660, min_rest_minutes=660, history=past("夜")),
    hard(Rule.REST, "长..早", "长.早.", 540, min_rest_minutes=1920, shifts=(EARLY, LONG)),
    hard(Rule.REST, "分.早", "分早.", 60, min_rest_minutes=660, shifts=SPLITS),
)
