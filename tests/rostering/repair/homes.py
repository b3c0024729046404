"""Small homes with a roster that keeps every rule."""

from __future__ import annotations

from typing import Any

from rostering import Cover, Problem, Roster, Staff
from tests.rostering.tiny import MONDAY, SHIFTS, cells

NAMES = {"A": "王宁", "B": "李可", "C": "周原", "D": "赵禾"}


def people(**limits: Any) -> tuple[Staff, ...]:
    """Return four people with the same limits, who all may work at night."""
    return tuple(Staff(id=i, name=n, skills={"夜间"}, **limits) for i, n in NAMES.items())


def week(*, minimum: int = 1, **more: Any) -> Problem:
    """Return a week: one early and one late are needed each day, four people rest well."""
    cover = tuple(
        Cover(day=day, shift=shift, minimum=minimum, wanted=1)
        for day in range(7)
        for shift in "早中"
    )
    given = {
        "start": MONDAY,
        "days": 7,
        "shift_types": SHIFTS,
        "staff": people(min_rest_minutes=660, max_minutes=2250),
        "cover": cover,
    }
    return Problem.model_validate({**given, **more})


def published(problem: Problem) -> Roster:
    """Return a roster of the week that breaks nothing and costs nothing."""
    rows = ("早早早早...", "中中中中...", "....早早早", "....中中中")
    return Roster.from_rows(problem, [cells(row) for row in rows])
