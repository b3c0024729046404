"""Every part of a problem that contradicts another, or itself, is told with its place."""

from __future__ import annotations

from typing import Any

import pytest

from rostering import Problem, ProblemError
from tests.rostering.tiny import MONDAY

EARLY = {"id": "早", "start": 420, "minutes": 480, "paid_minutes": 450}
NIGHT = {"id": "夜", "start": 1260, "minutes": 600, "paid_minutes": 480, "is_night": True}
UNTIMED = {"id": "学", "minutes": 240, "paid_minutes": 240}
GIVEN: dict[str, Any] = {
    "start": MONDAY,
    "days": 14,
    "shift_types": [EARLY, NIGHT],
    "staff": [{"id": "A"}, {"id": "B"}],
}
RUN = {"of": "work", "maximum": 5}
COUNT = {"maximum": 5}
PATTERN = {"cells": [["夜"], ["早"]]}
ROTATION = {"order": [["早"], ["夜"]]}
CHOICE = {"staff": "A", "days": [0, 1], "wanted": False}
KEY = {"resident": "小雨", "staff": ["A"], "days": [0]}
SPAN = {"start": 420, "minutes": 60}
COVER = {"day": 0, "shift": "早", "wanted": 1}
SPLIT = {"id": "分", "start": 420, "minutes": 600, "paid_minutes": 480}


def cell(**more: Any) -> dict[str, Any]:
    """Return a cell of A on day 0."""
    return {"staff": "A", "day": 0, "shift": "早"} | more


def split(*spans: tuple[int, int], **more: Any) -> list[dict[str, Any]]:
    """Return shift types among which one is split into pieces of start and length."""
    pieces = [{"start": start, "minutes": minutes} for start, minutes in spans]
    return [EARLY, NIGHT, SPLIT | {"spans": pieces} | more]


UNKNOWN_STAFF = [
    ({"choices": [CHOICE | {"staff": "C"}]}, "choices[0].staff"),
    ({"forbidden": [cell(staff="C")]}, "forbidden[0].staff"),
    ({"kept": [cell(staff="C")]}, "kept[0].staff"),
    ({"runs": [RUN | {"staff": ["C"]}]}, "runs[0].staff"),
    ({"counts": [COUNT | {"staff": ["A", "C"]}]}, "counts[0].staff"),
    ({"weekend_limits": [{"maximum": 1, "staff": ["C"]}]}, "weekend_limits[0].staff"),
    ({"patterns": [PATTERN | {"staff": ["C"]}]}, "patterns[0].staff"),
    ({"rotations": [ROTATION | {"staff": ["C"]}]}, "rotations[0].staff"),
    ({"fairness": [{"over": "nights", "staff": ["C"]}]}, "fairness[0].staff"),
    ({"fairness": [{"over": "nights", "past": {"C": 1}}]}, "fairness[0].past"),
    ({"fairness": [{"over": "nights", "shares": {"C": 1}}]}, "fairness[0].shares"),
    ({"company": [{"staff": ["C"]}]}, "company[0].staff"),
    ({"company": [{"by": ["C"]}]}, "company[0].by"),
    ({"together": [{"staff": ["A", "C"]}]}, "together[0].staff"),
    ({"apart": [{"staff": ["A", "C"]}]}, "apart[0].staff"),
    ({"key_workers": [KEY | {"staff": ["C"]}]}, "key_workers[0].staff"),
]
UNKNOWN_SHIFTS = [
    ({"choices": [CHOICE | {"shift": "中"}]}, "choices[0].shift"),
    ({"forbidden": [cell(shift="中")]}, "forbidden[0].shift"),
    ({"kept": [cell(shift="中")]}, "kept[0].shift"),
    ({"runs": [RUN | {"of": "shifts", "shifts": ["中"]}]}, "runs[0].shifts"),
    ({"counts": [COUNT | {"shifts": ["中"]}]}, "counts[0].shifts"),
    ({"patterns": [{"cells": ["off", ["早", "中"]]}]}, "patterns[0].cells[1]"),
    ({"rotations": [{"order": [["早"], ["中"]]}]}, "rotations[0].order[1]"),
    ({"company": [{"shifts": ["中"]}]}, "company[0].shifts"),
    ({"key_workers": [KEY | {"shifts": ["中"]}]}, "key_workers[0].shifts"),
]
DAYS_OUTSIDE = [
    ({"choices": [CHOICE | {"days": [0, 14]}]}, "choices[0].days"),
    ({"forbidden": [cell(day=14)]}, "forbidden[0].day"),
    ({"kept": [cell(day=14)]}, "kept[0].day"),
    ({"counts": [COUNT | {"days": [14]}]}, "counts[0].days"),
    ({"key_workers": [KEY | {"days": [14]}]}, "key_workers[0].days"),
    ({"holidays": [15]}, "holidays"),
    ({"make_up_days": [19]}, "make_up_days"),
    ({"days_off": [16]}, "days_off"),
]
DOUBLES = [
    ({"cover": [{"day": 0, "span": SPAN, "wanted": 1}] * 2}, "cover"),
    ({"forbidden": [cell()] * 2}, "forbidden"),
    ({"kept": [cell(), cell(shift=None)]}, "kept"),
    ({"holidays": [1, 1]}, "holidays"),
    ({"days_off": [1, 1]}, "days_off"),
    ({"runs": [RUN | {"staff": ["A", "A"]}]}, "runs[0].staff"),
    ({"together": [{"staff": ["A", "A"]}]}, "together[0].staff"),
    ({"choices": [CHOICE | {"days": [0, 0]}]}, "choices[0].days"),
    ({"rotations": [{"order": [["早"], ["夜", "早"]]}]}, "rotations[0].order"),
]
CONTRADICTIONS = [
    ({"staff": [{"id": "A", "min_assignments": 3, "max_assignments": 2}]}, "staff[A]"),
    ({"staff": [{"id": "A", "max_day_overtime": 180}]}, "staff[A].day_minutes"),
    ({"staff": [{"id": "A", "max_month_overtime": 2160}]}, "staff[A].day_minutes"),
    ({"cover": [{"day": 0, "wanted": 1}]}, "cover[0]"),
    ({"cover": [COVER | {"span": SPAN}]}, "cover[0]"),
    ({"cover": [COVER | {"place": "东楼"}]}, "cover[0].place"),
    (
        {"cover": [{"day": 0, "span": {"start": 1440, "minutes": 60}, "wanted": 1}]},
        "cover[0].span.start",
    ),
    (
        {"cover": [{"day": 0, "span": SPAN, "wanted": 1}], "shift_types": [UNTIMED]},
        "cover[0].span",
    ),
    ({"make_up_days": [2]}, "make_up_days"),
    ({"days_off": [5]}, "days_off"),
    ({"make_up_days": [5], "holidays": [5]}, "make_up_days"),
    ({"shift_types": split((360, 120))}, "shift_types[分].spans[0]"),
    ({"shift_types": split((420, 120), (900, 240))}, "shift_types[分].spans[1]"),
    ({"shift_types": split((420, 240), (600, 120))}, "shift_types[分].spans[1]"),
    ({"shift_types": split((420, 240), (660, 120))}, "shift_types[分].spans[1]"),
    ({"shift_types": split((420, 240), start=None)}, "shift_types[分].start"),
    ({"runs": [{"of": "shifts", "maximum": 2}]}, "runs[0].shifts"),
    ({"runs": [RUN | {"shifts": ["早"]}]}, "runs[0].shifts"),
    ({"runs": [RUN, RUN, RUN | {"minimum": 6}]}, "runs[2].minimum"),
    ({"runs": [{"of": "off"}]}, "runs[0]"),
    ({"counts": [COUNT | {"days": [0], "reach": "week"}]}, "counts[0].days"),
    ({"counts": [COUNT | {"minimum": 6}]}, "counts[0].minimum"),
    ({"counts": [{}]}, "counts[0]"),
    ({"counts": [COUNT | {"measure": "overtime"}]}, "counts[0].measure"),
    ({"weekend_limits": [{}]}, "weekend_limits[0]"),
    ({"patterns": [{"cells": [["夜"]]}]}, "patterns[0].cells"),
    ({"patterns": [{"cells": ["any", "any"]}]}, "patterns[0].cells"),
    ({"patterns": [{"cells": ["off", []]}]}, "patterns[0].cells[1]"),
    ({"rotations": [{"order": [["早"], []]}]}, "rotations[0].order[1]"),
    ({"fairness": [{"over": "nights", "staff": ["A"], "past": {"B": 1}}]}, "fairness[0].past"),
    ({"choices": [CHOICE | {"days": []}]}, "choices[0].days"),
    ({"key_workers": [KEY | {"days": []}]}, "key_workers[0].days"),
    ({"max_changes": 2}, "max_changes"),
    ({"fixed": [cell()], "unavailable": [{"staff": "A", "day": 0}]}, "fixed[0]"),
    ({"fixed": [cell()], "forbidden": [cell()]}, "fixed[0]"),
]


