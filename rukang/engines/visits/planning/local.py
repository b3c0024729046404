"""Local search: some homes are taken out of a draft and put back where they cost least.

After Schrimpf et al. 2000 (ruin and recreate); a draft that is a little dearer is kept for a while
(simulated annealing). Work is counted in steps, so that the same seed gives the same plan.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp

import numpy as np

from rukang.engines.visits.planning.draft import Draft, choices, recreate

MOST_OUT = 8
"""Homes taken out in one step."""

WARM, COOL = 0.3, 0.003
"""How much dearer a draft may well be at first and at last, as a share of a trip's cost."""


def searched(
    draft: Draft, rng: np.random.Generator, steps: int, is_over: Callable[[Draft], bool]
) -> Draft:
    """Return the cheapest draft of some steps; never dearer than the one given."""
    best = current = draft
    least = cost = draft.cost()
    trip = draft.paid / max(1, len(draft.trips))
    for step in range(steps):
        if not draft.board.homes or is_over(best):
            break
        trial = current.copy()
        _change(trial, rng)
        heat = trip * WARM * (COOL / WARM) ** (step / steps)
        paid = trial.cost()
        if paid <= cost or (heat > 0 and rng.random() < exp((cost - paid) / heat)):
            current, cost = trial, paid
        if cost < least:
            best, least = current, cost
    return best


def _change(draft: Draft, rng: np.random.Generator) -> None:
    """Take homes out around one, first of all around one left out, and put all back."""
    without = draft.without()
    missing = [code for code in without if draft.board.pairs[code] and draft.board.open[code]]
    if missing and rng.random() < 0.5:
        centre = missing[rng.integers(len(missing))]
        out = _in_the_way(draft, centre, rng)
    elif rng.random() < 0.7:
        out = _around(draft, rng)
    else:
        out = _week_of_one(draft, rng)
    for home in out:
        if home in draft.at:  # a trip may fall apart with the first of its two
            draft.remove(home)
    back = [*missing, *out]
    if rng.random() < 0.5:
        back = [back[place] for place in rng.permutation(len(back))]
    else:
        back.sort(key=lambda code: choices(draft.board, code))
    recreate(draft, back, rng)
    recreate(draft, [code for code in draft.without() if code not in missing], rng)


def _around(draft: Draft, rng: np.random.Generator) -> list[str]:
    homes = draft.board.homes
    centre = homes[rng.integers(len(homes))]
    around = [centre, *draft.board.near[centre][: 3 * MOST_OUT]]
    count = min(len(around), int(rng.integers(2, MOST_OUT + 1)))
    picked = [around[place] for place in rng.choice(len(around), count, replace=False)]
    return [code for code in picked if code in draft.at]


def _week_of_one(draft: Draft, rng: np.random.Generator) -> list[str]:
    """Return the homes that one inspector visits in one week."""
    who = int(rng.integers(len(draft.busy))) if draft.busy else 0
    if not draft.busy or not draft.board.weeks[who]:
        return []
    days, _ = draft.board.weeks[who][rng.integers(len(draft.board.weeks[who]))]
    trips = [trip for trip in draft.trips.values() if who in trip.pair and trip.day & days]
    return [code for trip in trips for code in trip.homes]


def _in_the_way(draft: Draft, home: str, rng: np.random.Generator) -> list[str]:
    """Return homes of trips on days, and by inspectors, that a home left out could have."""
    board = draft.board
    _, *pair = board.pairs[home][rng.integers(len(board.pairs[home]))]
    days = board.open[home]
    taken = [
        trip
        for trip in draft.trips.values()
        if not set(pair).isdisjoint(trip.pair)
        and any(trip.day & week and week & days for who in pair for week, _ in board.weeks[who])
    ]
    if not taken:
        return []
    count = min(len(taken), int(rng.integers(1, MOST_OUT)))
    picked = rng.choice(len(taken), count, replace=False)
    return [code for place in picked for code in taken[place].homes]
