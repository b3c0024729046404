"""A roster laid beside its problem in the ways in which the rules look at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rostering.check.breach import Breach, price
from rostering.days import when
from rostering.parts import ShiftType, Staff
from rostering.problem import Problem
from rostering.roster import Roster
from rostering.rule import Rule

SATURDAY = 5

Weekend = tuple[int, ...]
"""The days of one weekend that are no make-up workdays and not after the period."""


@dataclass(frozen=True)
class Facts:
    """A problem and a roster, counted once for all rules."""

    problem: Problem
    roster: Roster

    @cached_property
    def known(self) -> dict[str, dict[int, str | None]]:
        """Return what everybody works on every known day, the history's days included."""
        return {
            staff: dict(enumerate((*past, *self.roster.by_staff[staff]), start=-len(past)))
            for staff, past in self.problem.history_by_staff.items()
        }

    @cached_property
    def worked(self) -> dict[str, list[tuple[int, ShiftType]]]:
        """Return the shifts that everybody works in the period, with their days."""
        kinds = self.problem.shift_by_id
        return {
            staff: [(day, kinds[shift]) for day, shift in enumerate(row) if shift is not None]
            for staff, row in self.roster.by_staff.items()
        }

    @cached_property
    def heads(self) -> dict[tuple[int, str], list[str]]:
        """Return who works a shift type on a day, the history's days included."""
        found: dict[tuple[int, str], list[str]] = defaultdict(list)
        for staff, cells in self.known.items():
            for day, shift in cells.items():
                if shift is not None:
                    found[day, shift].append(staff)
        return dict(found)

    @cached_property
    def weekends(self) -> list[Weekend]:
        """Return the weekends from the longest history on to the end of the period."""
        problem = self.problem
        longest = max((len(item.shifts) for item in problem.history), default=0)
        found = []
        for day in range(-longest - 6, problem.days):
            if problem.date(day).weekday() == SATURDAY:
                days = (one for one in (day, day + 1) if one < problem.days)
                found.append(tuple(one for one in days if one not in problem.make_up_days))
        return [days for days in found if days]

    @cached_property
    def dates(self) -> list[tuple[str, str]]:
        """Return the days of the period in words, Chinese and English."""
        return [when(self.problem, day) for day in range(self.problem.days)]

    def bound(self, staff: tuple[str, ...]) -> list[Staff]:
        """Return the people whom a rule binds; everybody if it names nobody."""
        return [self.problem.staff_by_id[one] for one in staff] or list(self.problem.staff)

    def kind(self, staff: str, day: int) -> ShiftType | None:
        """Return the shift type that a person works on a known day; None for off or unknown."""
        shift = self.known[staff].get(day)
        return None if shift is None else self.problem.shift_by_id[shift]

    def name(self, staff: str) -> str:
        """Return the name of a person, or the id of one who has none."""
        return self.problem.staff_by_id[staff].name or staff

    def label(self, shift: str | None) -> str:
        """Return the name of a shift type in Chinese sentences."""
        return "休息" if shift is None else self.problem.shift_by_id[shift].name or shift

    def labels(self, shifts: Iterable[str]) -> str:
        """Return the names of some shift types in Chinese sentences."""
        return "/".join(self.label(shift) for shift in shifts)

    def breach(
        self,
        rule: Rule,
        staff: str | None,
        day: int | None,
        amount: int,
        said: tuple[str, str],
        *,
        weight: int | None = None,
        shift: str | None = None,
        where: tuple[str, int] | None = None,
    ) -> Breach:
        """Return a breach whose sentences begin with who and when."""
        who = "" if staff is None else self.name(staff)
        on_zh, on_en = ("", "") if day is None else self.dates[day]
        zh = f"{f'{who} {on_zh}'.strip()}：{said[0]}"
        en = f"{f'{who} {on_en}'.strip()}: {said[1]}"
        return Breach(rule, staff, day, shift, amount, price(amount, weight), zh, en, where)
