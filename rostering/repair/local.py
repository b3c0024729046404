"""A quick repair: fill what fell open with one move, or with two, each recounted.

It asks first who may take a shift at all (a matter of one row), and recounts the whole roster only
for them. What it finds is good; that nothing is better, the solver may say afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rostering.changes import Cell, changed, recount
from rostering.heads.somebody import price
from rostering.problem import Problem
from rostering.repair.alone import Alone
from rostering.repair.task import Task
from rostering.roster import Roster

REACH = 7
"""Days before and after, on which somebody who takes a shift may give one away instead."""

RECOUNTED = 40
"""Pairs of moves that are recounted for one open shift."""

Move = dict[Cell, str | None]
"""Cells that change, and what they become."""


class Worth(NamedTuple):
    """How good a roster is as a repair: less is better, the first field first.

    Parameters
    ----------
    excess
        Changes beyond those allowed.
    price
        What the hard rules that it breaks are worth; the solver relaxes them at the same prices.
    paid
        Cost with the price of changes.
    """

    excess: int
    price: int
    paid: int


@dataclass(frozen=True)
class Local:
    """A quick repair under way."""

    task: Task
    is_over: Callable[[], bool]
    alone: Alone

    def best(self) -> Roster:
        """Return the published roster, mended as well as single and double moves can."""
        roster = self.task.begin
        for day, shift in self._open(roster):
            roster = self._filled(roster, day, shift)
        for item in self.task.problem.requests:
            cell = (item.staff, item.day)
            if cell not in self.task.held:
                roster = self._granted(roster, cell, item.shift, item.wanted)
        return roster

    def _open(self, roster: Roster) -> list[tuple[int, str]]:
        """Return days and shifts that fell open, or have too few heads, one entry a head."""
        taken = [
            (day, shift)
            for staff, day in sorted(self.task.forced, key=lambda cell: cell[1])
            if (shift := self.task.published.shift(staff, day)) is not None
        ]
        short = (pair for pair in _short(self.task.problem, roster) if pair not in taken)
        return [*taken, *(pair for pair in short if pair[0] >= self.task.locked_until)]

    def _filled(self, roster: Roster, day: int, shift: str) -> Roster:
        """Return the roster with somebody on an open shift, if that is better."""
        moves = list(self._single(roster, day, shift))
        best = self._better(roster, moves)
        if worth(self.task, best).price == 0 and best != roster:
            return best
        return self._better(best, self._double(roster, day, shift))

    def _granted(self, roster: Roster, cell: Cell, shift: str | None, wanted: bool) -> Roster:
        """Return the roster with a request granted and the gap filled, if that is better."""
        staff, day = cell
        held = roster.shift(staff, day)
        is_met = (held == shift if shift else held is not None) == wanted
        if is_met or self.is_over():
            return roster
        if wanted:
            offers = [shift] if shift else list(self.task.problem.shift_by_id)
            return self._better(roster, [{cell: offer} for offer in offers])
        freed = changed(roster, {cell: None})
        refill = self._single(freed, day, held, but=staff) if held else iter(())
        return self._better(roster, [{cell: None}, *({cell: None, **move} for move in refill)])

    def _better(self, roster: Roster, moves: list[Move] | Iterator[Move]) -> Roster:
        """Return the best of a roster and what some moves make of it."""
        best, least = roster, worth(self.task, roster)
        for number, move in enumerate(moves):
            if number == RECOUNTED or self.is_over():
                break
            found = changed(roster, move)
            value = worth(self.task, found)
            if value < least:
                best, least = found, value
        return best

    def _single(
        self, roster: Roster, day: int, shift: str, but: str | None = None
    ) -> Iterator[Move]:
        """Yield who may take a shift on a day off."""
        for staff in roster.staff:
            is_free = roster.shift(staff, day) is None and (staff, day) not in self.task.held
            if staff != but and is_free and self._may(roster, staff, {day: shift}):
                yield {(staff, day): shift}

    def _double(self, roster: Roster, day: int, shift: str) -> Iterator[Move]:
        """Yield who may take a shift if somebody else takes one of theirs."""
        for staff in roster.staff:
            if (staff, day) in self.task.held or roster.shift(staff, day) == shift:
                continue
            for other_day in self._givable(roster, staff, day):
                given = roster.shift(staff, other_day)
                freed: dict[int, str | None] = {other_day: None}
                if given is None or not self._may(roster, staff, freed | {day: shift}):
                    continue
                left = changed(roster, {(staff, other_day): None})
                for move in self._single(left, other_day, given, but=staff):
                    yield {(staff, other_day): None, **move, (staff, day): shift}

    def _givable(self, roster: Roster, staff: str, day: int) -> list[int]:
        """Return the days near a day, itself included, on which somebody may give a shift away."""
        if roster.shift(staff, day) is not None:
            return [day]
        first, last = max(0, day - REACH), min(self.task.problem.days - 1, day + REACH)
        near = sorted(range(first, last + 1), key=lambda other: abs(other - day))
        return [d for d in near if roster.shift(staff, d) and (staff, d) not in self.task.held]

    def _may(self, roster: Roster, staff: str, cells: dict[int, str | None]) -> bool:
        """Return whether a row with other cells breaks no more than it does now."""
        row = roster.by_staff[staff]
        after = tuple(cells.get(day, shift) for day, shift in enumerate(row))
        return self.alone.broken(staff, after) <= self.alone.broken(staff, row)


def worth(task: Task, roster: Roster) -> Worth:
    """Return how good a roster is as a repair."""
    found, changes = recount(task.problem, roster), task.count(roster)
    return Worth(
        excess=0 if task.max_changes is None else max(0, changes - task.max_changes),
        price=sum(price(task.problem, item) for item in found.violations),
        paid=found.cost + task.change_weight * changes,
    )


def _short(problem: Problem, roster: Roster) -> Iterator[tuple[int, str]]:
    """Yield day and shift for every head below the least cover of a shift."""
    for item in problem.cover:
        if item.shift is not None:
            heads = sum(row[item.day] == item.shift for row in roster.rows)
            for _ in range(item.minimum - heads):
                yield item.day, item.shift
