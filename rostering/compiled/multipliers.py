"""Lower bounds on the cheapest row: every sum is priced by a multiplier instead of remembered.

Docs: docs/rostering.md, "The cheapest row of a person".
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from rostering.compiled.memory import Scratch
from rostering.compiled.tables import Floats, Ints, Rows
from rostering.compiled.window import Window, open_price

MULTIPLIER_STEPS = 10
"""Rounds of bettering the multipliers before the exact search; more bound it tighter."""

SHORTER, LONGER = 0.5, 1.3
"""By what a multiplier's step changes when its direction turns, and when it does not."""

SHORTEST, LONGEST = 1e-3, 50.0
"""Steps stay within these between calls."""

SAME = 1e-6
"""Costs nearer than this are the same."""


class Multipliers(NamedTuple):
    """For each slot the price of a unit, and by how much it is changed next; kept between calls."""

    price: Floats
    step: Floats


def multipliers(rows: Rows) -> Multipliers:
    """Return multipliers of nothing, to begin with."""
    return Multipliers(np.zeros(len(rows.bit)), np.ones(len(rows.bit)))


@numba.njit(nogil=True, cache=True)
def better(
    rows: Rows,
    work: Scratch,
    multiplier: Multipliers,
    window: Window,
    row: Ints,
    limit: float,
    steps: int,
) -> tuple[float, float]:
    """Better the multipliers; return the best bound and the cost of the best row met on the way.

    That row is written into ``row``; if all break a hard rule, the last one. The bounds of the best
    multipliers are left in ``work``: ``rest`` for what is priced, and ``phi`` for what a sum ``v``
    costs at the end above its price,
    ``phi(v) = price · v + min over w ≥ v of (cost(w) − price · w)``.
    """
    price = _first_prices(rows, multiplier, window)
    kept, direction = price.copy(), np.zeros(len(price))
    spent, path = np.zeros(len(price), np.int32), row.copy()
    best_bound, best_cost = -np.inf, np.inf
    is_kept = False
    for _ in range(max(1, steps)):
        bound = _bound(rows, work, window, price)
        cost = _follow(rows, work, window, price, path, spent)
        is_kept = bound > best_bound
        if is_kept:
            best_bound = bound
            kept[:] = price
        if cost < best_cost or not best_cost < np.inf:
            best_cost = cost
            row[window.first : window.last] = path[window.first : window.last]
        if best_bound >= limit or best_cost <= best_bound + SAME:
            break
        if not _move(rows, multiplier, window, price, direction, spent):
            break
    for m, slot in enumerate(window.slots):
        multiplier.price[slot] = kept[m]
        multiplier.step[slot] = min(max(2.0 * multiplier.step[slot], SHORTEST), LONGEST)
    if not is_kept:
        _bound(rows, work, window, kept)
    return best_bound, best_cost


@numba.njit(nogil=True, cache=True)
def _first_prices(rows: Rows, multiplier: Multipliers, window: Window) -> Floats:
    """Return the multipliers of the last call, as far as they are allowed."""
    price = np.zeros(len(window.slots))
    for m, slot in enumerate(window.slots):
        if window.is_priced[m]:
            price[m] = _allowed(rows, window, m, multiplier.price[slot])
    return price


@numba.njit(nogil=True, cache=True)
def _allowed(rows: Rows, window: Window, m: int, price: float) -> float:
    """Return a price, or 0 where it would be wrong.

    Where the largest sum told apart stands for larger ones, which cost no more, units beyond it
    must not be charged.
    """
    slot = window.slots[m]
    table = rows.ends[slot, window.close[m]]
    if price > 0.0 and rows.is_capped[slot] and rows.prices[table + rows.top[slot]] < np.inf:
        return 0.0
    return price


@numba.njit(nogil=True, cache=True)
def _move(
    rows: Rows,
    multiplier: Multipliers,
    window: Window,
    price: Floats,
    direction: Floats,
    spent: Ints,
) -> bool:
    """Move each price towards the sum that the bound counts on; return whether any moved."""
    has_moved = False
    for m, slot in enumerate(window.slots):
        if not window.is_priced[m]:
            continue
        gradient = np.sign(spent[m] - _wanted(rows, window, m, price[m]))
        if gradient == 0.0:
            continue
        if direction[m] * gradient < 0:
            multiplier.step[slot] *= SHORTER
        elif direction[m] * gradient > 0:
            multiplier.step[slot] *= LONGER
        direction[m] = gradient
        price[m] = _allowed(rows, window, m, price[m] + gradient * multiplier.step[slot])
        has_moved = True
    return has_moved


@numba.njit(nogil=True, cache=True)
def _wanted(rows: Rows, window: Window, m: int, price: float) -> int:
    """Return the sum at the end that the bound counts on."""
    slot = window.slots[m]
    table = rows.ends[slot, window.close[m]]
    least, at = np.inf, window.sums[m]
    for w in range(window.sums[m], rows.top[slot] + 1):
        value = rows.prices[table + w] - price * w
        if value < least:
            least, at = value, w
    return at


