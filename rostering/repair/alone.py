"""Whether somebody may work a row at all, whatever the others do: a quick test of candidates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rostering.check import check
from rostering.parts import Limit
from rostering.problem import Problem
from rostering.roster import Roster, Row


class Alone:
    """Counts the hard rules that single rows break; every row is counted once."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._problems: dict[str, Problem] = {}
        self._known: dict[tuple[str, Row], int] = {}

    def broken(self, staff: str, row: Row) -> int:
        """Return how many hard rules of the person alone a row breaks."""
        key = (staff, row)
        if key not in self._known:
            problem = self._of(staff)
            self._known[key] = len(check(problem, Roster((staff,), (row,))))
        return self._known[key]

    def _of(self, staff: str) -> Problem:
        if staff not in self._problems:
            self._problems[staff] = of_person(self._problem, staff)
        return self._problems[staff]


def of_person(problem: Problem, staff: str) -> Problem:
    """Return a problem that holds one person and what is said of their row."""
    same = ("start", "days", "shift_types", "substitutes", "holidays", "make_up_days")
    fields: dict[str, Any] = {name: getattr(problem, name) for name in same}
    for name in ("unavailable", "forbidden", "fixed", "history"):
        fields[name] = tuple(item for item in getattr(problem, name) if item.staff == staff)
    for name in ("runs", "counts", "weekend_limits", "patterns", "rotations"):
        fields[name] = _binding(getattr(problem, name), staff)
    return Problem.model_construct(**fields, staff=(problem.staff_by_id[staff],))


def _binding(limits: Sequence[Limit], staff: str) -> tuple[Limit, ...]:
    return tuple(
        limit.model_copy(update={"staff": (staff,)})
        for limit in limits
        if limit.weight is None and (not limit.staff or staff in limit.staff)
    )
