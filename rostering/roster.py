"""A roster: for each person and day a shift type, or a day off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import NonNegativeInt, model_validator

from rostering.parts import Part
from rostering.parts.cells import Cell
from rostering.problem import Problem

Row = tuple[str | None, ...]


class RosterForm(Part):
    """The JSON form of a roster.

    Parameters
    ----------
    format
        Version of the form. In version 1 a cell was a shift type, not a list; it is read too.
    shifts
        Person → day, counted from 0 → shift types, one today; days that are not named are off.
    """

    format: Literal["rostering-roster-2"] = "rostering-roster-2"
    shifts: Mapping[str, Mapping[NonNegativeInt, Cell]]

    @model_validator(mode="before")
    @classmethod
    def _of_today(cls, given: Any) -> Any:
        is_earlier = isinstance(given, Mapping) and given.get("format") == "rostering-roster-1"
        return {**given, "format": "rostering-roster-2"} if is_earlier else given


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
    def of(cls, problem: Problem, shifts: Mapping[str, Mapping[int, str | None]]) -> Roster:
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

    @classmethod
    def from_json(cls, problem: Problem, text: str) -> Roster:
        """Return the roster of a problem from its JSON form (:class:`RosterForm`).

        Raises
        ------
        pydantic.ValidationError
            If the text is not of this form.
        ValueError
            If it names people, days or shift types that the problem does not have.
        """
        shifts = RosterForm.model_validate_json(text).shifts
        for staff, row in shifts.items():
            if staff not in problem.staff_by_id:
                raise ValueError(f"没有编号为 {staff} 的人员 / nobody has the id {staff}")
            for day, shift in row.items():
                if day >= problem.days or (shift and shift not in problem.shift_by_id):
                    zh = f"{staff} 第 {day} 天的 {shift} 不在问题的天数或班次之内"
                    raise ValueError(f"{zh} / {staff}, day {day}: no such day, or no shift {shift}")
        return cls.of(problem, shifts)

    def to_json(self) -> str:
        """Return the roster in its JSON form (:class:`RosterForm`)."""
        return RosterForm(shifts=self.to_dict()).model_dump_json()

    def to_dict(self) -> dict[str, dict[int, str]]:
        """Return person → day → shift id, without days off."""
        return {
            person: {day: shift for day, shift in enumerate(row) if shift is not None}
            for person, row in self.by_staff.items()
        }