@numba.njit(nogil=True, cache=True)
def _bound(rows: Rows, work: Scratch, window: Window, price: Floats) -> float:
    """Write what the rest costs at least from every state, and phi; return the bound."""
    _price_tails(rows, work, window, price)
    _backward(rows, work, window, price)
    bound = work.rest[window.first, window.state]
    for m, slot in enumerate(window.slots):
        if window.is_priced[m]:
            _write_phi(rows, work, window, m, price[m])
            bound += work.phi[m, window.sums[m]]
        else:
            work.phi[m, : rows.top[slot] + 1] = 0.0
    return bound


@numba.njit(nogil=True, cache=True)
def _write_phi(rows: Rows, work: Scratch, window: Window, m: int, price: float) -> None:
    slot = window.slots[m]
    table = rows.ends[slot, window.close[m]]
    least = np.inf
    for v in range(rows.top[slot], -1, -1):
        least = min(least, rows.prices[table + v] - price * v)
        work.phi[m, v] = price * v + least


@numba.njit(nogil=True, cache=True)
def _price_tails(rows: Rows, work: Scratch, window: Window, price: Floats) -> None:
    for state in range(rows.widths[window.group, window.last]):
        value = work.tail[state]
        for m in range(len(price)):
            value += price[m] * work.tail_sums[state, m]
        work.rest[window.last, state] = value


@numba.njit(nogil=True, cache=True)
def _backward(rows: Rows, work: Scratch, window: Window, price: Floats) -> None:
    """Write the cheapest rest from every state and day, from the last day to the first."""
    group = window.group
    charge, by_bits = _charges(rows, window, price)
    cell = np.zeros(window.classes)
    for day in range(window.last - 1, window.first - 1, -1):
        kind = rows.kinds[group, day]
        for c in range(window.classes):
            cell[c] = work.best[day, c]
            for m in range(len(price)):
                cell[c] += price[m] * work.more[day, c, m]
        for state in range(rows.widths[group, day]):
            least = np.inf
            for c in range(window.classes):
                seen = rows.sight[window.person, c]
                after = rows.after[group, kind, state, seen]
                if after < 0:
                    continue
                value = cell[c] + rows.price[group, kind, state, seen] + work.rest[day + 1, after]
                if by_bits:
                    value += _charged(charge, rows.counts[group, kind, state, seen])
                least = min(least, value)
            work.rest[day, state] = least


@numba.njit(nogil=True, cache=True)
def _charges(rows: Rows, window: Window, price: Floats) -> tuple[Floats, bool]:
    """Return the multiplier of each counted bit, and whether any has one."""
    charge = np.zeros(1 + max(0, rows.bit.max()) if len(rows.bit) else 1)
    for m, slot in enumerate(window.slots):
        if rows.bit[slot] >= 0:
            charge[rows.bit[slot]] = price[m]
    return charge, bool(charge.any())


@numba.njit(nogil=True, cache=True, inline="always")
def _charged(charge: Floats, counted: int) -> float:
    total = 0.0
    if counted:
        for bit in range(len(charge)):
            if (counted >> bit) & 1:
                total += charge[bit]
    return total


@numba.njit(nogil=True, cache=True)
def _follow(
    rows: Rows, work: Scratch, window: Window, price: Floats, path: Ints, spent: Ints
) -> float:
    """Write the path that the bound counts on, and its sums; return its true cost."""
    group, state = window.group, window.state
    running = window.sums.copy()
    spent[:] = window.sums
    charge, _ = _charges(rows, window, price)
    cost = 0.0
    for day in range(window.first, window.last):
        kind = rows.kinds[group, day]
        c = _best_class(rows, work, window, price, charge, day, state)
        if c < 0:
            return np.inf
        seen = rows.sight[window.person, c]
        path[day] = work.pick[day, c]
        cost += work.best[day, c] + rows.price[group, kind, state, seen]
        counted = rows.counts[group, kind, state, seen]
        for m, slot in enumerate(window.slots):
            more = work.more[day, c, m]
            if rows.bit[slot] >= 0:
                more += (counted >> rows.bit[slot]) & 1
            spent[m] += more
            running[m] = min(running[m] + more, rows.top[slot])
            if rows.is_end[slot, day]:
                cost += rows.prices[rows.ends[slot, day] + running[m]]
                running[m] = 0
        state = rows.after[group, kind, state, seen]
    for m in range(len(price)):
        cost += open_price(rows, work, window, m, running[m], state)
        spent[m] += work.tail_sums[state, m]
    return cost + work.tail[state]


@numba.njit(nogil=True, cache=True, inline="always")
def _best_class(
    rows: Rows,
    work: Scratch,
    window: Window,
    price: Floats,
    charge: Floats,
    day: int,
    state: int,
) -> int:
    """Return the class of a day with which the cheapest rest begins; −1 if none."""
    group, kind = window.group, rows.kinds[window.group, day]
    least, chosen = np.inf, -1
    for c in range(window.classes):
        seen = rows.sight[window.person, c]
        after = rows.after[group, kind, state, seen]
        if after < 0:
            continue
        value = work.best[day, c] + rows.price[group, kind, state, seen] + work.rest[day + 1, after]
        for m in range(len(price)):
            value += price[m] * work.more[day, c, m]
        value += _charged(charge, rows.counts[group, kind, state, seen])
        if value < least:
            least, chosen = value, c
    return chosen
