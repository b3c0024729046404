"""Tiny problems in which one rule is at stake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from rostering import Cover, Problem, Roster, ShiftType, Staff

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


NAMES = {"A": "王宁", "B": "李和", "C": "陈安"}
PRICE = 1000
"""What every change of a wished roster costs: more than any soft rule of the cases."""


def wished(rows: Sequence[str], **given: Any) -> Problem:
    """Return a problem whose people A, B, … wish for exactly some rows of shifts.

    The rows are free, and every other cell costs a PRICE: as a change of a published roster, or,
    where the case itself is about published cells, as a refused request.

    Parameters
    ----------
    given
        Fields of the problem (``shifts`` for its shift types); fields of person A; and under ``B``
        and ``C`` those of the others.
    """
    fields = {name: given[name] for name in given if name in Problem.model_fields}
    of_a = {name: given[name] for name in given if name not in {*fields, *NAMES, "shifts"}}
    people = [
        {"id": name, "name": NAMES[name], "skills": {"夜间"}}
        | given.get(name, {})
        | (of_a if name == "A" else {})
        for name, _ in zip(NAMES, rows, strict=False)
    ]
    start = {"start": MONDAY, "days": len(rows[0]), "shift_types": given.get("shifts", SHIFTS)}
    wishes = _as_requests(rows) if "kept" in fields else _as_kept(rows)
    return Problem.model_validate({**start, "staff": people, **wishes, **fields})


def roster(problem: Problem, rows: Sequence[str]) -> Roster:
    """Return a roster written as text, a row a person."""
    return Roster.from_rows(problem, [cells(row) for row in rows])


def _as_kept(rows: Sequence[str]) -> dict[str, Any]:
    return {"kept": [given | {"weight": PRICE} for given in _cells(rows)]}


def _as_requests(rows: Sequence[str]) -> dict[str, Any]:
    return {
        "requests": [
            cell | {"weight": PRICE, "wanted": cell["shift"] is not None} for cell in _cells(rows)
        ]
    }


def _cells(rows: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"staff": name, "day": day, "shift": shift}
        for name, row in zip(NAMES, rows, strict=False)
        for day, shift in enumerate(cells(row))
    ]
