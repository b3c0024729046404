"""A roster: for each person and day a shift type, or a day off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rostering.problem import Problem

Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Roster:
    """Staff × days; a cell is the id of a shift type, or None for a day off.

    Parameters
    ----------
    staff
        Ids of the people, in the order of the problem.
    rows
        One row a person, one cell a day.
    """

    staff: tuple[str, ...]
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, problem: Problem, shifts: Mapping[str, Mapping[int, str]]) -> Roster:
        """Return the roster of a problem from person → day → shift id; other days are off."""
        staff = tuple(person.id for person in problem.staff)
        days = range(problem.days)
        return cls(staff, tuple(tuple(shifts.get(p, {}).get(d) for d in days) for p in staff))

    @classmethod
    def from_rows(cls, problem: Problem, rows: Sequence[Sequence[str | None]]) -> Roster:
        """Return the roster of a problem from rows in the order of its staff."""
        return cls(tuple(person.id for person in problem.staff), tuple(map(tuple, rows)))

    @cached_property
    def by_staff(self) -> dict[str, Row]:
        """Return the rows by the people's ids."""
        return dict(zip(self.staff, self.rows, strict=True))

    def shift(self, staff: str, day: int) -> str | None:
        """Return what a person works on a day, or None."""
        return self.by_staff[staff][day]

    def to_dict(self) -> dict[str, dict[int, str]]:
        """Return person → day → shift id, without days off."""
        return {
            person: {day: shift for day, shift in enumerate(row) if shift is not None}
            for person, row in self.by_staff.items()
        }
