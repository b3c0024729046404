"""What a repair has to do: the changed problem, and which cells may change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from rostering.changes import Cell, changed, changes_between
from rostering.changes.cells import known_day, known_shift, known_staff
from rostering.parts import Fixed, Forbidden, Kept, Request, Unavailable
from rostering.problem import Problem
from rostering.roster import Roster
from rostering.sentence import Sentence

DayPart = TypeVar("DayPart", Unavailable, Forbidden)


@dataclass(frozen=True)
class Task:
    """A published roster, and what has changed since.

    Parameters
    ----------
    problem
        The problem with absences and requests, and with all cells before ``locked_until`` pinned.
    absent
        Cells in which people will not come.
    """

    problem: Problem
    published: Roster
    locked_until: int
    absent: frozenset[Cell]
    max_changes: int | None
    change_weight: int

    @cached_property
    def forced(self) -> frozenset[Cell]:
        """Return the cells whose shift an absence takes away; they are no changes of ours."""
        return frozenset(cell for cell in self.absent if self.published.shift(*cell) is not None)

    @cached_property
    def begin(self) -> Roster:
        """Return the published roster without the shifts that absences take away."""
        return (
            changed(self.published, dict.fromkeys(self.forced)) if self.forced else self.published
        )

    @cached_property
    def held(self) -> frozenset[Cell]:
        """Return the cells that may not change: pinned, locked or away."""
        pinned = {(item.staff, item.day) for item in self.problem.fixed}
        away = {(item.staff, item.day) for item in self.problem.unavailable}
        return frozenset(pinned | away)

    @property
    def is_pinned(self) -> bool:
        """Return whether no cell may change."""
        return len(self.held) == len(self.problem.staff) * self.problem.days

    def count(self, roster: Roster) -> int:
        """Return how many cells a roster changes, without those that absences force."""
        changes = changes_between(self.published, roster)
        return sum((change.staff, change.day) not in self.forced for change in changes)

    def settled(self, roster: Roster) -> Roster:
        """Return a roster with the absent off and locked days as published.

        The solver gives way there if it must, say for a locked shift that somebody is not fit for.
        """
        past = {
            (person, day): row[day]
            for person, row in self.published.by_staff.items()
            for day in range(min(self.locked_until, self.problem.days))
        }
        return changed(roster, {**dict.fromkeys(self.absent), **past})

    @cached_property
    def keeping(self) -> Problem:
        """Return the problem in which every free cell is kept at a price, for the solver."""
        cells = (
            Kept(staff=person, day=day, shift=shift, weight=self.change_weight)
            for person, row in self.published.by_staff.items()
            for day, shift in enumerate(row)
            if day >= self.locked_until and (person, day) not in self.forced
        )
        return with_parts(
            self.problem,
            kept=tuple(cells),
            max_changes=self.max_changes,
            unavailable=tuple(map(self._leave, self._still_open(self.problem.unavailable))),
            forbidden=self._still_open(self.problem.forbidden),
        )

    def _leave(self, item: Unavailable) -> Unavailable:
        """Return leave without what a locked night before it can no longer keep."""
        is_begun = item.day <= self.locked_until
        return item.model_copy(update={"from_midnight": False}) if is_begun else item

    def _still_open(self, items: Sequence[DayPart]) -> tuple[DayPart, ...]:
        """Return what is said of days that are not locked; the solver cannot mend the others."""
        return tuple(item for item in items if item.day >= self.locked_until)


def task(
    problem: Problem,
    published: Roster,
    *,
    absences: Sequence[Unavailable],
    requests: Sequence[Request],
    locked_until: int,
    max_changes: int | None,
    change_weight: int,
) -> Task:
    """Return the task of a repair.

    Raises
    ------
    ValueError
        If an absence or a request is of nobody, of no shift type, outside the period, or before
        ``locked_until``.
    """
    named = [(item.staff, item.day) for item in absences]
    named += [(item.staff, item.day) for item in requests]
    for shift in {item.shift for item in requests if item.shift is not None}:
        known_shift(problem, shift)
    for staff, day in named:
        _open_cell(problem, staff, day, locked_until)
    away = {(item.staff, item.day) for item in absences}
    asked = {(item.staff, item.day, item.shift) for item in requests}
    earlier = (r for r in problem.requests if (r.staff, r.day, r.shift) not in asked)
    return Task(
        problem=with_parts(
            problem,
            unavailable=(*problem.unavailable, *absences),
            requests=(*earlier, *requests),
            fixed=_pins(problem, published, away, locked_until),
            kept=(),
            max_changes=None,
        ),
        published=published,
        locked_until=locked_until,
        absent=frozenset(away),
        max_changes=max_changes,
        change_weight=change_weight,
    )


def with_parts(problem: Problem, **parts: Any) -> Problem:
    """Return a problem with some parts replaced, whether or not they contradict each other.

    A locked day may hold what contradicts a leave: it has happened, and is only told.
    """
    fields = {name: getattr(problem, name) for name in type(problem).model_fields}
    return Problem.model_construct(**{**fields, **parts})


def _open_cell(problem: Problem, staff: str, day: int, locked_until: int) -> None:
    known_staff(problem, staff)
    known_day(problem, day)
    if day < locked_until:
        zh = f"{staff} 第 {day} 天已锁定（锁定到第 {locked_until} 天之前）"
        en = f"day {day} of {staff} is locked: days before {locked_until} may not change"
        raise ValueError(Sentence(zh, en))


def _pins(
    problem: Problem, published: Roster, away: set[Cell], locked_until: int
) -> tuple[Fixed, ...]:
    """Return the pins to keep: those of the problem unless an absence lifts them, and the past."""
    later = tuple(
        pin
        for pin in problem.fixed
        if pin.day >= locked_until and ((pin.staff, pin.day) not in away or pin.shift is None)
    )
    locked = tuple(
        Fixed(staff=person, day=day, shift=row[day])
        for person, row in published.by_staff.items()
        for day in range(min(locked_until, problem.days))
    )
    return (*locked, *later)
