"""Exchange two cells of a roster."""

from __future__ import annotations

from dataclasses import dataclass

from rostering.changes import (
    Cell,
    Change,
    Difference,
    Sentence,
    changed,
    changes_between,
    difference,
    recount,
)
from rostering.changes.cells import known_day, known_staff
from rostering.problem import Problem
from rostering.roster import Roster


@dataclass(frozen=True)
class Swap:
    """An exchange: the roster after it, the cells it changes, and what it brings."""

    roster: Roster
    changes: tuple[Change, ...]
    difference: Difference

    @property
    def is_allowed(self) -> bool:
        """Return whether the exchange breaks no hard rule that was kept before."""
        return self.difference.is_allowed

    def sentences(self, problem: Problem) -> list[Sentence]:
        """Return whether it is allowed, each change, and what it brings."""
        allowed = Sentence("可以调换", "the exchange is allowed")
        refused = Sentence("不能调换", "the exchange is not allowed")
        changes = (change.sentence(problem) for change in self.changes)
        said = self.difference.sentences()
        return [allowed if self.is_allowed else refused, *changes, *said]


def swap(problem: Problem, roster: Roster, first: Cell, second: Cell) -> Swap:
    """Return what it brings if two people exchange what they work, or one person two days.

    Two people exchange their cells of both days: on the first's day the second works what the
    first would have, and the reverse; so both keep as many shifts as they had between them.

    Parameters
    ----------
    first, second
        Person's id and day; the days may be the same.

    Raises
    ------
    ValueError
        If there is no such person or day.
    """
    for staff, day in (first, second):
        known_staff(problem, staff)
        known_day(problem, day)
    after = changed(roster, _exchanged(roster, first, second))
    brings = difference(recount(problem, roster), recount(problem, after))
    return Swap(after, changes_between(roster, after), brings)


def _exchanged(roster: Roster, first: Cell, second: Cell) -> dict[Cell, str | None]:
    (one, day), (other, other_day) = first, second
    if one == other:
        return {first: roster.shift(*second), second: roster.shift(*first)}
    cells: dict[Cell, str | None] = {}
    for each in {day, other_day}:
        cells[one, each] = roster.shift(other, each)
        cells[other, each] = roster.shift(one, each)
    return cells
