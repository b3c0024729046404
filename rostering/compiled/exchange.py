"""Anneal by small moves: people exchange some days, or a person changes a few.

A move is priced by what it changes: the walk through the automaton from the first changed day until
the old states are met again, the sums of the segments it touches, and the heads of its cells. That
takes about a microsecond, a thousandth of a search for a whole row (:mod:`.anneal`); on the other
hand nothing is looked for. Where many rules tie people to each other, as in homes, the many moves
win.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from rostering.compiled.demand import Demand, count, filled, total_price
from rostering.compiled.judge import adds, judged
from rostering.compiled.tables import Floats, Ints, Rows

EXCHANGE, TWICE, CHANGE, SHIFT = range(4)
"""Kinds of moves: two people exchange a window; exchange two days apart from each other; a person
works the same on some days in a row; a person exchanges two days of their own."""

LONGEST, LONGER = 14, 0.6
"""Days of a window that two people exchange at most, and chance of each day more."""

LONGEST_CHANGE, LONGER_CHANGE = 5, 0.4
"""The same for days that a person changes."""

NEAR = 14
"""Days between two exchanged days, at most."""


class Ledger(NamedTuple):
    """A roster under way, kept so that small changes are priced quickly.

    Parameters
    ----------
    roster
        Person × day: symbols. Every row keeps the person's hard rules.
    states
        Person × day, one day more than there are: state of the automaton before the day.
    sums
        Segment: what it has added up.
    heads
        Row of the demand: heads.
    people
        Numbers of the people whose rows may change.
    """

    roster: Ints
    states: Ints
    sums: Ints
    heads: Ints
    people: Ints


def ledger_of(rows: Rows, demand: Demand, roster: Ints) -> Ledger:
    """Return the ledger of a roster; people whose rows break hard rules stay as they are."""
    own = judged(rows, np.arange(len(roster), dtype=np.int32), roster)
    segments = int(rows.segment.max(initial=-1)) + 1
    ledger = Ledger(
        roster.copy(),
        np.zeros((len(roster), roster.shape[1] + 1), np.int32),
        np.zeros(segments, np.int32),
        demand.base.copy(),
        np.flatnonzero(own < np.inf).astype(np.int32),
    )
    _enter(rows, demand, ledger)
    return ledger


def cost_of_ledger(rows: Rows, demand: Demand, ledger: Ledger) -> float:
    """Return what the roster costs, without the people who stay as they are."""
    own = judged(rows, ledger.people, ledger.roster[ledger.people])
    return float(own.sum() + total_price(demand, ledger.heads))


@numba.njit(nogil=True, cache=True)
def _enter(rows: Rows, demand: Demand, ledger: Ledger) -> None:
    """Write states, sums and heads of the roster."""
    days = ledger.roster.shape[1]
    for person in range(len(ledger.roster)):
        count(demand, ledger.heads, person, ledger.roster[person], 0, days, 1)
    for person in ledger.people:
        row, group = ledger.roster[person], rows.group[person]
        ledger.states[person, 0] = state = rows.start[person]
        for day in range(days):
            kind, seen = rows.kinds[group, day], rows.sees[group, row[day]]
            for slot in range(rows.slot_first[person], rows.slot_first[person + 1]):
                if rows.segment[slot, day] >= 0:
                    added = adds(rows, slot, day, row[day], rows.counts[group, kind, state, seen])
                    ledger.sums[rows.segment[slot, day]] += added
            state = rows.after[group, kind, state, seen]
            ledger.states[person, day + 1] = state


@numba.njit(nogil=True, cache=True)
def exchange(
    rows: Rows,
    demand: Demand,
    ledger: Ledger,
    best: Ints,
    costs: Floats,
    moves: int,
    warm: float,
    seed: int,
) -> int:
    """Try some moves at a temperature; return how many were accepted.

    Parameters
    ----------
    best
        Person × day: the best roster met.
    costs
        The cost now and that of ``best``.
    """
    np.random.seed(seed)
    days = ledger.roster.shape[1]
    tried = np.empty((2, days), np.int32)
    walk = np.empty(days + 1, np.int32)
    accepted = 0
    for _ in range(moves):
        kind = np.random.randint(4)
        one = other = ledger.people[np.random.randint(len(ledger.people))]
        if kind in (EXCHANGE, TWICE):
            other = ledger.people[np.random.randint(len(ledger.people))]
            if other == one:
                continue
        first, last = _propose(rows, ledger, kind, one, other, tried)
        first, last = _trimmed(tried[0], ledger.roster[one], first, last)
        if first == last:
            continue
        limit = -warm * np.log(np.random.random())
        change = _row_change(rows, ledger, one, tried[0], first, last, walk, False)
        if change < np.inf and other != one:
            change += _row_change(rows, ledger, other, tried[1], first, last, walk, False)
        if not change < np.inf:
            continue
        change += _move_heads(demand, ledger, one, tried[0], first, last, 1)
        if other != one:
            change += _move_heads(demand, ledger, other, tried[1], first, last, 1)
        if change > limit:
            _move_heads(demand, ledger, one, tried[0], first, last, -1)
            if other != one:
                _move_heads(demand, ledger, other, tried[1], first, last, -1)
            continue
        _row_change(rows, ledger, one, tried[0], first, last, walk, True)
        if other != one:
            _row_change(rows, ledger, other, tried[1], first, last, walk, True)
        accepted += 1
        costs[0] += change
        if costs[0] < costs[1] - 1e-6:
            costs[1] = costs[0]
            best[:] = ledger.roster
    return accepted


@numba.njit(nogil=True, cache=True)
def _propose(
    rows: Rows, ledger: Ledger, kind: int, one: int, other: int, tried: Ints
) -> tuple[int, int]:
    """Write the days of a move as they would be; return the first and one after the last."""
    roster, days = ledger.roster, ledger.roster.shape[1]
    if kind == EXCHANGE:
        length = _length(min(days, LONGEST), LONGER)
        first = np.random.randint(days - length + 1)
        tried[0, first : first + length] = roster[other, first : first + length]
        tried[1, first : first + length] = roster[one, first : first + length]
        return first, first + length
    if kind == CHANGE:
        length = _length(min(days, LONGEST_CHANGE), LONGER_CHANGE)
        first = np.random.randint(days - length + 1)
        tried[0, first : first + length] = np.random.randint(rows.cells.shape[2])
        return first, first + length
    first = np.random.randint(days)
    last = min(days - 1, first + np.random.randint(NEAR))
    tried[0, first : last + 1] = roster[one, first : last + 1]
    if kind == SHIFT:
        tried[0, first], tried[0, last] = roster[one, last], roster[one, first]
    else:
        tried[1, first : last + 1] = roster[other, first : last + 1]
        for day in (first, last):
            tried[0, day], tried[1, day] = roster[other, day], roster[one, day]
    return first, last + 1


@numba.njit(nogil=True, cache=True)
def _trimmed(tried: Ints, row: Ints, first: int, last: int) -> tuple[int, int]:
    """Return the days of a move without those at both ends that stay the same."""
    while first < last and tried[first] == row[first]:
        first += 1
    while first < last and tried[last - 1] == row[last - 1]:
        last -= 1
    return first, last


@numba.njit(nogil=True, cache=True)
def _length(most: int, longer: float) -> int:
    length = 1
    while length < most and np.random.random() < longer:
        length += 1
    return length


@numba.njit(nogil=True, cache=True)
def _row_change(
    rows: Rows,
    ledger: Ledger,
    person: int,
    row: Ints,
    first: int,
    last: int,
    walk: Ints,
    keep: bool,
) -> float:
    """Return what a person's own rules cost more with the cells of a row on some days.

    Parameters
    ----------
    row
        Day: cells, read on days first … last − 1 only.
    walk
        Day, and one more: for states.
    keep
        Whether to write all this down.

    Returns
    -------
    float
        Infinite if a hard rule is broken.
    """
    group, old, states = rows.group[person], ledger.roster[person], ledger.states[person]
    days, cost, day = len(old), 0.0, first
    walk[first] = states[first]
    while day < last or (day < days and walk[day] != states[day]):
        symbol = row[day] if day < last else old[day]
        if not rows.cells[person, day, symbol] < np.inf:
            return np.inf
        kind, was = rows.kinds[group, day], old[day]
        seen, saw = rows.sees[group, symbol], rows.sees[group, was]
        walk[day + 1] = rows.after[group, kind, walk[day], seen]
        if walk[day + 1] < 0:
            return np.inf
        cost += rows.cells[person, day, symbol] - rows.cells[person, day, was]
        cost += rows.price[group, kind, walk[day], seen] - rows.price[group, kind, states[day], saw]
        day += 1
    until = day
    for slot in range(rows.slot_first[person], rows.slot_first[person + 1]):
        bit, more = rows.bit[slot], 0
        for day in range(first, last if bit < 0 else until):
            symbol = row[day] if day < last else old[day]
            if bit < 0:
                at = rows.adds[slot, day]
                more += rows.amounts[at, symbol] - rows.amounts[at, old[day]]
            else:
                kind = rows.kinds[group, day]
                now = rows.counts[group, kind, walk[day], rows.sees[group, symbol]]
                was = rows.counts[group, kind, states[day], rows.sees[group, old[day]]]
                more += ((now >> bit) & 1) - ((was >> bit) & 1)
            if more and rows.is_end[slot, day]:
                cost += _sum_change(rows, ledger, slot, day, more, keep)
                more = 0
        if more:
            cost += _sum_change(rows, ledger, slot, day, more, keep)
        if not cost < np.inf:
            return np.inf
    if keep:
        states[first : until + 1] = walk[first : until + 1]
        old[first:last] = row[first:last]
    return cost


@numba.njit(nogil=True, cache=True)
def _sum_change(rows: Rows, ledger: Ledger, slot: int, day: int, more: int, keep: bool) -> float:
    """Return what a segment, which holds on a day, costs more if it adds up to so much more."""
    table, top, segment = rows.ends[slot, day], rows.top[slot], rows.segment[slot, day]
    total = ledger.sums[segment]
    if keep:
        ledger.sums[segment] += more
    return rows.prices[table + min(total + more, top)] - rows.prices[table + min(total, top)]


@numba.njit(nogil=True, cache=True)
def _move_heads(
    demand: Demand, ledger: Ledger, person: int, row: Ints, first: int, last: int, by: int
) -> float:
    """Move the heads of a person's cells to those of a row (``by`` −1: back); return the change."""
    old, change = ledger.roster[person], 0.0
    for day in range(first, last):
        if row[day] != old[day]:
            change += filled(demand, ledger.heads, person, day, old[day], -by, len(old))
            change += filled(demand, ledger.heads, person, day, row[day], by, len(old))
    return change
