"""Files of every version are read; cells, times, groups, counters and least heads are short."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from rostering import (
    CountLimit,
    Cover,
    Fixed,
    History,
    Kept,
    Problem,
    ProblemError,
    Roster,
    Rule,
    ShiftType,
    WeekendLimit,
    check,
    cost,
)
from rostering.schema import schemas
from tests.patience import solve
from tests.rostering.tiny import MONDAY, SHIFTS, cells, one

DATA = Path(__file__).with_name("data")
OLD = DATA / "demo-home-october-1.json"
"""The example home's October as version 1 wrote it."""

KEPT = Path(__file__).parents[2] / "docs" / "schema"


def week(row: str = ".......", **given: Any) -> tuple[Problem, Roster]:
    """Return a week of one person from Monday on, and a roster of it."""
    person = {"id": "A", "skills": {"夜间"}}
    fields = {"start": MONDAY, "days": 7, "shift_types": SHIFTS, "staff": [person]}
    problem = Problem.model_validate({**fields, **given})
    return problem, Roster.from_rows(problem, [cells(row)])


def broken(problem: Problem, roster: Roster) -> list[tuple[Rule, int]]:
    """Return the hard rules that a roster breaks, and by how much."""
    return [(item.rule, item.amount) for item in check(problem, roster)]


def test_a_file_of_the_first_version_is_read_as_it_was() -> None:
    """The old file keeps the old schema, and is the same problem when written and read again."""
    text = OLD.read_text(encoding="utf-8")
    old = json.loads(text)
    assert old["format"] == "rostering-problem-1"
    first = json.loads((KEPT / "problem-1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(first).validate(old)
    problem = Problem.model_validate_json(text)
    assert problem.format == "rostering-problem-2"
    assert (len(problem.staff), problem.days, len(problem.cover)) == (24, 31, 217)
    past = next(item for item in problem.history if item.staff == "S01")
    assert past.shifts == ("护", "护", None, None, "护", "护", None)
    assert problem.shift_by_id["夜"].start == 21 * 60
    assert not any(item.from_midnight for item in problem.unavailable)
    written = problem.model_dump_json()
    Draft202012Validator(schemas()["problem.schema.json"]).validate(json.loads(written))
    assert Problem.model_validate_json(written) == problem


def test_a_roster_of_the_first_version_is_read() -> None:
    """A cell that is a shift type, and one that is a list of it, are the same."""
    problem = one("早.")
    old = '{"format": "rostering-roster-1", "shifts": {"A": {"0": "早"}}}'
    new = '{"format": "rostering-roster-2", "shifts": {"A": {"0": ["早"], "1": []}}}'
    assert Roster.from_json(problem, old) == Roster.from_json(problem, new)
    assert json.loads(Roster.from_json(problem, old).to_json())["shifts"] == {"A": {"0": ["早"]}}


def test_cells_are_lists_of_shifts() -> None:
    """Pins, published cells and the history are written as lists, and read from both."""
    pin = Fixed.model_validate({"staff": "A", "day": 0, "shifts": ["早"]})
    assert pin == Fixed(staff="A", day=0, shift="早")
    assert json.loads(pin.model_dump_json()) == {"staff": "A", "day": 0, "shifts": ["早"]}
    assert json.loads(Kept(staff="A", day=0).model_dump_json())["shifts"] == []
    past = History.model_validate({"staff": "A", "shifts": [["早"], [], "夜", None]})
    assert past.shifts == ("早", None, "夜", None)
    assert json.loads(past.model_dump_json())["shifts"] == [["早"], [], ["夜"], []]


def test_two_shifts_in_a_cell_are_refused_in_words() -> None:
    """A day holds one shift today; the refusal says so in both languages."""
    with pytest.raises(ValidationError, match=r"现在只能有 1 个班次.*one shift today, not 2"):
        Fixed.model_validate({"staff": "A", "day": 0, "shifts": ["早", "夜"]})


@pytest.mark.parametrize(("text", "minutes"), [("07:00", 420), ("7:00", 420), ("00:30", 30)])
def test_times_are_written_as_people_do(text: str, minutes: int) -> None:
    """A start is text or minutes, and written as text."""
    kind = {"id": "x", "minutes": 60, "paid_minutes": 60}
    assert ShiftType.model_validate(kind | {"start": text}).start == minutes
    dumped = ShiftType.model_validate(kind | {"start": minutes}).model_dump_json()
    assert json.loads(dumped)["start"] == f"{minutes // 60:02}:{minutes % 60:02}"


def test_a_piece_after_midnight_goes_on_from_24() -> None:
    """Pieces and spans of cover count from the begin of the day; 25:00 is one at night."""
    split = {"id": "x", "start": "18:00", "minutes": 900, "paid_minutes": 480}
    spans = [{"start": "18:00", "minutes": 180}, {"start": "25:00", "minutes": 480}]
    kind = ShiftType.model_validate({**split, "spans": spans})
    assert [piece.start for piece in kind.spans] == [1080, 1500]
    assert json.loads(kind.model_dump_json())["spans"][1]["start"] == "25:00"


@pytest.mark.parametrize("text", ["7", "07:60", "7.30", "24:00", "七点"])
def test_what_is_no_time_is_refused(text: str) -> None:
    """A start is a time of its day."""
    given = {"id": "x", "minutes": 60, "paid_minutes": 60, "start": text}
    with pytest.raises(ValidationError):
        ShiftType.model_validate(given)


def test_at_least_three_says_it_once() -> None:
    """Without ``wanted`` only the limits speak: below is broken, above costs nothing."""
    least = Cover.model_validate({"day": 0, "shift": "早", "minimum": 3})
    assert (least.minimum, least.wanted, least.over_weight) == (3, 3, 0)
    most = Cover.model_validate({"day": 0, "shift": "早", "maximum": 1})
    problem, roster = week("早......", cover=[most])
    assert (broken(problem, roster), cost(problem, roster)) == ([], 0)
    wanted = Cover(day=0, shift="早", minimum=1, wanted=2)
    assert (wanted.wanted, wanted.over_weight) == (2, 1)
    assert Cover.model_validate_json(least.model_dump_json()) == least


def test_groups_stand_for_their_shift_types() -> None:
    """A group in a count, a run, a pattern and a rotation means each of its types."""
    problem, roster = week(
        "早中早夜...",
        groups={"白天": ["早", "中"]},
        counts=[{"shifts": ["白天"], "maximum": 2}],
        runs=[{"of": "shifts", "shifts": ["白天"], "maximum": 2}],
        patterns=[{"cells": [["白天"], ["nights"]]}],
        rotations=[{"order": [["白天"], ["nights"]]}],
    )
    assert problem.counts[0].shifts == ("早", "中")
    assert problem.rotations[0].order == (("早", "中"), ("夜",))
    assert broken(problem, roster) == [
        (Rule.PATTERN, 1),
        (Rule.RUN_MAXIMUM, 1),
        (Rule.COUNT_MAXIMUM, 1),
    ]


def test_nights_are_all_night_types() -> None:
    """A rule for nights holds for a second night type too, and ``days`` for all others."""
    short = {**SHIFTS[2].model_dump(), "id": "短", "minutes": 480}
    problem, roster = week(
        "夜短早....",
        shift_types=[*SHIFTS, short],
        counts=[
            {"shifts": ["nights"], "reach": "week", "maximum": 1},
            {"shifts": ["days"], "maximum": 0},
        ],
    )
    assert broken(problem, roster) == [(Rule.COUNT_MAXIMUM, 1), (Rule.COUNT_MAXIMUM, 1)]


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"groups": {"白天": ["午"]}}, "groups[白天]"),
        ({"groups": {"白天": []}}, "groups[白天]"),
        ({"groups": {"早": ["中"]}}, "groups[早]"),
        (
            {"shift_types": SHIFTS[:1], "counts": [{"shifts": ["nights"], "maximum": 1}]},
            "counts[0].shifts",  # not: all shift types
        ),
    ],
)
def test_groups_that_make_no_sense_are_refused(given: dict[str, Any], where: str) -> None:
    """Unknown members, empty groups, names of shift types, and nights where there are none."""
    with pytest.raises(ProblemError) as refused:
        week(**given)
    assert [fault.where for fault in refused.value.faults] == [where]


