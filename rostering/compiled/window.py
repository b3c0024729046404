"""The days that a search may change, and what the days around them fix."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from rostering.compiled.judge import adds
from rostering.compiled.memory import Scratch
from rostering.compiled.tables import Bools, Floats, Ints, Rows

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
        The person's active slots; all other fields speak of these.
    sums
        What each added up before the window, in the segment under way.
    close
        Day on which the segment of the window's last day ends; −1 if no segment holds that day.
    is_priced
        Whether one segment holds throughout the window, so that a multiplier can price its sum.
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
    is_priced: Bools


@numba.njit(nogil=True, cache=True)
def window_of(rows: Rows, person: int, row: Ints, first: int, last: int) -> Window:
    """Return a window of a person's row."""
    slots = rows.slot_first[person] + np.flatnonzero(
        rows.is_active[rows.slot_first[person] : rows.slot_first[person + 1]]
    ).astype(np.int32)
    sums = np.zeros(len(slots), np.int32)
    state = _before(rows, person, row, first, slots, sums)
    close = np.full(len(slots), -1, np.int32)
    is_priced = np.zeros(len(slots), np.bool_)
    for m, slot in enumerate(slots):
        if last > 0 and rows.ends[slot, last - 1] >= 0:
            close[m] = last - 1
            while not rows.is_end[slot, close[m]]:
                close[m] += 1
            is_priced[m] = first < last and not rows.is_end[slot, first : last - 1].any()
    classes = (rows.sight[person] >= 0).sum()
    group = rows.group[person]
    return Window(person, group, first, last, classes, state, slots, sums, close, is_priced)


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
