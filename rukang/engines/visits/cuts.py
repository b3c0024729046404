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

from rukang.engines.visits.groups import Group, meeting_days, most_trips
from rukang.engines.visits.model import Model
from rukang.engines.visits.tours import Trip


def cut_off(model: Model, trips: Sequence[Trip]) -> bool:
    """Keep a model from some trips that collide; say whether from others like them too."""
    group = frozenset(chain.from_iterable(trip.pair for trip in trips))
    given = frozenset(chain.from_iterable(trip.tour.days for trip in trips))
    days = meeting_days(model.remaining, group, given)
    most = most_trips(model.remaining, group, days)
    if len(trips) > most:
        _limit(model, group, days, most)
        return True
    _forbid(model, trips)
    return False


def _limit(model: Model, group: Group, days: frozenset[date], most: int) -> None:
    """Limit the trips within a group on some days; `both` tells of each that both are of it."""
    within = []
    for number, tour in enumerate(model.tours):
        able = [model.goes[code, number] for code in sorted(group) if (code, number) in model.goes]
        if len(able) > 1 and meeting_days(model.remaining, group, tour.days) <= days:
            both = model.another_variable()
            model.program += both >= pulp.lpSum(able) - model.made[number]
            within.append(both)
    model.program += pulp.lpSum(within) <= most


def _forbid(model: Model, trips: Sequence[Trip]) -> None:
    """Forbid some trips together; each may still be made without the others."""
    numbers = {tour: number for number, tour in enumerate(model.tours)}
    both = [model.goes[code, numbers[trip.tour]] for trip in trips for code in trip.pair]
    model.program += pulp.lpSum(both) <= len(both) - 1
