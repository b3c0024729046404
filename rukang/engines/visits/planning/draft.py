"""A plan in the making: trips with their days, to which homes are added and from which they go.

Every draft keeps every rule; a home for which it has no room is left out for the time being.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np

from rukang.engines.visits.planning.board import Board, Days, Homes
from rukang.engines.visits.planning.exact.layout import Layout
from rukang.engines.visits.planning.tours import Tour, Trip

ROUNDING = 1e-9
"""Two loads in floating point are no further apart than this where they are the same."""


@dataclass(frozen=True)
class Booked:
    """Homes that two inspectors visit on a day, and what that costs."""

    homes: Homes
    pair: tuple[int, int]
    day: Days
    cost: int


class Draft:
    """Trips booked so far.

    Parameters
    ----------
    trips
        By number; `at` tells the trip of each home.
    busy, free
        By inspector: days with a trip, and days on which one more may be had.
    paid
        What the trips cost by themselves.
    """

    def __init__(self, board: Board) -> None:
        self.board = board
        self.trips: dict[int, Booked] = {}
        self.at: dict[str, int] = {}
        self.busy = [0] * len(board.present)
        self.free = list(board.present)
        self.paid, self.next = 0, 0
        for who in range(len(self.free)):
            self._refresh(who)

    def copy(self) -> Draft:
        """Return a draft that can be changed apart from this one."""
        other = Draft.__new__(Draft)
        other.board, other.paid, other.next = self.board, self.paid, self.next
        other.trips, other.at = dict(self.trips), dict(self.at)
        other.busy, other.free = list(self.busy), list(self.free)
        return other

    def book(self, homes: Homes, pair: tuple[int, int], day: Days) -> bool:
        """Add a trip of homes without one; say whether every rule lets it be."""
        cost = self.board.trip_cost(pair, homes, day)
        free = self.free[pair[0]] & self.free[pair[1]] & day
        if cost is None or not free or any(not self.board.open[code] & day for code in homes):
            return False
        self._put(self.next, Booked(homes, pair, day, cost))
        self.next += 1
        return True

    def remove(self, home: str) -> None:
        """Leave a home out; the other one of its trip stays."""
        number = self.at.pop(home)
        trip = self.trips.pop(number)
        self.paid -= trip.cost
        rest = tuple(code for code in trip.homes if code != home)
        cost = self.board.trip_cost(trip.pair, rest, trip.day) if rest else 0
        if rest and cost is not None:
            self.trips[number] = Booked(rest, trip.pair, trip.day, cost)
            self.paid += cost
            return
        for code in rest:
            del self.at[code]
        self._release(trip)

    def insert(self, home: str, rng: np.random.Generator) -> bool:
        """Add a home where it costs least, on a day drawn from those; say whether there is room."""
        joined = min(self._joins(home), default=None)
        alone = self._alone(home, joined[0] if joined else None)
        if alone is not None:
            _, pair, days = alone
            return self.book((home,), pair, drawn(days, rng))
        if joined is None:
            return False
        _, number, cost = joined
        trip = self.trips[number]
        self.paid += cost - trip.cost
        homes = (*trip.homes, home)
        self.trips[number] = Booked(homes, trip.pair, trip.day, cost)
        self.at[home] = number
        return True

    def without(self) -> list[str]:
        """Return the homes left out."""
        return [code for code in self.board.homes if code not in self.at]

    def cost(self) -> int:
        """Return what the draft costs, but for the visits that are done."""
        prices = self.board.problem.prices
        left = len(self.board.homes) - len(self.at)
        return prices.left_out * left + self.paid + prices.spread_point * self.spread()

    def spread(self) -> int:
        """Return the started per cent between the most and the least loaded."""
        loads = [load for load in self.loads() if load is not None]
        return ceil(max(loads) - min(loads) - ROUNDING) if loads else 0

    def loads(self) -> list[float | None]:
        """Return everybody's days with visits, in per cent of those they could give, if any."""
        return [
            100 * (done + busy.bit_count()) / most if most else None
            for busy, done, most in zip(self.busy, self.board.done, self.board.most, strict=True)
        ]

    def layout(self) -> Layout:
        """Return the trips with their days, as the second stage does."""
        day_of = dict(zip(self.board.bit.values(), self.board.bit, strict=True))
        codes = [one.code for one in self.board.problem.inspectors]
        days = {}
        for trip in self.trips.values():
            one, other = sorted(codes[who] for who in trip.pair)
            day = day_of[trip.day]
            days[Trip(Tour(trip.homes, frozenset({day})), (one, other))] = day
        return Layout(days, (), False)

    def _joins(self, home: str) -> Iterator[tuple[int, int, int]]:
        """Yield what it costs more to visit a home on a trip to one near it; the trip, its cost."""
        board = self.board
        for other in board.near[home]:
            number = self.at.get(other)
            if number is None:
                continue
            trip = self.trips[number]
            if len(trip.homes) == 1 and trip.day & board.open[home]:
                cost = board.trip_cost(trip.pair, (*trip.homes, home), trip.day)
                if cost is not None:
                    yield cost - trip.cost, number, cost

    def _alone(self, home: str, below: int | None) -> tuple[float, tuple[int, int], Days] | None:
        """Return the cheapest new trip to a home and its days, if it costs less than a bound.

        Whoever has more to do than the others is dearer by what the spread may grow.
        """
        board, best = self.board, None
        least = float("inf") if below is None else float(below)
        burden, open_days = self._burden(), board.open[home]
        former = board.former.get(home, 0)
        for plain, one, other in board.pairs[home]:
            if plain >= least:
                break
            days = open_days & self.free[one] & self.free[other]
            if not days:
                continue
            kept = days & former
            cost = plain + burden[one] + burden[other]
            cost += board.moving((home,), kept or days)
            if cost < least:
                least, best = cost, (cost, (one, other), kept or days)
        return best

    def _burden(self) -> list[float]:
        loads = [load or 0.0 for load in self.loads()]
        mean = sum(loads) / max(1, len(loads))
        price = self.board.problem.prices.spread_point
        return [price * max(0.0, load - mean) for load in loads]

    def _put(self, number: int, trip: Booked) -> None:
        self.trips[number] = trip
        self.paid += trip.cost
        for code in trip.homes:
            self.at[code] = number
        for who in trip.pair:
            self.busy[who] |= trip.day
            self._refresh(who)

    def _release(self, trip: Booked) -> None:
        for who in trip.pair:
            self.busy[who] &= ~trip.day
            self._refresh(who)

    def _refresh(self, who: int) -> None:
        free = self.board.present[who] & ~self.busy[who]
        for days, most in self.board.weeks[who]:
            if (self.busy[who] & days).bit_count() >= most:
                free &= ~days
        self.free[who] = free


