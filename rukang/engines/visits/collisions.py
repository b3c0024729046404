"""Why trips cannot all have a day: a smallest set of them that collides by itself."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from rukang.engines.visits.layout import Layout, lay_out
from rukang.engines.visits.remaining import Remaining
from rukang.engines.visits.tours import Trip

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
