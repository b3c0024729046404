"""Memory that searches for paths write to, made once so that none is asked for on the way."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rostering.compiled.judge import LARGEST_PRODUCT
from rostering.compiled.tables import Bools, Floats, Ints, Rows

LABELS = 3_000_000
"""Labels that one search may keep in all, an equal share of them each day."""


class Scratch(NamedTuple):
    """Memory that a search writes to; every thread needs its own.

    Parameters
    ----------
    state, sums, cost, bound, parent, symbol
        Label: where a path stands, its sums as one number, what it paid, what it costs in all at
        least, the label before it, and the symbol of its last day.
    place
        ``state · product + sums``: the last label there.
    best, pick
        Day × class: least price of a cell, and the symbol that has it.
    more
        Day × class × active slot: what that symbol adds.
    rest
        Day × state: what the days from then on cost at least, sums priced by multipliers.
    phi
        Piece × sum: see :func:`rostering.compiled.cheapest.multipliers.better`.
    tail, tail_sums
        State after the window, and × active slot: what the days after it cost and add.
    halt
        One flag, which another thread may set: all searches then end as soon as they can. What they
        found by then, and their bounds, hold.
    """

    state: Ints
    sums: Ints
    cost: Floats
    bound: Floats
    parent: Ints
    symbol: Ints
    place: Ints
    best: Floats
    pick: Ints
    more: Ints
    rest: Floats
    phi: Floats
    tail: Floats
    tail_sums: Ints
    halt: Bools


def scratch(rows: Rows, labels: int = LABELS) -> Scratch:
    """Return memory for searches over some tables.

    Parameters
    ----------
    labels
        Labels that one search may make; it keeps an equal share of them each day. Of more than that
        the dearest are lost, and the search is not exact.
    """
    days = rows.kinds.shape[1]
    states, classes = rows.after.shape[2], rows.sight.shape[1]
    slots_each = int(np.diff(rows.slot_first).max(initial=0))
    top = int(rows.top.max(initial=0))
    pieces = [int((own[:, 1:] != own[:, :-1]).sum()) + len(own) for own in _slots_of(rows)]
    return Scratch(
        state=np.zeros(labels, np.int32),
        sums=np.zeros(labels, np.int32),
        cost=np.zeros(labels),
        bound=np.zeros(labels),
        parent=np.zeros(labels, np.int32),
        symbol=np.zeros(labels, np.int32),
        place=np.zeros(states * LARGEST_PRODUCT, np.int32),
        best=np.zeros((days, classes)),
        pick=np.zeros((days, classes), np.int32),
        more=np.zeros((days, classes, slots_each), np.int32),
        rest=np.zeros((days + 1, states)),
        phi=np.zeros((max(pieces, default=0), top + 1)),
        tail=np.zeros(states),
        tail_sums=np.zeros((states, slots_each), np.int32),
        halt=np.zeros(1, np.bool_),
    )


def _slots_of(rows: Rows) -> list[Ints]:
    """Return the segments of each person's slots by day."""
    return np.split(rows.segment, rows.slot_first[1:-1])