def started(board: Board, rng: np.random.Generator) -> Draft:
    """Return a first draft: what stands of the former plan, then the homes with the fewest choices.

    This is the constructive start: no search, one look at every home.
    """
    draft = Draft(board)
    for homes, pair, day in _former(board):
        draft.book(homes, pair, day)
    recreate(draft, sorted(draft.without(), key=lambda code: choices(board, code)), rng)
    return draft


def recreate(draft: Draft, homes: Iterable[str], rng: np.random.Generator) -> None:
    """Insert homes one after the other, each where it costs least."""
    for home in homes:
        draft.insert(home, rng)


def choices(board: Board, home: str) -> tuple[int, int]:
    """Return how many days a home has, and how many pairs; the fewer, the sooner it is booked."""
    return board.open[home].bit_count(), len(board.pairs[home])


def drawn(days: Days, rng: np.random.Generator) -> Days:
    """Return one of some days, drawn, so that nobody can guess a surprise visit."""
    for _ in range(int(rng.integers(days.bit_count()))):
        days &= days - 1
    return days & -days


def _former(board: Board) -> Iterator[tuple[Homes, tuple[int, int], Days]]:
    """Yield the trips of the plan before whose two inspectors are known still."""
    places = {one.code: place for place, one in enumerate(board.problem.inspectors)}
    trips: dict[object, list[str]] = {}
    for visit in board.remaining.before:
        if visit.home in board.open and set(visit.pair) <= places.keys():
            trips.setdefault((visit.day, visit.pair), []).append(visit.home)
    before = board.remaining.before_by_home
    for homes in trips.values():
        visit = before[homes[0]]
        one, other = (places[code] for code in visit.pair)
        if visit.day in board.bit:
            yield tuple(homes), (one, other), board.bit[visit.day]
