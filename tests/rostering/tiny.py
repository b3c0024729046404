"""Tiny problems in which one rule is at stake."""

from __future__ import annotations

from datetime import date
from typing import Any

from rostering import Cover, Problem, ShiftType, Staff

MONDAY = date(2026, 10, 5)
EARLY = ShiftType(id="早", name="早班", start=420, minutes=480, paid_minutes=450)
LATE = ShiftType(id="中", name="中班", start=780, minutes=480, paid_minutes=450)
NIGHT = ShiftType(
    id="夜", name="夜班", start=1260, minutes=600, paid_minutes=480, skill="夜间", is_night=True
)
SHIFTS = (EARLY, LATE, NIGHT)


def one(row: str, *, days: int | None = None, shifts: Any = SHIFTS, **limits: Any) -> Problem:
    """Return a problem of one person, with limits, whose wishes are exactly a row of shifts.

    A dot is a day off. The row is free, every other roster costs; so a solver returns the row if
    the rules allow it, and another roster if they do not.
    """
    more = {name: limits.pop(name) for name in list(limits) if name in Problem.model_fields}
    person = Staff(id="A", name="王宁", **({"skills": {"夜间"}} | limits))
    cover = tuple(
        Cover(day=day, shift=shift.id, wanted=int(cell == shift.id), over_weight=50)
        for day, cell in enumerate(row)
        for shift in shifts
    )
    given = {"start": MONDAY, "shift_types": shifts, "staff": (person,), "cover": cover}
    return Problem.model_validate({**given, "days": days or len(row), **more})


def cells(row: str) -> tuple[str | None, ...]:
    """Return a row written as text, a dot for a day off, as cells of a roster."""
    return tuple(None if cell == "." else cell for cell in row)
