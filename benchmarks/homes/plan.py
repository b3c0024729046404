"""The planted roster: people are given shifts day by day, so that every hard rule holds.

Nights come first, in runs of two or three; then each day's other shifts go to whoever is due most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from datetime import date, timedelta

import numpy as np

from benchmarks.homes.people import (
    CRAFT,
    DAY,
    EARLY,
    HALF,
    LATE,
    NIGHT,
    NURSE,
    NURSING,
    SHIFT_BY_ID,
    SPLIT,
    WORKSHOP,
    Worker,
)

PAST = 14
"""Days before the period that are planned as well, and become the history."""

LONGEST = 6
"""Days in a row worked at most: one day of rest in every seven."""

REST = 11 * 60
NIGHTS_RUNNING = 3
MINUTES = 24 * 60


class Plan:
    """A roster that grows; day 0 is the first day of the period, days before it are history."""

    def __init__(
        self, people: list[Worker], start: date, days: int, rng: np.random.Generator
    ) -> None:
        self.people = people
        self.start = start
        self.days = range(-PAST, days)
        self.rng = rng
        self.shifts: dict[tuple[str, int], str] = {}
        self.counts: Counter[tuple[int, str]] = Counter()
        self.minutes: Counter[str] = Counter()
        self.period_minutes: Counter[str] = Counter()
        self.partner = {person.id: person.apart for person in people}
        self.planned = [person for person in people if person.mentor is None]
        self.resting: set[tuple[str, int]] = set()

    def fill(self) -> None:
        """Plan everybody."""
        self.fill_nights()
        for day in self.days:
            for shift, heads in self.wanted(day).items():
                if shift != NIGHT:
                    self.fill_shift(day, shift, heads)
        for person in self.people:
            if person.mentor is not None:
                self.follow(person, person.mentor)

    def wanted(self, day: int) -> dict[str, int]:
        """Return the heads wanted of each shift on a day, the hardest to find first."""
        is_weekend = self.weekday(day) > 4
        care = self.pool(lambda p: p.skill != WORKSHOP and p.contract != "part")
        nurses = self.pool(lambda p: p.skill == NURSE and p.contract != "part")
        crafts = self.pool(lambda p: p.skill == WORKSHOP and p.contract != "part")
        parts = self.pool(lambda p: p.contract == "part")
        heads = care * 0.72  # five days of seven: with leave, a little more than there is
        daytime = (heads - self.nights()) * (0.8 if is_weekend else 1.08)
        return {
            NIGHT: self.nights(),
            NURSING: round(nurses * (0.2 if is_weekend else 0.4)) if nurses > 1 else 0,
            EARLY: max(1, round(daytime * 0.36)),
            LATE: max(1, round(daytime * 0.3)),
            DAY: round(daytime * 0.16),
            SPLIT: round(daytime * 0.05),
            CRAFT: 0 if is_weekend else max(1, round(crafts * 0.8)) if crafts else 0,
            HALF: round(parts * 0.6),
        }

    def nights(self) -> int:
        """Return the heads of every night."""
        able = self.pool(lambda p: NIGHT in p.shifts())
        return 1 if able < 9 else max(2, round(able * 0.12))

    def pool(self, belongs: Callable[[Worker], bool]) -> int:
        """Return how many of the people planned by themselves belong."""
        return sum(map(belongs, self.planned))

    def fill_nights(self) -> None:
        """Fill the nights in runs: whoever had fewest begins a run when a place is open."""
        able = [person for person in self.planned if NIGHT in person.shifts()]
        had: Counter[str] = Counter()
        for day in self.days:
            while self.heads(day, NIGHT) < self.nights():
                free = [person for person in able if self.nights_from(person, day)]
                if not free:
                    break
                person = min(free, key=lambda p: (had[p.id], self.luck()))
                run = self.nights_from(person, day)
                had[person.id] += len(run)
                for night in run:
                    self.give(person, night, NIGHT)
                self.resting |= {(person.id, run[-1] + n) for n in (1, 2)}

    def nights_from(self, person: Worker, day: int) -> list[int]:
        """Return a run of two or three nights that may begin on a day; none if it may not."""
        length = NIGHTS_RUNNING if (day + len(person.id)) % 2 else NIGHTS_RUNNING - 1
        run = [d for d in range(day, day + length) if d in self.days]
        around = range(day - 3, day + length + 3)  # runs keep two days of rest between them
        if any((person.id, d) in self.shifts for d in around):
            return []
        return run if all(self.may(person, d, NIGHT, run) for d in run) else []

    def fill_shift(self, day: int, shift: str, heads: int) -> None:
        """Give a shift to those who are due most, as long as any may work it."""
        able = [person for person in self.planned if shift in person.shifts()]
        for person in sorted(able, key=lambda p: self.due(p, day, shift)):
            if self.heads(day, shift) >= heads:
                return
            if self.may(person, day, shift):
                self.give(person, day, shift)

    def due(self, person: Worker, day: int, shift: str) -> float:
        """Return who is due for a shift, the least first: short of hours, and in a run of it."""
        passed = day + PAST + 1
        share = self.minutes[person.id] / (person.daily_minutes() * passed)
        before = self.shifts.get((person.id, day - 1))
        return share - 0.15 * (before is not None) - 0.1 * (before == shift) + 0.1 * self.luck()

    def follow(self, trainee: Worker, mentor: str) -> None:
        """Give a trainee the day shifts of their mentor, as far as they may work them."""
        for day in self.days:
            shift = self.shifts.get((mentor, day))
            if shift in trainee.shifts() and self.may(trainee, day, shift):
                self.give(trainee, day, shift)

    def give(self, person: Worker, day: int, shift: str) -> None:
        """Write a shift down."""
        self.shifts[person.id, day] = shift
        self.counts[day, shift] += 1
        self.minutes[person.id] += SHIFT_BY_ID[shift].paid_minutes
        if day >= 0:
            self.period_minutes[person.id] += SHIFT_BY_ID[shift].paid_minutes

    def may(self, person: Worker, day: int, shift: str, more: Collection[int] = ()) -> bool:
        """Return whether a shift keeps the rules of a person, given what is planned already.

        Parameters
        ----------
        more
            Days of the run of nights that it is to be part of.
        """
        cell = (person.id, day)
        if cell in self.shifts or cell in self.resting or day in person.leave:
            return False
        return (
            self.rested(person, day, shift)
            and self.run_length(person, day, set(more)) <= LONGEST
            and self.has_hours(person, day, shift, len(more) or 1)
            and not self.meets_partner(person, day, shift)
        )

    def rested(self, person: Worker, day: int, shift: str) -> bool:
        """Return whether eleven hours lie before and after a shift."""
        kind = SHIFT_BY_ID[shift]
        begin, end = kind.start or 0, (kind.start or 0) + kind.minutes
        before, after = (self.shifts.get((person.id, day + step)) for step in (-1, 1))
        before_ends = _end(before) - MINUTES if before else -MINUTES
        after_begins = MINUTES + (SHIFT_BY_ID[after].start or 0) if after else 2 * MINUTES
        return begin - before_ends >= REST and after_begins - end >= REST

    def run_length(self, person: Worker, day: int, more: set[int]) -> int:
        """Return the length of the run of work that a shift on a day would be part of."""
        length = 1
        for step in (-1, 1):
            there = day + step
            while (person.id, there) in self.shifts or there in more:
                length, there = length + 1, there + step
        return length

    def has_hours(self, person: Worker, day: int, shift: str, times: int) -> bool:
        """Return whether the week's and the period's hours leave room for a shift."""
        paid = SHIFT_BY_ID[shift].paid_minutes
        limit = person.week_minutes
        if limit is not None and self.week(person, day) + paid * times > limit:
            return False
        total = self.period_minutes[person.id] + paid * times
        return day < 0 or total <= self.contract_minutes(person)

    def week(self, person: Worker, day: int) -> int:
        """Return the paid minutes planned in the week of a day."""
        monday = day - self.weekday(day)
        cells = (self.shifts.get((person.id, d)) for d in range(monday, monday + 7))
        return sum(SHIFT_BY_ID[shift].paid_minutes for shift in cells if shift)

    def contract_minutes(self, person: Worker) -> int:
        """Return the most paid minutes of the period."""
        return round(person.daily_minutes() * self.days.stop)

    def meets_partner(self, person: Worker, day: int, shift: str) -> bool:
        """Return whether a shift meets that of the person they are kept apart from."""
        other = self.shifts.get((self.partner[person.id] or "", day))
        return other is not None and meet(shift, other)

    def heads(self, day: int, shift: str) -> int:
        """Return the heads of a shift on a day."""
        return self.counts[day, shift]

    def weekday(self, day: int) -> int:
        """Return the weekday of a day, 0 for Monday."""
        return (self.start + timedelta(days=day)).weekday()

    def row(self, person: str) -> list[str | None]:
        """Return a person's cells of the period."""
        return [self.shifts.get((person, day)) for day in range(self.days.stop)]

    def past(self, person: str) -> list[str | None]:
        """Return a person's cells before the period."""
        return [self.shifts.get((person, day)) for day in range(-PAST, 0)]

    def luck(self) -> float:
        """Return a number that decides between equals."""
        return float(self.rng.random())


def meet(first: str, second: str) -> bool:
    """Return whether two shifts of one day are the same, or share time at one place."""
    one, other = SHIFT_BY_ID[first], SHIFT_BY_ID[second]
    if one == other:
        return True
    return one.place == other.place and any(
        a < d and c < b for a, b in _pieces(first) for c, d in _pieces(second)
    )


def _pieces(shift: str) -> list[tuple[int, int]]:
    kind = SHIFT_BY_ID[shift]
    whole = [(kind.start or 0, _end(shift))]
    return [(span.start, span.start + span.minutes) for span in kind.spans] or whole


def _end(shift: str) -> int:
    kind = SHIFT_BY_ID[shift]
    return (kind.start or 0) + kind.minutes
