"""The second stage: a day for every trip, drawn by the seed.

z[t, d] = 1 when trip t takes place on day d. A trip has one day at most; an inspector has one trip
a day and no more days a week than they can give. A trip without a day costs more than all else;
beyond that days cost what the seed draws for them, so that nobody can guess a surprise visit, nor
from the days of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pulp

from rostering.exact.controls import Controls
from rostering.exact.highs import solve_with_highs
from rukang.engines.visits.planning.remaining import Remaining, week_of
from rukang.engines.visits.planning.tours import Trip

MOST_DRAWN = 100
"""Draws of the seed lie below this."""

GAP = 0.05
"""The draws need no best answer, only one that no trip can be added to."""

HALF = 0.5

Variables = Mapping[tuple[int, date], pulp.LpVariable]


@dataclass(frozen=True)
class Layout:
    """Days of trips, and those without one.

    Parameters
    ----------
    collides
        Whether it is proven that the trips cannot all have a day.
    """

    days: Mapping[Trip, date]
    without: tuple[Trip, ...]
    collides: bool


def lay_out(remaining: Remaining, trips: Sequence[Trip], seed: int, time_limit: float) -> Layout:
    """Return days for as many of the trips as possible, the same for the same seed."""
    program = pulp.LpProblem("days", pulp.LpMinimize)
    takes = {
        (number, day): program.add_variable(f"z_{number}_{day:%Y%m%d}", cat=pulp.LpBinary)
        for number, trip in enumerate(trips)
        for day in common_days(remaining, trip)
    }
    if not takes:
        return Layout({}, tuple(trips), bool(trips))
    for row in (*_one_day(trips, takes), *_one_trip(trips, takes), *_week(remaining, trips, takes)):
        program += row
    draws = np.random.default_rng(seed).integers(MOST_DRAWN, size=len(takes)).tolist()
    price = 2 * MOST_DRAWN * len(trips)
    program.setObjective(
        price * len(trips)
        + pulp.lpSum(
            (draw - price) * take for draw, take in zip(draws, takes.values(), strict=True)
        )
    )
    controls = Controls(time_limit=time_limit, gap=GAP, seed=seed, threads=1)
    answer = solve_with_highs(program, controls)
    days = _days(trips, takes) if answer.has_values else {}
    without = tuple(trip for trip in trips if trip not in days)
    return Layout(days, without, (answer.bound or 0) >= MOST_DRAWN * len(trips))


def common_days(remaining: Remaining, trip: Trip) -> list[date]:
    """Return the days on which a trip can take place and both are at hand."""
    one, other = trip.pair
    return sorted(trip.tour.days & remaining.present[one] & remaining.present[other])


def _one_day(trips: Sequence[Trip], takes: Variables) -> Iterator[pulp.LpConstraint]:
    for number, _ in enumerate(trips):
        days = [take for (trip, _), take in takes.items() if trip == number]
        if days:
            yield pulp.lpSum(days) <= 1


def _one_trip(trips: Sequence[Trip], takes: Variables) -> Iterator[pulp.LpConstraint]:
    busy: dict[tuple[str, date], list[pulp.LpVariable]] = {}
    for (number, day), take in takes.items():
        for code in trips[number].pair:
            busy.setdefault((code, day), []).append(take)
    return (pulp.lpSum(same) <= 1 for same in busy.values())


def _week(
    remaining: Remaining, trips: Sequence[Trip], takes: Variables
) -> Iterator[pulp.LpConstraint]:
    busy: dict[tuple[str, tuple[int, int]], list[pulp.LpVariable]] = {}
    for (number, day), take in takes.items():
        for code in trips[number].pair:
            busy.setdefault((code, week_of(day)), []).append(take)
    for (code, week), same in busy.items():
        yield pulp.lpSum(same) <= remaining.days_left[code][week]


def _days(trips: Sequence[Trip], takes: Variables) -> dict[Trip, date]:
    return {trips[number]: day for (number, day), take in takes.items() if take.value() > HALF}
