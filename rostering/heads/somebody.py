"""Somebody where nobody is: the last heads that a search for the nearest roster left open.

A search that runs out of time may leave a shift without anybody although somebody could be had.
Single changes of cells then fill it, each recounted, wherever that lowers the price of what is
broken (:mod:`rostering.prices`): after that no single change gives an empty shift a head.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rostering.changes import Cell, changed
from rostering.check import check
from rostering.heads.demand import counting, heads, is_asked, worked_before
from rostering.parts import Cover, Staff
from rostering.prices import PRICES, of_missing, of_missing_heads
from rostering.problem import Problem
from rostering.roster import Roster
from rostering.rule import Rule
from rostering.violation import Violation

UNFIT = 5_000_000
"""Price of a shift that somebody is not fit for, above all promises; the solver never gives it."""


def price(problem: Problem, found: Violation) -> int:
    """Return what a broken rule is worth; too little rest is dear as such, not by the minute."""
    if found.rule is Rule.COVER_MINIMUM and found.where is not None:
        cover = problem.cover[found.where[1]]
        return of_missing_heads(cover, _is_night(problem, cover), found.amount)
    return PRICES.get(found.rule, UNFIT) * (1 if found.rule is Rule.REST else found.amount)


def roughly(problem: Problem) -> Roster:
    """Return a roster from which a search may start: somebody everywhere, the dearest place first.

    Whoever is off that day and fit comes, those first who are off the days around it, and among
    them who has worked least. Limits of hours are not looked at.
    """
    drafted = _Draft(problem)
    for item in sorted(_asking(problem), key=lambda item: (-_last(problem, item), item.day)):
        drafted.fill(item)
    return Roster.of(problem, drafted.cells)


def with_somebody(problem: Problem, roster: Roster) -> Roster:
    """Return a roster with a head for each empty cover that a change of one cell can fill.

    Every change lowers the price of what is broken, so it comes to an end.
    """
    best, least = roster, _worth(problem, roster)
    is_better = True
    while is_better:
        is_better = False
        for item in _empty(problem, best):
            if heads(problem, best, item):
                continue  # filled by a change before
            needed = _needed(problem, best, _last(problem, item))
            offers = (o for o in _offers(problem, item) if o[0] not in needed)
            tried = [changed(best, {cell: shift}) for cell, shift in offers]
            worth, place = min(
                ((_worth(problem, each), n) for n, each in enumerate(tried)), default=(least, 0)
            )
            if worth < least:
                best, least, is_better = tried[place], worth, True
    return best


@dataclass
class _Draft:
    """A roster under way: person → day → shift."""

    problem: Problem
    cells: dict[str, dict[int, str | None]] = field(default_factory=dict)
    minutes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cells = {person.id: {} for person in self.problem.staff}
        self.minutes = dict.fromkeys(self.cells, 0)
        for item in self.problem.fixed:
            self._put(item.staff, item.day, item.shift)

    def fill(self, item: Cover) -> None:
        """Give a cover a head, if nobody counts there yet and somebody is free."""
        if any(self.cells[p.id].get(day) == s for p, day, s in _who(self.problem, item)):
            return
        free = [o for o in _offers(self.problem, item) if o[0][1] not in self.cells[o[0][0]]]
        if free:
            (staff, day), shift = min(free, key=lambda offer: self._strain(offer[0]))
            self._put(staff, day, shift)

    def _strain(self, cell: Cell) -> tuple[int, int]:
        staff, day = cell
        around = (self._held(staff, other) for other in (day - 1, day + 1))
        return sum(shift is not None for shift in around), self.minutes[staff]

    def _held(self, staff: str, day: int) -> str | None:
        return worked_before(self.problem, staff, day) if day < 0 else self.cells[staff].get(day)

    def _put(self, staff: str, day: int, shift: str | None) -> None:
        self.cells[staff][day] = shift
        if shift is not None:
            self.minutes[staff] += self.problem.shift_by_id[shift].paid_minutes


def _worth(problem: Problem, roster: Roster) -> int:
    return sum(price(problem, item) for item in check(problem, roster))


def _asking(problem: Problem) -> list[Cover]:
    return [item for item in problem.cover if item.minimum]


def _empty(problem: Problem, roster: Roster) -> list[Cover]:
    """Return the covers that have nobody, the dearest first."""
    empty = (item for item in _asking(problem) if not heads(problem, roster, item))
    return sorted(empty, key=lambda item: -_last(problem, item))


def _needed(problem: Problem, roster: Roster, last: int) -> set[Cell]:
    """Return the cells of those who are the only ones somewhere at least as dear."""
    found: set[Cell] = set()
    for item in _asking(problem):
        if _last(problem, item) >= last:
            there = [(p.id, d) for p, d, s in _who(problem, item) if roster.shift(p.id, d) == s]
            found.update(there if len(there) == 1 else ())
    return found


def _last(problem: Problem, item: Cover) -> int:
    return of_missing(item, _is_night(problem, item))[1]


def _is_night(problem: Problem, item: Cover) -> bool:
    return any(shift.is_night for _, shift in counting(problem, item))


def _offers(problem: Problem, item: Cover) -> Iterator[tuple[Cell, str]]:
    """Yield the cells of people who may be called, and the shift with which they count."""
    away = {(one.staff, one.day) for one in problem.unavailable}
    pinned = {(one.staff, one.day) for one in problem.fixed}
    barred = {(one.staff, one.day, one.shift) for one in problem.forbidden}
    for person, day, shift in _who(problem, item):
        cell = person.id, day
        if cell not in away | pinned and (*cell, shift) not in barred:
            yield cell, shift


def _who(problem: Problem, item: Cover) -> Iterator[tuple[Staff, int, str]]:
    """Yield the people, days and shifts that a cover counts."""
    for person in problem.staff:
        if is_asked(problem, person, item):
            for day, shift in counting(problem, item):
                if day >= 0 and problem.may_work(person, shift):
                    yield person, day, shift.id