def test_counters_of_the_past_count_like_days() -> None:
    """Two nights of a week before its Thursday leave none of two, as days or as a number."""
    start = MONDAY.replace(day=8)  # a Thursday
    history = [{"staff": "A", "shifts": ["夜", None, "夜"]}]
    limit = {"shifts": ["nights"], "reach": "week", "maximum": 2}
    by_days, roster = week("夜......", start=start, history=history, counts=[limit])
    assert broken(by_days, roster) == [(Rule.COUNT_MAXIMUM, 1)]
    counted = [limit | {"past": {"A": 2}}]
    for given in ([], history):  # the number stands in place of the days
        by_number, roster = week("夜......", start=start, history=given, counts=counted)
        assert broken(by_number, roster) == [(Rule.COUNT_MAXIMUM, 1)]
    later, roster = week("....夜夜.", start=start, counts=counted)  # Monday and Tuesday after
    assert broken(later, roster) == []


def test_counters_of_a_period_and_of_weekends() -> None:
    """41 of 42 nights of the year, and 25 of 26 weekends, leave one of each."""
    counts = [CountLimit(shifts=("夜",), maximum=42, past={"A": 41})]
    weekends = [WeekendLimit(maximum=26, past={"A": 25})]
    problem, good = week("夜....早早", counts=counts, weekend_limits=weekends)
    assert broken(problem, good) == []
    one_more = [WeekendLimit(maximum=25, past={"A": 25})]
    problem, bad = week("夜夜...早.", counts=counts, weekend_limits=one_more)
    assert broken(problem, bad) == [(Rule.COUNT_MAXIMUM, 1), (Rule.WEEKENDS, 1)]
    wishes = [{"staff": "A", "day": d, "shift": "夜", "wanted": True} for d in (0, 1)]
    problem, _ = week(counts=counts, requests=wishes)
    assert solve(problem).cost == 1


def test_a_newer_version_is_refused() -> None:
    """What a later engine wrote is not guessed at."""
    with pytest.raises(ValidationError, match="rostering-problem-2"):
        week(format="rostering-problem-3")
