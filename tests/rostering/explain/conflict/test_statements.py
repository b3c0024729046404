"""Taking a problem apart, and putting some of it together again."""

from __future__ import annotations

from typing import Any

import pytest

from rostering import Cover, Fixed, Problem, Roster, Rule, Staff, Unavailable, check
from rostering.explain.conflict.apart import KINDS, statements
from rostering.explain.conflict.statement import only
from rostering.parts import (
    Apart,
    Choice,
    Company,
    CountLimit,
    Forbidden,
    KeyWorker,
    Measure,
    Pattern,
    PatternKind,
    Rotation,
    RunLimit,
    RunOf,
    Together,
    WeekendLimit,
)
from tests.rostering.tiny import MONDAY, NIGHT, SHIFTS, cells, one

LIMITS: dict[str, Any] = {
    "shift_limits": {"中": 1, "夜": 0},
    "min_minutes": 450,
    "max_minutes": 900,
    "max_week_minutes": 900,
    "max_month_minutes": 900,
    "min_assignments": 1,
    "max_assignments": 2,
    "max_consecutive_days": 3,
    "min_consecutive_days": 2,
    "min_consecutive_days_off": 2,
    "max_weekends": 1,
    "min_rest_minutes": 660,
    "day_minutes": 480,
    "max_month_overtime": 120,
}


def test_every_limit_of_a_person_is_a_statement() -> None:
    """Each limit makes one statement in both languages; a shift limit of 0 is fitness and stays."""
    problem = one(".....", **LIMITS)
    found = [s for s in statements(problem) if s.staff == "A"]
    assert len(found) == len({s.rule for s in found}) == len(LIMITS) - 1
    assert all("王宁" in s.sentence.zh and s.sentence.en for s in found)
    bare = only(problem, [])
    assert bare.staff[0].shift_limits == {"夜": 0}
    assert bare.staff[0].max_minutes is None


def full() -> Problem:
    """Return a problem with a hard part of every kind."""
    people = tuple(Staff(id=name, skills={"夜间"}) for name in "AB")
    shifts = tuple(s.model_copy(update={"forbidden_next": ("早",)}) for s in SHIFTS[:2])
    return Problem.model_construct(
        start=MONDAY,
        days=7,
        shift_types=(*shifts, NIGHT),
        staff=people,
        cover=(Cover(day=0, shift="早", minimum=1, wanted=1, maximum=2),),
        unavailable=(Unavailable(staff="A", day=1),),
        fixed=(Fixed(staff="A", day=2, shift="早"),),
        forbidden=(Forbidden(staff="A", day=3, shift="夜"),),
        choices=(Choice(staff="A", days=(4, 5), wanted=False, weight=None),),
        max_changes=3,
        runs=(RunLimit(of=RunOf.NIGHTS, minimum=2, maximum=3),),
        counts=(CountLimit(measure=Measure.MINUTES, minimum=60, maximum=600),),
        weekend_limits=(WeekendLimit(maximum=1, max_consecutive=1, complete=True),),
        patterns=(Pattern(cells=(("夜",), PatternKind.OFF, ("早",))),),
        rotations=(Rotation(order=(("早",), ("中",))),),
        company=(Company(staff=("A",)),),
        together=(Together(staff=("A", "B"), weight=None),),
        apart=(Apart(staff=("A", "B")),),
        key_workers=(KeyWorker(resident="甲", staff=("A",), days=(0, 1)),),
    )


def test_every_kind_of_part_is_taken_apart() -> None:
    """No kind of hard part is forgotten, and all statements together are all that is hard."""
    problem = full()
    said = statements(problem)
    quiet = {"person_limits", "shift_limits"}
    for kind in KINDS:
        assert bool(list(kind(problem))) == (kind.__name__ not in quiet), kind.__name__
    whole = only(problem, said)
    assert len(whole.runs) == 2 * 2
    assert len(whole.weekend_limits) == 3 * 2
    assert (whole.max_changes, whole.choices) == (3, problem.choices)
    assert [shift.forbidden_next for shift in whole.shift_types] == [("早",), ("早",), ()]
    assert len(statements(whole)) == len(said)


def test_what_has_a_price_is_no_statement() -> None:
    """Soft limits and wishes cannot collide, so they are left out."""
    soft = {"runs": (RunLimit(of=RunOf.WORK, maximum=1, weight=5),)}
    assert statements(one("早", **soft)) == []


@pytest.mark.parametrize("row", ["早中.", "夜夜夜", "...", "中早早"])
def test_all_statements_together_break_alike(row: str) -> None:
    """A roster breaks the reassembled problem just as it breaks the problem."""
    leave = (Unavailable(staff="A", day=1),)
    need = (Cover(day=0, shift="早", minimum=1, wanted=1, maximum=1),)
    problem = one("...", unavailable=leave, cover=need, **LIMITS)
    whole = only(problem, statements(problem))
    roster = Roster.from_rows(problem, [cells(row)])

    def places(of: Problem) -> set[tuple[Rule, str | None, int | None, int]]:
        return {(v.rule, v.staff, v.day, v.amount) for v in check(of, roster)}

    assert places(whole) == places(problem)
