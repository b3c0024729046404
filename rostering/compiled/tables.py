"""The people of a problem as flat arrays that compiled code reads."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Rows(NamedTuple):
    """Everybody's rules for their own row.

    A *slot* adds up something over days: minutes, weekends, a shift type. Slots of person ``p``
    are ``slot_first[p] … slot_first[p + 1] − 1``. What a slot has added up is compared at the end
    of each of its segments (a week, the period) with a table of prices, and starts again from 0.

    Parameters
    ----------
    group, start
        Person: which automaton, and its state before day 0.
    kinds, sees
        Automaton × day, automaton × symbol: see :class:`Automaton`.
    widths
        Automaton × day, one day more than there are: states before the day are numbered below.
    after, price, counts
        Automaton × kind × state × seen number.
    cells
        Person × day × symbol: price of the cell by itself, infinite if it must not be.
    adds
        Slot × day: which row of ``amounts`` holds on the day.
    amounts
        Row × symbol: what a cell adds.
    bit
        Slot: which bit of ``counts`` it adds up instead of amounts, or −1.
    ends
        Slot × day: where in ``prices`` the table of the segment that holds on the day begins;
        −1 on days of no segment.
    segment
        Slot × day: number of the segment that holds on the day, counted over all slots; −1 if none.
    is_end
        Slot × day: whether a segment ends with the day.
    prices
        Tables of what a segment costs by its sum, ``top[slot] + 1`` numbers each.
    top
        Slot: the largest sum told apart.
    is_capped
        Slot: whether that sum stands for larger ones too.
    is_active
        Slot: whether the search for paths knows of it. It then has a multiplier.
    is_told
        Slot: whether it is active and the search tells its sums apart.
    sight
        Person × class: number seen by the automaton; −1 beyond the last class.
    in_class
        Person × symbol: class of symbols that no rule of the person tells apart, or −1.
    """

    group: Ints
    start: Ints
    kinds: Ints
    sees: Ints
    widths: Ints
    after: Ints
    price: Floats
    counts: Ints
    cells: Floats
    slot_first: Ints
    adds: Ints
    amounts: Ints
    bit: Ints
    ends: Ints
    segment: Ints
    is_end: Bools
    prices: Floats
    top: Ints
    is_capped: Bools
    is_active: Bools
    is_told: Bools
    sight: Ints
    in_class: Ints
