"""Lower bounds on the cheapest row: every sum is priced by a multiplier instead of remembered.

Docs: docs/rostering.md, "The cheapest row of a person".
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from rostering.compiled.cheapest.memory import Scratch
from rostering.compiled.cheapest.window import Window, open_price
from rostering.compiled.tables import Floats, Ints, Rows

MULTIPLIER_STEPS = 10
"""Rounds of bettering the multipliers before the exact search; more bound it tighter."""

SHORTER, LONGER = 0.5, 1.3
"""By what a multiplier's step changes when its direction turns, and when it does not."""

AFRESH, GOING_ON = 2.0, 1.25
"""By what steps change between calls: for prices of other duals, and for nearly the same ones.

Duals that move a little in each of hundreds of sweeps need steps that never die, and no more.
"""

SHORTEST, LONGEST = 0.01, 50.0
"""Steps stay within these between calls."""

FAR = 100.0
"""Distance of path and bound from which multipliers of the last call may be worse than none."""

FARTHEST = 1e3
"""Longest step within a call: in hopeless cases multipliers would grow without end."""

BITS = 32
"""Blocks that an automaton may count."""

SAME = 1e-6
"""Costs nearer than this are the same."""


class Multipliers(NamedTuple):
    """For each segment the price of a unit, and how it is changed next; kept between calls.

    Parameters
    ----------
    price
        Of a unit.
    step
        By how much the price is changed next.
    direction
        Where it went last: 1 up, −1 down, 0 for nowhere yet.
    """

    price: Floats
    step: Floats
    direction: Floats


def multipliers(rows: Rows) -> Multipliers:
    """Return multipliers of nothing, to begin with."""
    segments = rows.segment.max(initial=-1) + 1
    return Multipliers(np.zeros(segments), np.ones(segments), np.zeros(segments))


def reset(multiplier: Multipliers) -> None:
    """Forget what calls left: multipliers of other prices mislead calls that go on from them."""
    multiplier.price[:], multiplier.step[:], multiplier.direction[:] = 0.0, 1.0, 0.0


@numba.njit(nogil=True, cache=True)
def better(
    rows: Rows,
    work: Scratch,
    multiplier: Multipliers,
    window: Window,
    row: Ints,
    limit: float,
    steps: int,
    goes_on: bool,
) -> tuple[float, float]:
    """Better the multipliers; return the best bound and the cost of the best row met on the way.

    Calls that go on take up where the last one ended, as its next step: cells cost nearly what they
    did. So a few steps are enough. All others begin at the best multipliers of the last call.

    That row is written into ``row``; if all break a hard rule, the last one. The bounds of the best
    multipliers are left in ``work``: ``rest`` for what is priced, with ``phi(0)`` of the pieces
    that begin later, and ``phi`` for what a sum ``v`` costs at the end of its piece above its
    price, ``phi(v) = price · v + min over w ≥ v of (cost(w) − price · w)``.
    """
    price = _first_prices(rows, multiplier, window)
    kept = price.copy()
    direction = _first_directions(multiplier, window) if goes_on else np.zeros(len(price))
    spent, path = np.zeros(len(price), np.int32), row.copy()
    best_bound, best_cost = -np.inf, np.inf
    is_kept = False
    for step in range(max(1, steps)):
        bound = _bound(rows, work, window, price)
        cost = _follow(rows, work, window, price, path, spent)
        if step == 0 and steps > 1 and not goes_on and cost > bound + FAR and price.any():
            without = np.zeros(len(price))
            if _bound(rows, work, window, without) > bound:  # of other prices, too far from these
                price[:] = without
                for segment in window.segment:
                    multiplier.step[segment] = 1.0
                continue
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
    factor = GOING_ON if goes_on else AFRESH
    for p, segment in enumerate(window.segment):
        multiplier.price[segment] = price[p] if goes_on else kept[p]
        multiplier.direction[segment] = direction[p]
        step_next = factor * multiplier.step[segment]
        multiplier.step[segment] = min(max(step_next, SHORTEST), LONGEST)
    if not is_kept:
        _bound(rows, work, window, kept)
    _charge_untold(rows, work, window, kept)
    return best_bound, best_cost


@numba.njit(nogil=True, cache=True)
def _charge_untold(rows: Rows, work: Scratch, window: Window, price: Floats) -> None:
    """Charge cells and tails for sums that labels do not tell apart; phi is due where one begins.

    What a path costs is then, as far as these sums go, what it costs at least.
    """
    for m in range(window.told, len(window.slots)):
        for day in range(window.first, window.last):
            p = window.piece[m, day]
            if p < 0:
                continue
            begins = day == window.first or window.piece[m, day - 1] != p
            due = work.phi[p, window.before[p]] if begins else 0.0
            for c in range(window.classes):
                work.best[day, c] += due + price[p] * work.more[day, c, m]
        if window.close[m] >= window.last:
            p = window.piece[m, window.last - 1]
            for state in range(rows.widths[window.group, window.last]):
                work.tail[state] += price[p] * work.tail_sums[state, m]


@numba.njit(nogil=True, cache=True)
def _first_prices(rows: Rows, multiplier: Multipliers, window: Window) -> Floats:
    """Return the multipliers of the last call, as far as they are allowed."""
    price = np.zeros(len(window.segment))
    for p, segment in enumerate(window.segment):
        price[p] = allowed(rows, window.owner[p], window.table[p], multiplier.price[segment])
    return price


@numba.njit(nogil=True, cache=True)
def _first_directions(multiplier: Multipliers, window: Window) -> Floats:
    """Return where the multipliers went last."""
    direction = np.zeros(len(window.segment))
    for p, segment in enumerate(window.segment):
        direction[p] = multiplier.direction[segment]
    return direction


