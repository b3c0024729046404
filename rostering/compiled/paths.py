"""The cheapest row of one person: a shortest path over days with sums, exact.

A path's cost is what its cells cost, what the automaton charges, and what the sums of its slots
cost at the end. Sums make the problem hard; so it is bounded first without them: with a multiplier
for each sum the cheapest path is found backward over the automaton alone (Lagrange), which yields
for every state and day a lower bound on the rest. The exact search then runs forward with sums and
drops every label that the bound shows to be too dear. Mathematics in docs/rostering.md.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from rostering.compiled.tables import Floats, Ints, Rows

MULTIPLIER_STEPS = 10
"""Rounds of bettering the multipliers before the exact search; more bound it tighter."""

FIRST_ROOM = 0.15
"""How far above the bound rows are looked for at first; usually the cheapest is that near."""

LABELS = 3_000_000
"""Labels that one search may make; beyond that the dearest states are lost and it is not exact."""


class Scratch(NamedTuple):
    """Memory that a search writes to; every thread needs its own."""

    state: Ints
    sums: Ints
    cost: Floats
    parent: Ints
    symbol: Ints
    place: Ints
    first_label: Ints
    rest: Floats
    best: Floats
    pick: Ints
    phi: Floats
    tail: Floats
    tail_sums: Ints


class Multipliers(NamedTuple):
    """For each slot the price of a unit, and by how much it is changed next; kept between calls."""

    price: Floats
    step: Floats


def scratch(rows: Rows, labels: int = LABELS) -> Scratch:
    """Return memory for searches over some tables."""
    days = rows.kinds.shape[1]
    states, views = rows.after.shape[2], rows.sight.shape[1]
    slots_each = int(np.diff(rows.slot_first).max(initial=0))
    top = int(rows.top.max(initial=0)) + 1
    return Scratch(
        state=np.zeros(labels, np.int32),
        sums=np.zeros(labels, np.int32),
        cost=np.zeros(labels),
        parent=np.zeros(labels, np.int32),
        symbol=np.zeros(labels, np.int32),
        place=np.zeros(states * 70_000, np.int32),
        first_label=np.zeros(days + 2, np.int32),
        rest=np.zeros((days + 1, states)),
        best=np.zeros((days, views)),
        pick=np.zeros((days, views), np.int32),
        phi=np.zeros((slots_each + 1, top)),
        tail=np.zeros(states),
        tail_sums=np.zeros((states, slots_each + 1), np.int32),
    )


def multipliers(rows: Rows) -> Multipliers:
    """Return multipliers of nothing, to begin with."""
    return Multipliers(np.zeros(len(rows.bit)), np.ones(len(rows.bit)))


@numba.njit(nogil=True, cache=True)
def cheapest(
    rows: Rows,
    work: Scratch,
    multiplier: Multipliers,
    person: int,
    cells: npt.NDArray[np.float64],
    row: Ints,
    first: int,
    last: int,
    limit: float,
    steps: int,
) -> tuple[float, float, bool]:
    """Find the cheapest row of a person that differs from ``row`` on days first … last − 1 only.

    Parameters
    ----------
    cells
        Day × symbol: price of each cell.
    row
        Symbols by day; holds the row found afterwards.
    limit
        Rows that cost this much or more are not looked for.
    steps
        Rounds of bettering the multipliers.

    Returns
    -------
    tuple
        Cost of the row found (infinite if none) without what the days outside cost; a lower bound
        on it; and whether the search was exact: no cheaper row exists than the one found, as far as
        active slots tell (below ``limit``).
    """
    slot_from, slot_to = rows.slot_first[person], rows.slot_first[person + 1]
    active = np.empty(slot_to - slot_from, np.int32)
    count = 0
    for slot in range(slot_from, slot_to):
        if rows.is_active[slot]:
            active[count] = slot
            count += 1
    active = active[:count]
    sums = np.zeros(count, np.int32)
    state = _before(rows, person, row, first, active, sums)
    if state < 0:
        return np.inf, np.inf, True
    _classes(rows, work, person, cells, first, last)
    _tails(rows, work, person, row, last, active)
    bound, cost = _bounded(
        rows, work, multiplier, person, row, first, last, active, sums, state, limit, steps
    )
    if bound >= limit:
        return np.inf, bound, True
    if cost <= bound + 1e-6:
        return cost, bound, True
    below = min(limit, cost)
    room = FIRST_ROOM
    while True:
        target = min(below, bound + room)
        found, exact = _labels(rows, work, person, row, first, last, active, sums, state, target)
        if found < target:
            return found, min(found, bound) if not exact else found, exact
        if target >= below or not exact:
            if cost < limit:
                return cost, (below if exact else bound), exact
            return np.inf, (below if exact else bound), exact
        bound = max(bound, target)
        room *= 4.0


@numba.njit(nogil=True, cache=True)
def _view(rows: Rows, person: int, symbol: int) -> int:
    return rows.sees[rows.group[person], symbol]


@numba.njit(nogil=True, cache=True)
def _before(rows: Rows, person: int, row: Ints, first: int, active: Ints, sums: Ints) -> int:
    """Return the state before a day, and write the sums so far."""
    group, state = rows.group[person], rows.start[person]
    for day in range(first):
        kind, view = rows.kinds[group, day], _view(rows, person, row[day])
        counted = rows.counts[group, kind, state, view]
        for m in range(len(active)):
            slot = active[m]
            sums[m] += _adds(rows, slot, day, row[day], counted)
            sums[m] = min(sums[m], rows.top[slot])
            if rows.is_end[slot, day]:
                sums[m] = 0
        state = rows.after[group, kind, state, view]
        if state < 0:
            return -1
    return state


@numba.njit(nogil=True, cache=True)
def _adds(rows: Rows, slot: int, day: int, symbol: int, counted: int) -> int:
    if rows.bit[slot] >= 0:
        return (counted >> rows.bit[slot]) & 1
    return rows.amounts[rows.adds[slot, day], symbol]


@numba.njit(nogil=True, cache=True)
def _classes(
    rows: Rows, work: Scratch, person: int, cells: npt.NDArray[np.float64], first: int, last: int
) -> None:
    """Write the cheapest symbol of each class for each day."""
    symbols, views = rows.in_class.shape[1], rows.sight.shape[1]
    for day in range(first, last):
        for c in range(views):
            work.best[day, c] = np.inf
        for symbol in range(symbols):
            c = rows.in_class[person, symbol]
            if c >= 0 and cells[day, symbol] < work.best[day, c]:
                work.best[day, c] = cells[day, symbol]
                work.pick[day, c] = symbol


@numba.njit(nogil=True, cache=True)
def _tails(rows: Rows, work: Scratch, person: int, row: Ints, last: int, active: Ints) -> None:
    """Write what the days from ``last`` on cost and add up, for every state before them."""
    group, days = rows.group[person], rows.kinds.shape[1]
    states = rows.after.shape[2]
    for state in range(states):
        work.tail[state] = 0.0
        for m in range(len(active)):
            work.tail_sums[state, m] = 0
    if last >= days:
        return
    common = np.zeros(len(active), np.int32)
    ended = np.zeros(len(active), np.bool_)
    now = np.arange(states).astype(np.int32)
    merged = False
    for day in range(last, days):
        kind, view = rows.kinds[group, day], _view(rows, person, row[day])
        if not merged:
            merged = True
            alone = -1
            for state in range(states):
                if now[state] < 0:
                    continue
                at = now[state]
                counted = rows.counts[group, kind, at, view]
                after = rows.after[group, kind, at, view]
                if after < 0:
                    work.tail[state] = np.inf
                    now[state] = -1
                    continue
                work.tail[state] += rows.price[group, kind, at, view]
                for m in range(len(active)):
                    if not ended[m] and rows.bit[active[m]] >= 0:
                        work.tail_sums[state, m] += (counted >> rows.bit[active[m]]) & 1
                now[state] = after
                if alone < 0:
                    alone = after
                elif alone != after:
                    merged = False
            kept = alone
        elif kept >= 0:
            counted = rows.counts[group, kind, kept, view]
            for m in range(len(active)):
                if not ended[m] and rows.bit[active[m]] >= 0:
                    common[m] += (counted >> rows.bit[active[m]]) & 1
            kept = rows.after[group, kind, kept, view]
        for m in range(len(active)):
            slot = active[m]
            if not ended[m]:
                if rows.bit[slot] < 0:
                    common[m] += rows.amounts[rows.adds[slot, day], row[day]]
                ended[m] = rows.is_end[slot, day]
    for state in range(states):
        for m in range(len(active)):
            work.tail_sums[state, m] += common[m]


@numba.njit(nogil=True, cache=True)
def _is_whole(rows: Rows, slot: int, first: int) -> bool:
    """Return whether no segment of the slot ends before the last day."""
    days = rows.kinds.shape[1]
    for day in range(first, days - 1):
        if rows.is_end[slot, day]:
            return False
    return rows.is_end[slot, days - 1]


@numba.njit(nogil=True, cache=True)
def _phi(rows: Rows, work: Scratch, m: int, slot: int, price: float) -> None:
    """Write, for each sum so far, the least of what the sum at the end costs, less the multiplier.

    ``phi(v) = price · v + min over w ≥ v of (cost(w) − price · w)``.
    """
    days, top = rows.kinds.shape[1], rows.top[slot]
    table = rows.ends[slot, days - 1]
    least = np.inf
    for v in range(top, -1, -1):
        least = min(least, rows.prices[table + v] - price * v)
        work.phi[m, v] = price * v + least


@numba.njit(nogil=True, cache=True)
def _bounded(
    rows: Rows,
    work: Scratch,
    multiplier: Multipliers,
    person: int,
    row: Ints,
    first: int,
    last: int,
    active: Ints,
    sums: Ints,
    state: int,
    limit: float,
    steps: int,
) -> tuple[float, float]:
    """Better the multipliers; return the best bound and the cost of the best row met on the way.

    The row met is written into ``row``; the bounds of the best multipliers into ``work.rest``.
    """
    count = len(active)
    whole = np.zeros(count, np.bool_)
    price = np.zeros(count)
    kept = np.zeros(count)
    for m in range(count):
        slot = active[m]
        whole[m] = _is_whole(rows, slot, first)
        stays = rows.prices[rows.ends[slot, rows.kinds.shape[1] - 1] + rows.top[slot]] < np.inf
        if whole[m]:
            price[m] = multiplier.price[slot]
            if stays:
                price[m] = min(0.0, price[m])
        kept[m] = price[m]
    best_bound, best_cost = -np.inf, np.inf
    spent = np.zeros(count, np.int32)
    path = row.copy()
    direction = np.zeros(count)
    for _ in range(max(1, steps)):
        bound = _backward(rows, work, person, first, last, active, price, whole, state)
        for m in range(count):
            if whole[m]:
                _phi(rows, work, m, active[m], price[m])
                bound += work.phi[m, sums[m]]
        cost, valid = _follow(
            rows, work, person, path, first, last, active, sums, price, state, spent
        )
        if bound > best_bound:
            best_bound = bound
            for m in range(count):
                kept[m] = price[m]
        if valid and cost < best_cost:
            best_cost = cost
            row[first:last] = path[first:last]
        if best_bound >= limit or best_cost <= best_bound + 1e-6:
            break
        moved = False
        for m in range(count):
            slot = active[m]
            if not whole[m]:
                continue
            want = _wanted(rows, slot, sums[m], price[m])
            gradient = float(spent[m] - want)
            if gradient == 0.0:
                continue
            sign = 1.0 if gradient > 0 else -1.0
            if direction[m] * sign < 0:
                multiplier.step[slot] *= 0.5
            elif direction[m] * sign > 0:
                multiplier.step[slot] *= 1.3
            direction[m] = sign
            price[m] += sign * multiplier.step[slot]
            stays = rows.prices[rows.ends[slot, rows.kinds.shape[1] - 1] + rows.top[slot]] < np.inf
            if stays and price[m] > 0.0:
                price[m] = 0.0
            moved = True
        if not moved:
            break
    for m in range(count):
        slot = active[m]
        multiplier.price[slot] = kept[m]
        multiplier.step[slot] = min(max(multiplier.step[slot] * 2.0, 1e-3), 50.0)
    _backward(rows, work, person, first, last, active, kept, whole, state)
    for m in range(count):
        if whole[m]:
            _phi(rows, work, m, active[m], kept[m])
        else:
            work.phi[m, : rows.top[active[m]] + 1] = 0.0
    return best_bound, best_cost


@numba.njit(nogil=True, cache=True)
def _wanted(rows: Rows, slot: int, so_far: int, price: float) -> int:
    """Return the sum at the end that the bound counts on."""
    table = rows.ends[slot, rows.kinds.shape[1] - 1]
    best, at = np.inf, so_far
    for w in range(so_far, rows.top[slot] + 1):
        value = rows.prices[table + w] - price * w
        if value < best:
            best, at = value, w
    return at


@numba.njit(nogil=True, cache=True)
def _backward(
    rows: Rows,
    work: Scratch,
    person: int,
    first: int,
    last: int,
    active: Ints,
    price: Floats,
    whole: npt.NDArray[np.bool_],
    state: int,
) -> float:
    """Write the cheapest rest from every state, sums priced by multipliers; return that of one."""
    group = rows.group[person]
    states = rows.after.shape[2]
    classes = 0
    while classes < rows.sight.shape[1] and rows.sight[person, classes] >= 0:
        classes += 1
    for q in range(states):
        value = work.tail[q]
        for m in range(len(active)):
            if whole[m]:
                value += price[m] * work.tail_sums[q, m]
        work.rest[last, q] = value
    extra = np.zeros(classes)
    bits = 0
    for m in range(len(active)):
        if whole[m] and rows.bit[active[m]] >= 0 and price[m] != 0.0:
            bits = 1
    for day in range(last - 1, first - 1, -1):
        kind = rows.kinds[group, day]
        for c in range(classes):
            extra[c] = work.best[day, c]
            if extra[c] < np.inf:
                for m in range(len(active)):
                    if whole[m] and rows.bit[active[m]] < 0:
                        amount = rows.amounts[rows.adds[active[m], day], work.pick[day, c]]
                        extra[c] += price[m] * amount
        for q in range(states):
            least = np.inf
            for c in range(classes):
                view = rows.sight[person, c]
                after = rows.after[group, kind, q, view]
                if after >= 0:
                    value = extra[c] + rows.price[group, kind, q, view] + work.rest[day + 1, after]
                    if bits and value < least:
                        counted = rows.counts[group, kind, q, view]
                        if counted:
                            for m in range(len(active)):
                                bit = rows.bit[active[m]]
                                if whole[m] and bit >= 0:
                                    value += price[m] * ((counted >> bit) & 1)
                    if value < least:
                        least = value
            work.rest[day, q] = least
    return work.rest[first, state]


@numba.njit(nogil=True, cache=True)
def _follow(
    rows: Rows,
    work: Scratch,
    person: int,
    path: Ints,
    first: int,
    last: int,
    active: Ints,
    sums: Ints,
    price: Floats,
    state: int,
    spent: Ints,
) -> tuple[float, bool]:
    """Write the path that the bound counts on, and its sums; return its true cost."""
    group, days = rows.group[person], rows.kinds.shape[1]
    count = len(active)
    running = sums.copy()
    for m in range(count):
        spent[m] = sums[m]
    if not work.rest[first, state] < np.inf:
        return np.inf, False
    cost = 0.0
    q = state
    for day in range(first, last):
        kind = rows.kinds[group, day]
        least, chosen = np.inf, -1
        for c in range(rows.sight.shape[1]):
            view = rows.sight[person, c]
            if view < 0:
                break
            after = rows.after[group, kind, q, view]
            if after < 0 or not work.best[day, c] < np.inf:
                continue
            counted = rows.counts[group, kind, q, view]
            value = work.best[day, c] + rows.price[group, kind, q, view] + work.rest[day + 1, after]
            for m in range(count):
                value += price[m] * _adds(rows, active[m], day, work.pick[day, c], counted)
            if value < least:
                least, chosen = value, c
        if chosen < 0:
            return np.inf, False
        view = rows.sight[person, chosen]
        counted = rows.counts[group, kind, q, view]
        path[day] = work.pick[day, chosen]
        cost += work.best[day, chosen] + rows.price[group, kind, q, view]
        for m in range(count):
            slot = active[m]
            more = _adds(rows, slot, day, path[day], counted)
            spent[m] += more
            running[m] = min(running[m] + more, rows.top[slot])
            if rows.is_end[slot, day]:
                cost += rows.prices[rows.ends[slot, day] + running[m]]
                running[m] = 0
        q = rows.after[group, kind, q, view]
    cost += work.tail[q]
    for m in range(count):
        slot = active[m]
        spent[m] += work.tail_sums[q, m]
        if last < days and rows.ends[slot, last] >= 0:
            total = min(running[m] + work.tail_sums[q, m], rows.top[slot])
            cost += rows.prices[rows.ends[slot, last] + total]
    return cost, cost < np.inf


@numba.njit(nogil=True, cache=True)
def _labels(
    rows: Rows,
    work: Scratch,
    person: int,
    row: Ints,
    first: int,
    last: int,
    active: Ints,
    sums: Ints,
    state: int,
    target: float,
) -> tuple[float, bool]:
    """Search forward for the cheapest path below a target; write it into ``row``.

    Returns its cost, infinite if none is cheaper than the target, and whether nothing was lost.
    """
    group, days = rows.group[person], rows.kinds.shape[1]
    count = len(active)
    stride = np.ones(count + 1, np.int32)
    for m in range(count):
        stride[m + 1] = stride[m] * (rows.top[active[m]] + 1)
    product = stride[count]
    digits = np.zeros(count, np.int32)
    begin = 0
    for m in range(count):
        begin += sums[m] * stride[m]
    work.state[0], work.sums[0], work.cost[0], work.parent[0] = state, begin, 0.0, -1
    low, high = 0, 1
    capacity = len(work.state)
    exact = True
    for day in range(first, last):
        kind = rows.kinds[group, day]
        filled = high
        for label in range(low, high):
            q, k = work.state[label], work.sums[label]
            for m in range(count):
                digits[m] = (k // stride[m]) % (rows.top[active[m]] + 1)
            for c in range(rows.sight.shape[1]):
                view = rows.sight[person, c]
                if view < 0:
                    break
                after = rows.after[group, kind, q, view]
                if after < 0:
                    continue
                value = work.cost[label] + work.best[day, c] + rows.price[group, kind, q, view]
                if value + work.rest[day + 1, after] == np.inf:
                    continue
                counted = rows.counts[group, kind, q, view]
                bound = value + work.rest[day + 1, after]
                key = 0
                for m in range(count):
                    slot = active[m]
                    v = digits[m] + _adds(rows, slot, day, work.pick[day, c], counted)
                    v = min(v, rows.top[slot])
                    if rows.is_end[slot, day]:
                        paid = rows.prices[rows.ends[slot, day] + v]
                        value += paid
                        bound += paid
                        v = 0
                    elif rows.ends[slot, day] >= 0:
                        bound += work.phi[m, v]
                        if v == rows.top[slot] and rows.prices[rows.ends[slot, day] + v] == np.inf:
                            bound = np.inf
                    key += v * stride[m]
                if bound >= target:
                    continue
                at = after * product + key
                place = work.place[at]
                if (
                    place >= high
                    and place < filled
                    and work.state[place] == after
                    and work.sums[place] == key
                ):
                    if work.cost[place] <= value:
                        continue
                elif filled < capacity:
                    place = filled
                    work.place[at] = place
                    work.state[place], work.sums[place] = after, key
                    filled += 1
                else:
                    exact = False
                    continue
                work.cost[place], work.parent[place] = value, label
                work.symbol[place] = work.pick[day, c]
        low, high = high, filled
        if low == high:
            return np.inf, exact
    best, chosen = target, -1
    for label in range(low, high):
        q, k = work.state[label], work.sums[label]
        value = work.cost[label] + work.tail[q]
        for m in range(count):
            slot = active[m]
            if last < days and rows.ends[slot, last] >= 0:
                v = (k // stride[m]) % (rows.top[slot] + 1)
                total = min(v + work.tail_sums[q, m], rows.top[slot])
                value += rows.prices[rows.ends[slot, last] + total]
        if value < best:
            best, chosen = value, label
    if chosen < 0:
        return np.inf, exact
    label = chosen
    for day in range(last - 1, first - 1, -1):
        row[day] = work.symbol[label]
        label = work.parent[label]
    return best, exact
