"""Cells of a roster that change, and which of them there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rostering.days import when
from rostering.problem import Problem
from rostering.roster import Roster
from rostering.sentence import Sentence

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


def known_day(problem: Problem, day: int) -> None:
    """Refuse a day outside the period."""
    if not 0 <= day < problem.days:
        last = problem.days - 1
        zh, en = f"第 {day} 天不在 0 至 {last} 之内", f"day {day} is not in 0..{last}"
        raise ValueError(Sentence(zh, en))


def known_staff(problem: Problem, staff: str) -> None:
    """Refuse somebody the problem does not know."""
    if staff not in problem.staff_by_id:
        raise ValueError(Sentence(f"没有编号为 {staff} 的人员", f"nobody has the id {staff}"))


def known_shift(problem: Problem, shift: str) -> None:
    """Refuse a shift type the problem does not know."""
    if shift not in problem.shift_by_id:
        known = "、".join(problem.shift_by_id)
        zh, en = f"没有编号为 {shift} 的班次；现有 {known}", f"no shift type {shift}; there are"
        raise ValueError(Sentence(zh, f"{en} {known}"))
