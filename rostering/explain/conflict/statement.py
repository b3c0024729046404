"""A statement of a problem, and the problem that makes some statements only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rostering.changes import Sentence
from rostering.parts import ShiftType, Staff
from rostering.problem import Problem
from rostering.rule import Rule

FITNESS = (
    "id",
    "name",
    "skills",
    "sex",
    "is_experienced",
    "is_protected",
    "no_night",
    "day_minutes",
    "max_day_overtime",
)
"""What a person is: whether they are fit for a shift never gives way."""


@dataclass(frozen=True)
class Statement:
    """One thing that a problem demands, which could be left out by itself.

    Parameters
    ----------
    field
        Where it stands in a problem: a list of parts, ``max_changes``, or a field of a person
        (``staff.min_minutes``) or shift type (``shift_types.forbidden_next``).
    value
        The part or the number that states this and nothing else.
    owner
        The person or shift type whose field it is; None otherwise.
    """

    rule: Rule
    staff: str | None
    day: int | None
    sentence: Sentence
    field: str
    value: Any
    owner: str | None = None


def only(problem: Problem, statements: Iterable[Statement]) -> Problem:
    """Return a problem that demands nothing but some statements, and costs nothing.

    People, shift types, skills, days and the history stay; fitness for a shift stays too.
    """
    owned: dict[str, dict[str, Any]] = defaultdict(dict)
    fields = _frame(problem)
    for item in statements:
        if item.owner is not None:
            _own(owned[item.owner], item)
        elif item.field == "max_changes":
            fields[item.field] = item.value
        else:
            fields[item.field] = (*fields.get(item.field, ()), item.value)
    fields["staff"] = tuple(_person(p, owned[f"staff/{p.id}"]) for p in problem.staff)
    fields["shift_types"] = tuple(
        _shift(shift, owned[f"shift_types/{shift.id}"]) for shift in problem.shift_types
    )
    return Problem.model_construct(**fields)


def _frame(problem: Problem) -> dict[str, Any]:
    same = ("name", "start", "days", "substitutes", "holidays", "make_up_days", "history")
    free = tuple(item.model_copy(update={"weight": 0}) for item in problem.kept)
    return {"kept": free, **{name: getattr(problem, name) for name in same}}


def _own(fields: dict[str, Any], item: Statement) -> None:
    name = item.field.partition(".")[2]
    if isinstance(item.value, Mapping):
        fields[name] = {**fields.get(name, {}), **item.value}
    elif isinstance(item.value, tuple):
        fields[name] = (*fields.get(name, ()), *item.value)
    else:
        fields[name] = item.value


def _person(person: Staff, fields: Mapping[str, Any]) -> Staff:
    never = {shift: 0 for shift, limit in person.shift_limits.items() if limit == 0}
    limits = {**never, **fields.get("shift_limits", {})}
    fit = {name: getattr(person, name) for name in FITNESS}
    return Staff.model_construct(**fit, **{**fields, "shift_limits": limits})


def _shift(shift: ShiftType, fields: Mapping[str, Any]) -> ShiftType:
    return shift.model_copy(update={"forbidden_next": (), **fields})
