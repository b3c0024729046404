"""Rows that keep the first stage from trips that no days suit.

Of a set U of inspectors, at most half of those at hand can make trips among themselves on a day. So
the trips within U whose days all lie within some days are at most the sum of these halves, in each
week no more than half the days that U can give. A collision that this explains is cut off with all
its likes, such as the same trips to other homes; any other is forbidden by itself. A collision is a
smallest set of trips that collides alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from time import perf_counter

import pulp

from rukang.engines.visits.planning.exact.layout import Layout, lay_out
from rukang.engines.visits.planning.exact.model import Model
from rukang.engines.visits.planning.remaining import Group, Remaining, meeting_days, most_trips
from rukang.engines.visits.planning.tours import Trip


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


A_TRY = 0.1
"""Share of the time for one set; one that takes longer counts as one that does not collide."""


def collision(remaining: Remaining, layout: Layout, time_limit: float) -> tuple[Trip, ...]:
    """Return trips that collide, none of which could be left out unless time ran short.

    One trip after the other is taken away for good if the rest still collides.

    Parameters
    ----------
    time_limit
        Seconds; infinite for no limit.
    """
    ends = perf_counter() + time_limit
    found = _start(remaining, layout, time_limit * A_TRY)
    for trip in found:
        if perf_counter() > ends:
            break
        rest = tuple(other for other in found if other != trip)
        if _collide(remaining, rest, time_limit * A_TRY):
            found = rest
    return found


def _start(remaining: Remaining, layout: Layout, seconds: float) -> tuple[Trip, ...]:
    """Return the trips around one that has no day, or all if those do not collide."""
    lost = layout.without[0]
    everything = (*layout.days, *layout.without)
    around = tuple(trip for trip in everything if set(trip.pair) & set(lost.pair))
    return around if _collide(remaining, around, seconds) else everything


def _collide(remaining: Remaining, trips: Sequence[Trip], seconds: float) -> bool:
    return lay_out(remaining, trips, 0, seconds).collides
