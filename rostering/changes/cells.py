"""Cells of a roster that change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rostering.changes.sentence import Sentence
from rostering.days import when
from rostering.problem import Problem
from rostering.roster import Roster

Cell = tuple[str, int]
"""A person's id and a day."""


@dataclass(frozen=True)
class Change:
    """A cell that held one thing and holds another; None is a day off."""

    staff: str
    day: int
    was: str | None
    becomes: str | None

    def sentence(self, problem: Problem) -> Sentence:
        """Return who changes what and when."""
        name = problem.staff_by_id[self.staff].name or self.staff
        zh, en = when(problem, self.day)
        was, becomes = (shift_name(problem, shift) for shift in (self.was, self.becomes))
        return Sentence(
            f"{name} {zh}：{was} → {becomes}",
            f"{name} {en}: {self.was or 'off'} → {self.becomes or 'off'}",
        )


def changed(roster: Roster, cells: Mapping[Cell, str | None]) -> Roster:
    """Return a roster with other contents in some cells.

    Raises
    ------
    KeyError
        If a person is not in the roster.
    """
    rows = {person: list(roster.by_staff[person]) for person, _ in cells}
    for (person, day), shift in cells.items():
        rows[person][day] = shift
    return Roster(roster.staff, tuple(tuple(rows.get(p, roster.by_staff[p])) for p in roster.staff))


def changes_between(before: Roster, after: Roster) -> tuple[Change, ...]:
    """Return the cells in which two rosters of the same people and days differ."""
    return tuple(
        Change(person, day, was, becomes)
        for person in before.staff
        for day, (was, becomes) in enumerate(
            zip(before.by_staff[person], after.by_staff[person], strict=True)
        )
        if was != becomes
    )


def shift_name(problem: Problem, shift: str | None) -> str:
    """Return what to call a shift type, or a day off, in Chinese."""
    return "休息" if shift is None else problem.shift_by_id[shift].name or shift