@pytest.mark.parametrize(
    ("changes", "where"),
    [*UNKNOWN_STAFF, *UNKNOWN_SHIFTS, *DAYS_OUTSIDE, *DOUBLES, *CONTRADICTIONS],
)
def test_fault_is_placed(changes: dict[str, Any], where: str) -> None:
    """Each contradiction is one fault that names the field, in both languages."""
    with pytest.raises(ProblemError) as refused:
        Problem.model_validate(GIVEN | changes)
    (fault,) = refused.value.faults
    assert fault.where == where
    assert fault.zh
    assert fault.en


@pytest.mark.parametrize(
    "changes",
    [
        {"substitutes": {"照护": ["护理", "从未有人具备的技能"]}},
        {"fixed": [cell(shift=None)], "unavailable": [{"staff": "A", "day": 0}]},
        {"kept": [cell()], "max_changes": 0, "unavailable": [{"staff": "A", "day": 0}]},
        {"make_up_days": [5], "holidays": [3]},
        {"shift_types": split((420, 240), (780, 240))},
        {"cover": [{"day": 0, "span": {"start": 1380, "minutes": 120}, "wanted": 1}]},
        {"fairness": [{"over": "holidays"}]},
        {"unavailable": [{"staff": "A", "day": 0}] * 2},
    ],
)
def test_what_is_no_contradiction(changes: dict[str, Any]) -> None:
    """Names nobody needs to know, empty months and doubled leave are no faults."""
    assert Problem.model_validate(GIVEN | changes)


def test_fault_says_what_was_given_and_how_to_mend_it() -> None:
    """The sentence has the numbers and the way out."""
    with pytest.raises(ProblemError) as refused:
        Problem.model_validate(GIVEN | {"runs": [RUN | {"minimum": 6}]})
    assert str(refused.value) == (
        "runs[0].minimum：下限 6 大于上限 5；请减小下限或增大上限"
        " / minimum 6 exceeds maximum 5: lower it or raise the other"
    )
