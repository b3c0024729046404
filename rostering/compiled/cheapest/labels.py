"""The exact search forward: paths with their sums, as far as they may still become cheap enough."""

from __future__ import annotations

import numba
import numpy as np

from rostering.compiled.cheapest.memory import Scratch
from rostering.compiled.cheapest.window import Window, open_price
from rostering.compiled.tables import Ints, Rows


@numba.njit(nogil=True, cache=True)
def search(
    rows: Rows, work: Scratch, window: Window, row: Ints, target: float, most: int
) -> tuple[float, float, bool]:
    """Find the cheapest path below a target and write it into ``row``.

    Parameters
    ----------
    most
        Labels kept a day; of more the dearest are lost.

    Returns
    -------
    tuple
        Its cost, infinite if none is below the target; what paths given up because they cannot
        come below the target cost at least; and whether none was lost for want of memory.
    """
    stride = _strides(rows, window)
    work.state[0], work.cost[0], work.parent[0] = window.state, 0.0, -1
    work.sums[0] = (window.sums[: window.told] * stride[:-1]).sum()
    low, high = 0, 1
    beyond, is_exact = np.inf, True
    for day in range(window.first, window.last):
        if work.halt[0]:
            return np.inf, -np.inf, False
        filled, least, has_room = _extend(rows, work, window, stride, day, low, high, target)
        low, high = high, filled
        beyond, is_exact = min(beyond, least), is_exact and has_room and filled - low <= most
        if filled - low > most:
            high = _thin(work, low, filled, most)
    best, chosen = np.inf, -1
    for label in range(low, high):
        cost = _cost_at_end(rows, work, window, stride, label)
        if cost < best:
            best, chosen = cost, label
    if not best < target:
        return np.inf, min(beyond, best), is_exact
    for day in range(window.last - 1, window.first - 1, -1):
        row[day] = work.symbol[chosen]
        chosen = work.parent[chosen]
    return best, beyond, is_exact


@numba.njit(nogil=True, cache=True)
def _strides(rows: Rows, window: Window) -> Ints:
    """Return what a unit of each sum counts in the number of all sums; last how many there are."""
    stride = np.ones(window.told + 1, np.int32)
    for m in range(window.told):
        stride[m + 1] = stride[m] * (rows.top[window.slots[m]] + 1)
    return stride


@numba.njit(nogil=True, cache=True, inline="always")
def _extend(
    rows: Rows,
    work: Scratch,
    window: Window,
    stride: Ints,
    day: int,
    low: int,
    high: int,
    target: float,
) -> tuple[int, float, bool]:
    """Carry the labels low … high − 1 one day on; of two at one place the cheaper stays.

    Returns where the new labels end, the least bound of those given up, and whether all the others
    found room.
    """
    group, kind = window.group, rows.kinds[window.group, day]
    filled, beyond, has_room = high, np.inf, True
    product = stride[window.told]
    digits = np.zeros(window.told, np.int32)
    for label in range(low, high):
        state = work.state[label]
        for m in range(window.told):
            digits[m] = (work.sums[label] // stride[m]) % (rows.top[window.slots[m]] + 1)
        for c in range(window.classes):
            seen = rows.sight[window.person, c]
            after = rows.after[group, kind, state, seen]
            if after < 0:
                continue
            value = work.cost[label] + work.best[day, c] + rows.price[group, kind, state, seen]
            counted = rows.counts[group, kind, state, seen]
            sums, paid, ahead = _sums_after(rows, work, window, stride, digits, day, c, counted)
            value += paid
            bound = value + ahead + work.rest[day + 1, after]
            if bound >= target:
                beyond = min(beyond, bound)
                continue
            at = after * product + sums
            place = work.place[at]
            is_taken = (
                high <= place < filled and work.state[place] == after and work.sums[place] == sums
            )
            if is_taken and work.cost[place] <= value:
                continue
            if not is_taken:
                if filled == len(work.state):
                    has_room = False
                    continue
                place, filled = filled, filled + 1
                work.place[at] = place
                work.state[place], work.sums[place] = after, sums
            work.cost[place], work.parent[place] = value, label
            work.bound[place] = bound
            work.symbol[place] = work.pick[day, c]
    return filled, beyond, has_room


@numba.njit(nogil=True, cache=True)
def _thin(work: Scratch, low: int, high: int, most: int) -> int:
    """Keep the labels that promise most; return where they end."""
    limit = np.partition(work.bound[low:high], most)[most]
    filled = low
    for label in range(low, high):
        if work.bound[label] <= limit and filled < low + most:
            work.state[filled], work.sums[filled] = work.state[label], work.sums[label]
            work.cost[filled], work.bound[filled] = work.cost[label], work.bound[label]
            work.parent[filled], work.symbol[filled] = work.parent[label], work.symbol[label]
            filled += 1
    return filled


@numba.njit(nogil=True, cache=True, inline="always")
def _sums_after(
    rows: Rows,
    work: Scratch,
    window: Window,
    stride: Ints,
    digits: Ints,
    day: int,
    c: int,
    counted: int,
) -> tuple[int, float, float]:
    """Return the sums after a day, as one number; what they pay on it, and later at least."""
    sums, paid, ahead = 0, 0.0, 0.0
    for m in range(window.told):
        slot = window.slots[m]
        v = digits[m] + work.more[day, c, m]
        if rows.bit[slot] >= 0:
            v += (counted >> rows.bit[slot]) & 1
        v = min(v, rows.top[slot])
        p = window.piece[m, day]
        if rows.is_end[slot, day]:
            paid += rows.prices[window.table[p] + v]
        elif p >= 0:
            ahead += work.phi[p, v]
            sums += v * stride[m]
    return sums, paid, ahead


@numba.njit(nogil=True, cache=True, inline="always")
def _cost_at_end(rows: Rows, work: Scratch, window: Window, stride: Ints, label: int) -> float:
    """Return what a path costs in all, with the days after the window."""
    state = work.state[label]
    cost = work.cost[label] + work.tail[state]
    for m in range(window.told):
        slot = window.slots[m]
        v = (work.sums[label] // stride[m]) % (rows.top[slot] + 1)
        cost += open_price(rows, work, window, m, v, state)
    return cost
