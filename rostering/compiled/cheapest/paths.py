"""The cheapest row of one person: a shortest path over days with sums, exact.

A path's cost is what its cells cost, what the automaton charges, and what the sums of its slots
cost at the end. Sums make the problem hard; so it is bounded first without them: with a multiplier
for each sum the cheapest path is found backward over the automaton alone (Lagrange), which yields
for every state and day a lower bound on the rest. The exact search then runs forward with sums and
drops every label that the bound shows to be too dear. Mathematics in docs/rostering.md.
"""

from __future__ import annotations

import numba
import numpy as np

from rostering.compiled.cheapest.labels import search
from rostering.compiled.cheapest.memory import Scratch, scratch
from rostering.compiled.cheapest.multipliers import (
    MULTIPLIER_STEPS,
    SAME,
    Multipliers,
    better,
    multipliers,
)
from rostering.compiled.cheapest.window import choose_symbols, follow_tails, window_of
from rostering.compiled.tables import Floats, Ints, Rows

__all__ = [
    "MULTIPLIER_STEPS",
    "Multipliers",
    "Scratch",
    "cheapest",
    "multipliers",
    "scratch",
]

FIRST_ROOM = 0.15
"""How far above the bound rows are looked for at first; usually the cheapest is that near."""

MORE_ROOM = 5.0
"""By how much farther each time that none is found."""

MOST_ROOM = 1_000.0
"""How far they are looked for where labels were lost, so that none may be there to be found."""


LABELS_A_DAY = 3_500
"""Labels that a search with slack keeps a day. Ten times as many found no better rows."""


@numba.njit(nogil=True, cache=True)
def cheapest(
    rows: Rows,
    work: Scratch,
    multiplier: Multipliers,
    person: int,
    cells: Floats,
    row: Ints,
    first: int,
    last: int,
    limit: float,
    slack: float,
    steps: int,
) -> tuple[float, float, bool]:
    """Find the cheapest row of a person that differs from ``row`` on days first … last − 1 only.

    Its cost is what its cells on these days cost, what the automaton charges from the first of
    them to the end of the period, and what the sums of segments with one of these days cost.

    Parameters
    ----------
    cells
        Day × symbol: price of each cell.
    row
        Symbols by day; holds the row found afterwards. If none is found, its days first … last − 1
        mean nothing.
    limit
        Rows that cost this much or more are not looked for.
    slack
        A row met while bounding is good enough if it costs no more than the bound and this. Only
        without any slack does the search use all its memory, as proofs need.
    steps
        Rounds of bettering the multipliers.

    Returns
    -------
    tuple
        Cost of the row found, infinite if none; a lower bound on the cost of all rows; and whether
        the search was exact: no row that costs less than the one found, or than the limit, exists.
        All three as far as active slots tell.
    """
    window = window_of(rows, person, row, first, last)
    if window.state < 0:
        return np.inf, np.inf, True
    choose_symbols(rows, work, window, cells)
    follow_tails(rows, work, window, row)
    bound, cost = better(rows, work, multiplier, window, row, limit, steps, False)
    if not cost < limit:
        cost = np.inf
    below, is_exact = min(limit, cost), True
    if cost <= bound + slack:
        return cost, bound, cost <= bound + SAME
    most = len(work.state) // (last - first + 1)
    if slack > 0:
        most = min(most, LABELS_A_DAY)
    room = FIRST_ROOM * max(1.0, (last - first) / 28)
    while bound < below - SAME:
        target = min(below, bound + room)
        found, beyond, has_all = search(rows, work, window, row, target, most)
        is_exact = is_exact and has_all
        if found < target:
            return found, found if is_exact else min(found, bound), is_exact
        if is_exact:
            bound = beyond
        elif target >= below or room > MOST_ROOM or work.halt[0]:
            return cost, bound, False
        room *= MORE_ROOM
    return cost, min(bound, cost), is_exact
