"""The days that a search may change, and what the days around them fix."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from rostering.compiled.cheapest.memory import Scratch
from rostering.compiled.judge import adds
from rostering.compiled.tables import Floats, Ints, Rows

LOST = -1
"""No state: something hard is broken."""

SEVERAL = -2
"""Not one state but several."""


class Window(NamedTuple):
    """Days first … last − 1 of a person's row.

    Parameters
    ----------
    classes
        Number of classes of symbols that the search tells apart.
    state
        State before the window.
    slots
        The person's active slots, those that are told apart first; the next three speak of these.
    sums
        What each added up before the window, in the segment under way.
    close
        Day on which the segment of the window's last day ends; −1 if no segment holds that day.
    piece
        × day: which piece holds on the day; −1 if none. A *piece* is a segment with days in the
        window; each has a multiplier.
    told
        Number of slots told apart.
    owner, segment
        Piece: its slot, and number of the segment.
    table
        Piece: where its prices begin.
    before
        Piece: sum at its begin, or at that of the window.
    """

    person: int
    group: int
    first: int
    last: int
    classes: int
    state: int
    slots: Ints
    sums: Ints
    close: Ints
    piece: Ints
    told: int
    owner: Ints
    segment: Ints
    table: Ints
    before: Ints


@numba.njit(nogil=True, cache=True)
def window_of(rows: Rows, person: int, row: Ints, first: int, last: int) -> Window:
    """Return a window of a person's row."""
    slots, told = _slots(rows, person)
    sums = np.zeros(len(slots), np.int32)
    state = _before(rows, person, row, first, slots, sums)
    close = np.full(len(slots), -1, np.int32)
    for m, slot in enumerate(slots):
        if last > 0 and rows.ends[slot, last - 1] >= 0:
            close[m] = last - 1
            while not rows.is_end[slot, close[m]]:
                close[m] += 1
    piece, owner, segment, table, before = _pieces(rows, slots, sums, first, last)
    classes = (rows.sight[person] >= 0).sum()
    group = rows.group[person]
    return Window(
        person,
        group,
        first,
        last,
        classes,
        state,
        slots,
        sums,
        close,
        piece,
        told,
        owner,
        segment,
        table,
        before,
    )


@numba.njit(nogil=True, cache=True)
def _slots(rows: Rows, person: int) -> tuple[Ints, int]:
    """Return a person's active slots, those told apart first, and how many these are."""
    low, high = rows.slot_first[person], rows.slot_first[person + 1]
    slots = np.empty(high - low, np.int32)
    told = 0
    for slot in range(low, high):
        if rows.is_told[slot]:
            slots[told] = slot
            told += 1
    filled = told
    for slot in range(low, high):
        if rows.is_active[slot] and not rows.is_told[slot]:
            slots[filled] = slot
            filled += 1
    return slots[:filled], told


