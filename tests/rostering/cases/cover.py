"""Heads of a shift type or of a span of time."""

from __future__ import annotations

from rostering import Rule
from tests.rostering.cases.case import PLACES, SPLITS, hard, needs, soft

COVERS = (
    hard(Rule.COVER_MINIMUM, "早", ".", 1, cover=needs(0, minimum=1)),
    hard(
        Rule.COVER_MINIMUM,
        "早 .",
        ". 早",
        1,
        cover=needs(0, minimum=1, skill="护理"),
        skills={"护理"},
    ),
    hard(
        Rule.COVER_MINIMUM,
        "早 .",
        ". 早",
        1,
        cover=needs(0, minimum=1, skill="照护"),
        skills={"护理"},
        substitutes={"照护": ["护理"]},
    ),
    hard(
        Rule.COVER_MINIMUM, "早 .", ". 早", 1, cover=needs(0, minimum=1, sex="female"), sex="female"
    ),
    hard(
        Rule.COVER_MINIMUM,
        "早 .",
        ". 早",
        1,
        cover=needs(0, minimum=1, experienced=True),
        is_experienced=True,
    ),
    hard(
        Rule.COVER_MINIMUM,
        "夜.",
        ".夜",
        1,
        cover=needs(1, shift=None, span={"start": 0, "minutes": 360}, minimum=1),
    ),
    hard(
        Rule.COVER_MINIMUM,
        "早",
        "分",
        1,
        cover=needs(0, shift=None, span={"start": 600, "minutes": 120}, minimum=1),
        shifts=SPLITS,
    ),
    hard(
        Rule.COVER_MINIMUM,
        "东",
        "西",
        1,
        cover=needs(0, shift=None, span={"start": 420, "minutes": 60}, minimum=1, place="东楼"),
        shifts=PLACES,
    ),
    hard(Rule.COVER_MAXIMUM, "早 .", "早 早", 1, cover=needs(0, maximum=1)),
    hard(
        Rule.COVER_MAXIMUM,
        "夜. .中",
        "夜. 夜.",
        1,
        cover=needs(0, shift=None, span={"start": 1380, "minutes": 120}, maximum=1),
    ),
    soft(Rule.COVER_UNDER, "早 早", "早 .", 1, 100, cover=needs(0, wanted=2, under_weight=100)),
    soft(
        Rule.COVER_UNDER,
        "早 中",
        "早 早",
        1,
        70,
        cover=needs(0, shift=None, span={"start": 870, "minutes": 60}, under_weight=70),
    ),
    soft(Rule.COVER_OVER, "早 . .", "早 早 早", 2, 14, cover=needs(0, over_weight=7)),
)
