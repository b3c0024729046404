"""Fair shares of nights, weekends, holidays, hours and refused wishes."""

from __future__ import annotations

from rostering import Rule
from tests.rostering.cases.case import needs, pinned, soft

FAIR_NIGHTS = {"over": "nights", "weight": 10}

SHARES = (
    soft(
        Rule.FAIRNESS,
        "夜.夜. .夜.夜",
        "夜夜夜. ...夜",
        1,
        10,
        fairness=[FAIR_NIGHTS],
        cover=needs(*range(4), shift="夜"),
    ),
    soft(
        Rule.FAIRNESS,
        "夜夜夜夜.... ....夜夜夜夜",
        "夜夜夜夜夜夜夜夜 ........",
        4,
        90,
        fairness=[FAIR_NIGHTS],
        cover=needs(*range(8), shift="夜"),
    ),
    soft(
        Rule.FAIRNESS,
        "夜.. .夜夜",
        "夜夜. ..夜",
        1,
        10,
        fairness=[FAIR_NIGHTS | {"shares": {"A": 50}}],
        cover=needs(*range(3), shift="夜"),
    ),
    soft(
        Rule.FAIRNESS,
        ". 夜",
        "夜 .",
        1,
        10,
        fairness=[FAIR_NIGHTS | {"past": {"A": 1}}],
        cover=needs(0, shift="夜"),
    ),
    soft(
        Rule.FAIRNESS,
        "夜 . .",
        ". 夜 .",
        1,
        10,
        fairness=[FAIR_NIGHTS | {"staff": ["B", "C"], "past": {"B": 2, "C": 2}}],
    ),
    soft(
        Rule.FAIRNESS,
        "夜. .夜",
        "夜夜 ..",
        1,
        10,
        fairness=[FAIR_NIGHTS],
        cover=[*needs(0, 1, shift="夜"), *needs(0, 1, shift="夜", skill="夜间")],
    ),
    soft(
        Rule.FAIRNESS,
        ".....早早....... ............早.",
        ".....早......早. ......早.......",
        1,
        10,
        fairness=[{"over": "weekends", "weight": 10}],
        cover=needs(5, 6, 12),
    ),
    soft(
        Rule.FAIRNESS,
        "早.. .早早",
        "早早. ..早",
        1,
        10,
        fairness=[{"over": "holidays", "weight": 10}],
        cover=needs(0, 1, 2),
        holidays=[0, 1],
    ),
    soft(
        Rule.FAIRNESS,
        "早. .早",
        "早早 ..",
        8,
        210,
        fairness=[{"over": "minutes", "weight": 10, "unit": 60}],
        cover=needs(0, 1),
    ),
    soft(
        Rule.FAIRNESS,
        "早 .",
        ". .",
        1,
        10,
        fairness=[{"over": "refusals", "weight": 10, "past": {"A": 1, "B": 1}}],
        requests=[{**pinned(0, "早")[0], "wanted": True, "weight": 0}],
    ),
)