@numba.njit(nogil=True, cache=True)
def _pieces(
    rows: Rows, slots: Ints, sums: Ints, first: int, last: int
) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Return which piece of a window holds when; and slot, segment, table, sum before of each."""
    piece = np.full((len(slots), last), -1, np.int32)
    most = len(slots) * (last - first)
    owner, segment = np.empty(most, np.int32), np.empty(most, np.int32)
    table, before = np.empty(most, np.int32), np.zeros(most, np.int32)
    filled = 0
    for m, slot in enumerate(slots):
        for day in range(first, last):
            number = rows.segment[slot, day]
            if number < 0:
                continue
            if day == first or rows.segment[slot, day - 1] != number:
                owner[filled], segment[filled] = slot, number
                table[filled] = rows.ends[slot, day]
                if day == first:
                    before[filled] = sums[m]
                filled += 1
            piece[m, day] = filled - 1
    return piece, owner[:filled], segment[:filled], table[:filled], before[:filled]


@numba.njit(nogil=True, cache=True)
def _before(rows: Rows, person: int, row: Ints, first: int, slots: Ints, sums: Ints) -> int:
    """Return the state before a day, and write the sums so far."""
    group, state = rows.group[person], rows.start[person]
    for day in range(first):
        kind, seen = rows.kinds[group, day], rows.sees[group, row[day]]
        counted = rows.counts[group, kind, state, seen]
        for m, slot in enumerate(slots):
            sums[m] += adds(rows, slot, day, row[day], counted)
            sums[m] = 0 if rows.is_end[slot, day] else min(sums[m], rows.top[slot])
        state = rows.after[group, kind, state, seen]
        if state < 0:
            return LOST
    return state


@numba.njit(nogil=True, cache=True)
def choose_symbols(rows: Rows, work: Scratch, window: Window, cells: Floats) -> None:
    """Write the cheapest symbol of each class for each day, its price and what it adds."""
    for day in range(window.first, window.last):
        work.best[day, : window.classes] = np.inf
        for symbol in range(cells.shape[1]):
            c = rows.in_class[window.person, symbol]
            if c >= 0 and cells[day, symbol] < work.best[day, c]:
                work.best[day, c] = cells[day, symbol]
                work.pick[day, c] = symbol
        for c in range(window.classes):
            for m, slot in enumerate(window.slots):
                work.more[day, c, m] = rows.amounts[rows.adds[slot, day], work.pick[day, c]]


@numba.njit(nogil=True, cache=True)
def follow_tails(rows: Rows, work: Scratch, window: Window, row: Ints) -> None:
    """Write what the days after the window cost and add up, for every state before them.

    The states run together after a few days, and from then on one is followed for all.
    """
    days, states = rows.kinds.shape[1], rows.widths[window.group, window.last]
    work.tail[:states] = 0.0
    work.tail_sums[:states] = 0
    now = np.arange(states).astype(np.int32)
    state, day = SEVERAL, window.last
    while state == SEVERAL and day < days:
        state = _tail_day(rows, work, window, row, day, now)
        day += 1
    paid, common = 0.0, np.zeros(len(window.slots), np.int32)
    while state >= 0 and day < days:
        kind, seen = rows.kinds[window.group, day], rows.sees[window.group, row[day]]
        counted = rows.counts[window.group, kind, state, seen]
        paid += rows.price[window.group, kind, state, seen]
        _add(rows, window, row, day, counted, common)
        state = rows.after[window.group, kind, state, seen]
        if state < 0:
            paid = np.inf
        day += 1
    for before in range(states):
        work.tail[before] += paid
        for m in range(len(window.slots)):
            work.tail_sums[before, m] += common[m]


@numba.njit(nogil=True, cache=True)
def _tail_day(rows: Rows, work: Scratch, window: Window, row: Ints, day: int, now: Ints) -> int:
    """Carry every state one day on; return the one that all are in, LOST or SEVERAL."""
    kind, seen = rows.kinds[window.group, day], rows.sees[window.group, row[day]]
    alone = LOST
    for before, state in enumerate(now):
        if state < 0:
            continue
        counted = rows.counts[window.group, kind, state, seen]
        now[before] = rows.after[window.group, kind, state, seen]
        if now[before] < 0:
            work.tail[before] = np.inf
            continue
        work.tail[before] += rows.price[window.group, kind, state, seen]
        _add(rows, window, row, day, counted, work.tail_sums[before])
        if alone == LOST:
            alone = now[before]
        elif alone != now[before]:
            alone = SEVERAL
    return alone


@numba.njit(nogil=True, cache=True, inline="always")
def _add(rows: Rows, window: Window, row: Ints, day: int, counted: int, sums: Ints) -> None:
    """Add a day after the window to the sums whose segments it belongs to."""
    for m, slot in enumerate(window.slots):
        if day <= window.close[m]:
            sums[m] += adds(rows, slot, day, row[day], counted)


@numba.njit(nogil=True, cache=True, inline="always")
def open_price(rows: Rows, work: Scratch, window: Window, m: int, total: int, state: int) -> float:
    """Return what a sum will cost when its segment ends after the window."""
    slot = window.slots[m]
    if window.close[m] < window.last:
        return 0.0
    total = min(total + work.tail_sums[state, m], rows.top[slot])
    return rows.prices[rows.ends[slot, window.close[m]] + total]
