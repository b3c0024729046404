"""Rows that keep the first stage from trips that no days suit.

Of a set U of inspectors, at most half of those at hand can make trips among themselves on a day. So
the trips within U whose days all lie within some days are at most the sum of these halves, in each
week no more than half the days that U can give. A collision that this explains is cut off with all
its likes, such as the same trips to other homes; any other is forbidden by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain

import pulp

from rukang.visits.model import Model
from rukang.visits.remaining import Remaining, by_week
from rukang.visits.tours import Trip


def cut_off(model: Model, trips: Sequence[Trip]) -> None:
    """Keep a model from some trips that collide, and from others like them if possible."""
    group = frozenset(chain.from_iterable(trip.pair for trip in trips))
    given = frozenset(chain.from_iterable(trip.tour.days for trip in trips))
    days = _meet(model.remaining, group, given)
    most = most_trips(model.remaining, group, days)
    if len(trips) > most:
        _limit(model, group, days, most)
    else:
        _forbid(model, trips)


def most_trips(remaining: Remaining, group: frozenset[str], days: frozenset[date]) -> int:
    """Return how many trips some inspectors can make among themselves on some days."""
    total = 0
    for week, found in by_week(days).items():
        heads = [sum(day in remaining.present[code] for code in group) for day in found]
        give = sum(remaining.days_left[code].get(week, 0) for code in group)
        total += min(sum(count // 2 for count in heads), give // 2)
    return total


def _limit(model: Model, group: frozenset[str], days: frozenset[date], most: int) -> None:
    """Limit the trips within a group on some days; `both` tells of each that both are of it."""
    within = []
    for number, tour in enumerate(model.tours):
        able = [model.goes[code, number] for code in sorted(group) if (code, number) in model.goes]
        if len(able) > 1 and _meet(model.remaining, group, tour.days) <= days:
            both = model.another_variable()
            model.program += both >= pulp.lpSum(able) - model.made[number]
            within.append(both)
    model.program += pulp.lpSum(within) <= most


def _meet(remaining: Remaining, group: frozenset[str], days: frozenset[date]) -> frozenset[date]:
    """Return the days on which two of a group are at hand."""
    return frozenset(
        day for day in days if sum(day in remaining.present[code] for code in group) > 1
    )


def _forbid(model: Model, trips: Sequence[Trip]) -> None:
    """Forbid some trips together; each may still be made without the others."""
    numbers = {tour: number for number, tour in enumerate(model.tours)}
    both = [model.goes[code, numbers[trip.tour]] for trip in trips for code in trip.pair]
    model.program += pulp.lpSum(both) <= len(both) - 1
