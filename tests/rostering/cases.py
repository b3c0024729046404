"""Every rule with rosters that keep it and rosters that do not, hard and priced.

A case is used by the tests of the checker and of the solvers: with the accepted roster as the wish,
nothing is to be paid; with the rejected one as the wish, a hard rule forbids it and a priced one
costs exactly what the case says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rostering import Rule, ShiftType
from tests.rostering.tiny import EARLY, LATE, MONDAY, NIGHT, cells

Given = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A rule at stake.

    Parameters
    ----------
    good, bad
        The accepted and the rejected roster, a row a person, a dot for a day off.
    amount
        By how much the bad roster breaks the rule.
    given
        What the problem says, see :func:`tests.rostering.tiny.wished`.
    cost
        What the bad roster costs; None if the rule is hard.
    """

    rule: Rule
    good: tuple[str, ...]
    bad: tuple[str, ...]
    amount: int
    given: Given
    cost: int | None = None

    def __str__(self) -> str:
        kind = "hard" if self.cost is None else "soft"
        return f"{self.rule}-{kind}-{'/'.join(self.bad)}"


def hard(rule: Rule, good: str, bad: str, amount: int, **given: Any) -> Case:
    """Return a case of a hard rule; rows of several people are divided by spaces."""
    return Case(rule, tuple(good.split()), tuple(bad.split()), amount, given)


def soft(rule: Rule, good: str, bad: str, amount: int, cost: int, **given: Any) -> Case:
    """Return a case of a priced rule; rows of several people are divided by spaces."""
    return Case(rule, tuple(good.split()), tuple(bad.split()), amount, given, cost)


def past(row: str, staff: str = "A") -> Any:
    """Return the days of a person before the period."""
    return ({"staff": staff, "shifts": cells(row)},)


def pinned(day: int, shift: str | None) -> Any:
    """Return one cell of A."""
    return ({"staff": "A", "day": day, "shift": shift},)


def needs(*days: int, shift: str = "早", **more: Any) -> Any:
    """Return cover that wants one head on some days, for nothing unless it says more."""
    free = {"shift": shift, "wanted": 1, "under_weight": 0, "over_weight": 0}
    return [free | {"day": day} | more for day in days]


TO_SUNDAY = MONDAY.replace(day=11)
TO_NOVEMBER = MONDAY.replace(day=30)
"""A Friday; the third day is in November."""

NO_LATE_NEXT = (EARLY.model_copy(update={"forbidden_next": ("中",)}), LATE, NIGHT)
LONG = EARLY.model_copy(update={"id": "长", "start": 480, "minutes": 1440, "paid_minutes": 960})
SPLIT = ShiftType.model_validate(
    {
        "id": "分",
        "start": 420,
        "minutes": 840,
        "paid_minutes": 480,
        "spans": [{"start": 420, "minutes": 240}, {"start": 1020, "minutes": 240}],
    }
)
NOON = EARLY.model_copy(update={"id": "午", "start": 690, "minutes": 300, "paid_minutes": 300})
EAST = EARLY.model_copy(update={"id": "东", "place": "东楼"})
WEST = EARLY.model_copy(update={"id": "西", "place": "西楼"})
TRAINING = ShiftType(id="学", minutes=240, paid_minutes=240)
PLACES = (EAST, WEST)
SPLITS = (EARLY, LATE, SPLIT, NOON)

LEAVE = ({"staff": "A", "day": 1},)
ORDER = [["早"], ["中"], ["夜"]]
NIGHT_OFF_EARLY = [["夜"], "off", ["早"]]
TWO_NIGHTS = {"of": "nights", "maximum": 2}
WEEK_NIGHTS = {"reach": "week", "shifts": ["夜"], "maximum": 1}
HOURS = {"measure": "minutes", "unit": 60, "weight": 3}
LIMIT_ONE = {"maximum": 1}
WHOLE = {"complete": True}
WORK_OFF = {"staff": "A", "days": [0, 1], "wanted": False, "weight": None}
KEY = {"resident": "小雨", "staff": ["A", "B"], "days": [0]}
FAIR_NIGHTS = {"over": "nights", "weight": 10}

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
    hard(Rule.KEY_WORKER, ". 早", ". .", 1, key_workers=[KEY]),
    hard(Rule.KEY_WORKER, "早 中", "中 中", 1, key_workers=[KEY | {"shifts": ["早"]}]),
    soft(Rule.KEY_WORKER, "早. ..", ".早 ..", 1, 20, key_workers=[KEY | {"weight": 20}]),
)

CASES = (*CELLS, *FOLLOWING, *COUNTS, *RUNS, *WEEKENDS, *COVERS, *WISHES, *SHARES, *TEAMS)
