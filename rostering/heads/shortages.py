"""Days, shifts and hours for which there are too few people, whatever the other rules say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rostering.changes import Sentence
from rostering.days import when
from rostering.heads.demand import counting, cover_name, is_asked, worked_before
from rostering.parts import Cover, ShiftType, Staff
from rostering.problem import Problem

HOUR = 60


@dataclass(frozen=True)
class Availability:
    """Who may be asked to work on which days, after leave, pins and forbidden shifts."""

    problem: Problem

    @cached_property
    def free(self) -> dict[int, list[Staff]]:
        """Return for each day who may work at all."""
        away = {(item.staff, item.day) for item in self.problem.unavailable}
        away |= {cell for cell, shift in self._pins.items() if shift is None}
        return {
            day: [person for person in self.problem.staff if (person.id, day) not in away]
            for day in range(self.problem.days)
        }

    def able(self, item: Cover) -> list[Staff]:
        """Return who could be one of the heads that a cover counts: fit, free, of the kind asked.

        A span may also be covered by a shift of the day before.
        """
        return [person for person in self.problem.staff if self._days(person, item)]

    def heads(self, item: Cover) -> int:
        """Return how many heads they are at most: with shifts of two days somebody may be two."""
        return sum(len(self._days(person, item)) for person in self.problem.staff)

    def _days(self, person: Staff, item: Cover) -> set[int]:
        """Return the days on which a shift of somebody's may be a head."""
        if not is_asked(self.problem, person, item):
            return set()
        choices = counting(self.problem, item)
        return {day for day, shift in choices if self._may(person, day, shift)}

    def _may(self, person: Staff, day: int, shift: ShiftType) -> bool:
        if day < 0:
            return worked_before(self.problem, person.id, day) == shift.id
        cell = (person.id, day)
        is_open = cell in self._free_cells and (*cell, shift.id) not in self._forbidden
        pinned_so = self._pins.get(cell, shift.id) == shift.id
        return is_open and pinned_so and self.problem.may_work(person, shift)

    @cached_property
    def _free_cells(self) -> set[tuple[str, int]]:
        return {(person.id, day) for day, people in self.free.items() for person in people}

    @cached_property
    def _pins(self) -> dict[tuple[str, int], str | None]:
        return {(item.staff, item.day): item.shift for item in self.problem.fixed}

    @cached_property
    def _forbidden(self) -> set[tuple[str, int, str]]:
        return {(item.staff, item.day, item.shift) for item in self.problem.forbidden}


def shortages(problem: Problem) -> list[Sentence]:
    """Return the days and shifts that need more people than may work them.

    Where there are none, the hours of the period are compared as well.
    """
    available = Availability(problem)
    found = [*_short_shifts(available), *_short_days(available)]
    in_order = [sentence for _, sentence in sorted(found, key=lambda pair: pair[0])]
    return in_order or list(_short_hours(available))


def _short_shifts(available: Availability) -> Iterator[tuple[int, Sentence]]:
    for item in available.problem.cover:
        heads = available.heads(item) if item.minimum else 0
        if heads < item.minimum:
            called = cover_name(available.problem, item)
            zh, en = when(available.problem, item.day)
            zh = f"{zh} {called.zh}至少需要 {item.minimum} 人，只有 {heads} 人可以上"
            en = f"{en} {called.en}: {item.minimum} needed, only {heads} may work it"
            yield item.day, Sentence(zh, en)


def _short_days(available: Availability) -> Iterator[tuple[int, Sentence]]:
    for day, shifts in _needed(available.problem).items():
        total, heads = sum(shifts.values()), len(available.free[day])
        if total > heads:
            zh, en = when(available.problem, day)
            zh = f"{zh} 各班次合计至少需要 {total} 人，只有 {heads} 人可以上班"
            en = f"{en}: {total} needed over all shifts, only {heads} may work"
            yield day, Sentence(zh, en)


def _short_hours(available: Availability) -> Iterator[Sentence]:
    """Compare the hours that the least cover takes with those that people may work."""
    problem = available.problem
    paid = {shift.id: shift.paid_minutes for shift in problem.shift_types}
    longest = max(paid.values(), default=0)
    needed = sum(
        heads * paid[shift]
        for shifts in _needed(problem).values()
        for shift, heads in shifts.items()
    )
    offered = sum(
        min(longest * days, longest * days if most is None else most)
        for person in problem.staff
        for days in [sum(person in people for people in available.free.values())]
        for most in [person.max_minutes]
    )
    if needed > offered:
        need, offer = f"{needed / HOUR:g}", f"{offered / HOUR:g}"
        zh = f"整个周期最少在岗人数合计 {need} 小时，全体人员最多能上 {offer} 小时"
        en = f"the least cover takes {need} h over the period, everybody together may work {offer}"
        yield Sentence(zh, en)


def _needed(problem: Problem) -> dict[int, dict[str, int]]:
    """Return day → shift → least heads; heads of a certain kind are heads of the shift as well."""
    needed: dict[int, dict[str, int]] = defaultdict(dict)
    for item in problem.cover:
        if item.shift is not None:
            of_day = needed[item.day]
            of_day[item.shift] = max(of_day.get(item.shift, 0), item.minimum)
    return needed
