"""What the start and the local search look up: days as bits, who may go where, at what cost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from rukang.engines.visits.planning.remaining import Remaining, by_week
from rukang.engines.visits.planning.tours import Tour, cost_of_going, may_go

Homes = tuple[str, ...]
"""Codes of one home, or of two in order."""

Days = int
"""Days as bits; the first day that can be planned is the lowest."""


class Board:
    """The tables of one planning; inspectors go by their place in the problem.

    Parameters
    ----------
    open
        Days on which each home can be visited.
    former
        The day on which each home was to be visited by the plan before; none if it was not.
    present, weeks
        Days on which each inspector is at hand; for each week its days, and how many they can give.
    most, done
        How many days each inspector could give in the whole round, and has given already.
    near
        Homes that may be visited on the same day.
    pairs
        For each home by itself: what two inspectors who may go cost, the cheapest first.
    """

    def __init__(self, remaining: Remaining) -> None:
        self.remaining, self.problem = remaining, remaining.problem
        self.days = sorted(remaining.ahead)
        self.bit = {day: 1 << place for place, day in enumerate(self.days)}
        self.homes = [home.code for home in remaining.homes]
        self.open = {code: self._bits(remaining.open_days[code]) for code in self.homes}
        self.former = {
            code: self.bit.get(visit.day, 0) for code, visit in remaining.before_by_home.items()
        }
        people = self.problem.inspectors
        self.present = [self._bits(remaining.present[one.code]) for one in people]
        self.weeks = [
            [
                (self._bits(days), remaining.days_left[one.code][week])
                for week, days in by_week(remaining.present[one.code]).items()
            ]
            for one in people
        ]
        self.most = [remaining.most_days[one.code] for one in people]
        self.done = [len(remaining.busy_done[one.code]) for one in people]
        self.needs = {home.code: home.needs for home in remaining.homes}
        self._going: dict[tuple[int, Homes], int | None] = {}
        self.near = {code: self._near(code) for code in self.homes}
        self.pairs = {code: self._pairs(code) for code in self.homes}

    def going(self, who: int, homes: Homes) -> int | None:
        """Return what one inspector at some homes on one day costs; none if they may not go."""
        key = (who, homes)
        if key not in self._going:
            days = frozenset.intersection(*(self.remaining.open_days[code] for code in homes))
            tour, person = Tour(homes, days), self.problem.inspectors[who]
            fits = may_go(self.remaining, person, tour)
            self._going[key] = cost_of_going(self.remaining, person.code, tour) if fits else None
        return self._going[key]

    def trip_cost(self, pair: tuple[int, int], homes: Homes, day: Days) -> int | None:
        """Return what two inspectors at some homes on a day cost; none if they may not go."""
        one, other = (self.going(who, homes) for who in pair)
        if one is None or other is None or not self.skilled(pair, homes):
            return None
        return one + other + self.moving(homes, day)

    def moving(self, homes: Homes, day: Days) -> int:
        """Return the price of visiting some homes on another day than was planned."""
        moved = sum(self.former.get(code, day) != day for code in homes)
        return self.problem.prices.moved * moved

    def skilled(self, pair: tuple[int, int], homes: Homes) -> bool:
        """Say whether each skill that the homes need is one of the two's."""
        one, other = (self.problem.inspectors[who].skills for who in pair)
        return all(self.needs[code] <= one | other for code in homes)

    def _bits(self, days: Iterable[date]) -> Days:
        return sum(self.bit[day] for day in days if day in self.bit)

    def _near(self, code: str) -> list[str]:
        """Return the homes near one, the nearest first."""
        minutes = {
            other: self.problem.minutes_between(code, other)
            for other in self.homes
            if other != code
        }
        limit = self.problem.near_minutes
        return sorted((o for o in minutes if minutes[o] <= limit), key=lambda o: (minutes[o], o))

    def _pairs(self, code: str) -> list[tuple[int, int, int]]:
        able = [who for who in range(len(self.present)) if self.going(who, (code,)) is not None]
        found = [
            ((self.going(one, (code,)) or 0) + (self.going(other, (code,)) or 0), one, other)
            for one, other in combinations(able, 2)
            if self.skilled((one, other), (code,))
        ]
        return sorted(found)
