"""A roster problem: who can work, what has to be covered, and the rules. Frozen and validated.

A problem has a stable JSON form: ``problem.model_dump_json()``,
``Problem.model_validate_json(text)``, and its schema from ``Problem.model_json_schema()``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from pydantic import model_validator

from rostering.parts import Parts, ShiftType, Staff
from rostering.references import ProblemError, faults
from rostering.versions import upgraded

SATURDAY = 5
WEEK_DAYS = 7


class PayClass(StrEnum):
    """At which rate overtime on a day is paid (劳动法 art. 44)."""

    WORKDAY = "workday"
    REST_DAY = "rest_day"
    HOLIDAY = "holiday"


class Problem(Parts):
    """A consistent roster problem; the fields are those of :class:`rostering.parts.Parts`.

    Raises
    ------
    ProblemError
        If parts contradict each other; it lists every fault with its place.
    """

    @model_validator(mode="before")
    @classmethod
    def _of_today(cls, given: Any) -> Any:
        return upgraded(given) if isinstance(given, Mapping) else given

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        found = tuple(faults(self))
        if found:
            raise ProblemError(found)
        return self

    @cached_property
    def shift_by_id(self) -> dict[str, ShiftType]:
        """Return the shift types by their ids."""
        return {shift.id: shift for shift in self.shift_types}

    @cached_property
    def staff_by_id(self) -> dict[str, Staff]:
        """Return the people by their ids."""
        return {person.id: person for person in self.staff}

    @cached_property
    def history_by_staff(self) -> dict[str, tuple[str | None, ...]]:
        """Return what each person worked before the period, oldest first; empty if unknown."""
        known = {item.staff: item.shifts for item in self.history}
        return {person.id: known.get(person.id, ()) for person in self.staff}

    def date(self, day: int) -> date:
        """Return the date of a day."""
        return self.start + timedelta(days=day)

    def weeks(self) -> list[range]:
        """Return the calendar weeks the period touches, Monday first; days before 0 included."""
        monday = -self.start.weekday()
        return [
            range(first, min(first + WEEK_DAYS, self.days))
            for first in range(monday, self.days, WEEK_DAYS)
        ]

    def weekends(self) -> list[list[int]]:
        """Return the Saturdays and Sundays inside the period, one list a weekend.

        Make-up workdays belong to no weekend.
        """
        ends = ([day for day in week[SATURDAY:] if day >= 0] for week in self.weeks())
        free = ([day for day in days if day not in self.make_up_days] for days in ends)
        return [days for days in free if days]

    def months(self) -> list[range]:
        """Return the calendar months the period touches; days before 0 included."""
        firsts = [day for day in range(1 - self.start.day, self.days) if self.date(day).day == 1]
        return [
            range(first, end) for first, end in zip(firsts, [*firsts[1:], self.days], strict=True)
        ]

    def rest_days(self) -> list[int]:
        """Return the Saturdays and Sundays of the period that are no make-up workdays."""
        return [day for days in self.weekends() for day in days]

    def pay_class(self, day: int) -> PayClass:
        """Return at which rate overtime on a day is paid; a holiday on a rest day is a holiday.

        A day that a notice takes off for a weekend worked is a rest day (劳动法第四十四条).
        """
        if day in self.holidays:
            return PayClass.HOLIDAY
        is_weekend = self.date(day).weekday() >= SATURDAY and day not in self.make_up_days
        is_rest = is_weekend or day in self.days_off
        return PayClass.REST_DAY if is_rest else PayClass.WORKDAY

    def holds(self, person: Staff, skill: str) -> bool:
        """Return whether a person has a skill, or one whose holders may stand in for it."""
        return skill in person.skills or not person.skills.isdisjoint(
            self.substitutes.get(skill, ())
        )

    def may_work(self, person: Staff, shift: ShiftType) -> bool:
        """Return whether a person is fit for a shift type at all.

        That is: skill, nights, overtime of a day, and a limit above 0.
        """
        skilled = shift.skill is None or self.holds(person, shift.skill)
        by_night = shift.is_night and (person.no_night or person.is_protected)
        extra = 0 if person.day_minutes is None else shift.paid_minutes - person.day_minutes
        most = 0 if person.is_protected else person.max_day_overtime
        too_long = most is not None and extra > most
        return (
            skilled and not by_night and not too_long and person.shift_limits.get(shift.id, 1) > 0
        )