@numba.njit(nogil=True, cache=True)
def allowed(rows: Rows, slot: int, table: int, price: float) -> float:
    """Return a price, or 0 where it would be wrong.

    Where the largest sum told apart stands for larger ones, which cost no more, units beyond it
    must not be charged.
    """
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
    for p, segment in enumerate(window.segment):
        slot, table = window.owner[p], window.table[p]
        gradient = np.sign(spent[p] - wanted(rows, slot, table, window.before[p], price[p]))
        if gradient == 0.0:
            continue
        if direction[p] * gradient < 0:
            multiplier.step[segment] *= SHORTER
        elif direction[p] * gradient > 0:
            multiplier.step[segment] = min(multiplier.step[segment] * LONGER, FARTHEST)
        direction[p] = gradient
        price[p] = allowed(rows, slot, table, price[p] + gradient * multiplier.step[segment])
        has_moved = True
    return has_moved


@numba.njit(nogil=True, cache=True)
def wanted(rows: Rows, slot: int, table: int, before: int, price: float) -> int:
    """Return the sum at the end of a segment that the bound counts on."""
    least, at = np.inf, before
    for w in range(before, rows.top[slot] + 1):
        value = rows.prices[table + w] - price * w
        if value < least:
            least, at = value, w
    return at


@numba.njit(nogil=True, cache=True)
def _bound(rows: Rows, work: Scratch, window: Window, price: Floats) -> float:
    """Write what the rest costs at least from every state, and phi; return the bound."""
    for p in range(len(price)):
        _write_phi(rows, work, window, p, price[p])
    _price_tails(rows, work, window, price)
    _backward(rows, work, window, price)
    bound = work.rest[window.first, window.state]
    for m in range(len(window.slots)):
        p = window.piece[m, window.first] if window.first < window.last else -1
        if p >= 0:
            bound += work.phi[p, window.before[p]]
    return bound


@numba.njit(nogil=True, cache=True)
def _write_phi(rows: Rows, work: Scratch, window: Window, p: int, price: float) -> None:
    least = np.inf
    for v in range(rows.top[window.owner[p]], -1, -1):
        least = min(least, rows.prices[window.table[p] + v] - price * v)
        work.phi[p, v] = price * v + least


@numba.njit(nogil=True, cache=True)
def _price_tails(rows: Rows, work: Scratch, window: Window, price: Floats) -> None:
    for state in range(rows.widths[window.group, window.last]):
        value = work.tail[state]
        for m in range(len(window.slots)):
            p = window.piece[m, window.last - 1] if window.close[m] >= window.last else -1
            if p >= 0:
                value += price[p] * work.tail_sums[state, m]
        work.rest[window.last, state] = value


@numba.njit(nogil=True, cache=True)
def _backward(rows: Rows, work: Scratch, window: Window, price: Floats) -> None:
    """Write the cheapest rest from every state and day, from the last day to the first."""
    group = window.group
    charge = np.zeros(BITS)
    cell = np.zeros(window.classes)
    for day in range(window.last - 1, window.first - 1, -1):
        kind = rows.kinds[group, day]
        by_bits = _write_charges(rows, window, price, day, charge)
        due = _due(work, window, day)
        for c in range(window.classes):
            cell[c] = due + _price_of_class(work, window, price, day, c)
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


@numba.njit(nogil=True, cache=True, inline="always")
def _price_of_class(work: Scratch, window: Window, price: Floats, day: int, c: int) -> float:
    """Return what a class of symbols costs on a day with what it adds."""
    value = work.best[day, c]
    for m in range(len(window.slots)):
        p = window.piece[m, day]
        if p >= 0:
            value += price[p] * work.more[day, c, m]
    return value


@numba.njit(nogil=True, cache=True, inline="always")
def _due(work: Scratch, window: Window, day: int) -> float:
    """Return phi of the pieces that begin with a day, after the first of the window."""
    due = 0.0
    if day > window.first:
        for m in range(len(window.slots)):
            p = window.piece[m, day]
            if p >= 0 and window.piece[m, day - 1] != p:
                due += work.phi[p, 0]
    return due


@numba.njit(nogil=True, cache=True, inline="always")
def _write_charges(rows: Rows, window: Window, price: Floats, day: int, charge: Floats) -> bool:
    """Write the multiplier of each counted bit on a day; return whether any has one."""
    has_any = False
    for m, slot in enumerate(window.slots):
        p = window.piece[m, day]
        if rows.bit[slot] >= 0 and p >= 0:
            charge[rows.bit[slot]] = price[p]
            has_any = has_any or price[p] != 0.0
    return has_any


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
    spent[:] = window.before
    charge = np.zeros(BITS)
    cost = 0.0
    for day in range(window.first, window.last):
        kind = rows.kinds[group, day]
        _write_charges(rows, window, price, day, charge)
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
            if window.piece[m, day] >= 0:
                spent[window.piece[m, day]] += more
            running[m] = min(running[m] + more, rows.top[slot])
            if rows.is_end[slot, day]:
                cost += rows.prices[rows.ends[slot, day] + running[m]]
                running[m] = 0
        state = rows.after[group, kind, state, seen]
    for m in range(len(window.slots)):
        cost += open_price(rows, work, window, m, running[m], state)
        if window.close[m] >= window.last and window.first < window.last:
            spent[window.piece[m, window.last - 1]] += work.tail_sums[state, m]
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
        value = _price_of_class(work, window, price, day, c) + rows.price[group, kind, state, seen]
        value += work.rest[day + 1, after]
        value += _charged(charge, rows.counts[group, kind, state, seen])
        if value < least:
            least, chosen = value, c
    return chosen
