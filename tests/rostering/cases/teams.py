"""People who work together, apart, or in company."""

from __future__ import annotations

from rostering import Rule
from tests.rostering.cases.case import AROUND_MIDNIGHT, PLACES, SPLITS, TRAINING, hard, past, soft
from tests.rostering.tiny import EARLY

KEY = {"resident": "小雨", "staff": ["A", "B"], "days": [0]}

TEAMS = (
    hard(Rule.COMPANY, "早 早", "早 .", 1, company=[{}]),
    hard(Rule.COMPANY, "早 中", "早 夜", 2, company=[{}]),
    hard(Rule.COMPANY, "早 早", "早 中", 2, company=[{"same_shift": True}]),
    hard(
        Rule.COMPANY,
        "早 早 .",
        "早 . 早",
        1,
        company=[{"staff": ["A"], "by": ["B"], "name": "带教"}],
    ),
    hard(Rule.COMPANY, "早 .", "夜 .", 1, company=[{"shifts": ["夜"]}]),
    hard(Rule.COMPANY, "东 东", "东 西", 2, company=[{}], shifts=PLACES),
    hard(Rule.COMPANY, "早 午", "分 午", 2, company=[{}], shifts=SPLITS),
    hard(Rule.COMPANY, "学 学", "学 早", 2, company=[{}], shifts=(EARLY, TRAINING)),
    soft(Rule.COMPANY, "早 中", "早 夜", 2, 8, company=[{"weight": 4}]),
    hard(Rule.TOGETHER, "早. 早.", "早. ..", 1, together=[{"staff": ["A", "B"], "weight": None}]),
    soft(Rule.TOGETHER, "早. 早.", "早. 中.", 2, 6, together=[{"staff": ["A", "B"], "weight": 3}]),
    hard(Rule.APART, "早 夜", "早 中", 1, apart=[{"staff": ["A", "B"]}]),
    hard(Rule.APART, "东 西", "东 东", 1, apart=[{"staff": ["A", "B"]}], shifts=PLACES),
    hard(Rule.APART, "学 早", "学 学", 1, apart=[{"staff": ["A", "B"]}], shifts=(EARLY, TRAINING)),
    soft(Rule.APART, "夜 . 中", "夜 夜 夜", 2, 10, apart=[{"staff": ["A", "B", "C"], "weight": 5}]),
    hard(
        Rule.APART,
        "通. .中",
        "通. .晨",
        1,
        apart=[{"staff": ["A", "B"]}],
        shifts=AROUND_MIDNIGHT,
    ),
    hard(
        Rule.APART,
        ". 中",
        ". 晨",
        1,
        apart=[{"staff": ["A", "B"]}],
        shifts=AROUND_MIDNIGHT,
        history=past("通"),
    ),
    soft(
        Rule.APART,
        "通. .中",
        "通. .晨",
        1,
        5,
        apart=[{"staff": ["A", "B"], "weight": 5}],
        shifts=AROUND_MIDNIGHT,
    ),
    hard(
        Rule.COMPANY,
        "通. .晨",
        "通. .中",
        1,
        company=[{"shifts": ["通"]}],
        shifts=AROUND_MIDNIGHT,
    ),
    hard(
        Rule.COMPANY,
        ".. 晨.",
        ".. .晨",
        1,
        company=[{"shifts": ["晨"]}],
        shifts=AROUND_MIDNIGHT,
        history=past("通"),
    ),
    hard(
        Rule.COMPANY,
        "通通 通通",
        "通. .晨",
        1,
        company=[{"shifts": ["通"], "same_shift": True}],
        shifts=AROUND_MIDNIGHT,
    ),
    hard(Rule.KEY_WORKER, ". 早", ". .", 1, key_workers=[KEY]),
    hard(Rule.KEY_WORKER, "早 中", "中 中", 1, key_workers=[KEY | {"shifts": ["早"]}]),
    soft(Rule.KEY_WORKER, "早. ..", ".早 ..", 1, 20, key_workers=[KEY | {"weight": 20}]),
)
