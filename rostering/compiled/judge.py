"""What a person's whole row costs by their own rules, every slot counted."""

from __future__ import annotations

import numba
import numpy as np

from rostering.compiled.tables import Floats, Ints, Rows

LARGEST_PRODUCT = 1_000_000
"""Combinations of sums that the search for one person's path tells apart, at most."""


@numba.njit(nogil=True, cache=True)
def judge(rows: Rows, person: int, row: Ints) -> float:
    """Return the cost of a row, infinite if it breaks a hard rule."""
    group, state = rows.group[person], rows.start[person]
    cost = 0.0
    for day in range(len(row)):
        kind, seen = rows.kinds[group, day], rows.sees[group, row[day]]
        cost += rows.cells[person, day, row[day]] + rows.price[group, kind, state, seen]
        state = rows.after[group, kind, state, seen]
        if state < 0:
            return np.inf
    sums = np.zeros(len(row), np.int32)
    for slot in range(rows.slot_first[person], rows.slot_first[person + 1]):
        write_sums(rows, person, slot, row, sums)
        for day in range(len(row)):
            if rows.is_end[slot, day]:
                cost += rows.prices[rows.ends[slot, day] + min(sums[day], rows.top[slot])]
    return cost


@numba.njit(nogil=True, cache=True)
def judged(rows: Rows, people: Ints, found: Ints) -> Floats:
    """Return what the rows of some people cost by their own rules; infinite if one breaks them."""
    paid = np.zeros(len(people))
    for n, person in enumerate(people):
        paid[n] = judge(rows, person, found[n])
    return paid


@numba.njit(nogil=True, cache=True)
def write_sums(rows: Rows, person: int, slot: int, row: Ints, sums: Ints) -> None:
    """Write what a slot has added up after each day, in the segment under way."""
    group, state = rows.group[person], rows.start[person]
    total = 0
    for day in range(len(row)):
        kind, seen = rows.kinds[group, day], rows.sees[group, row[day]]
        total += adds(rows, slot, day, row[day], rows.counts[group, kind, state, seen])
        state = rows.after[group, kind, state, seen]
        sums[day] = total
        if rows.is_end[slot, day]:
            total = 0


@numba.njit(nogil=True, cache=True, inline="always")
def adds(rows: Rows, slot: int, day: int, symbol: int, counted: int) -> int:
    """Return what a cell adds to a slot; ``counted`` is what the automaton's step counts."""
    if rows.bit[slot] >= 0:
        return (counted >> rows.bit[slot]) & 1
    return rows.amounts[rows.adds[slot, day], symbol]


@numba.njit(nogil=True, cache=True)
def activate(rows: Rows, person: int, slot: int) -> bool:
    """Let the search know of a slot; return whether it did not know as much before.

    It tells the slot's sums apart unless these would be too many.
    """
    known = rows.is_active[slot], rows.is_told[slot]
    room = product(rows, person) * (rows.top[slot] + 1) <= LARGEST_PRODUCT
    rows.is_told[slot] = rows.is_told[slot] or room
    rows.is_active[slot] = rows.is_told[slot] or rows.bit[slot] < 0  # bits have no cells to charge
    classify(rows, person)
    return known != (rows.is_active[slot], rows.is_told[slot])


@numba.njit(nogil=True, cache=True)
def price_all(rows: Rows, person: int) -> None:
    """Let the bounds price all sums of a person from now on, told apart or not."""
    for slot in range(rows.slot_first[person], rows.slot_first[person + 1]):
        rows.is_active[slot] = rows.is_active[slot] or rows.bit[slot] < 0
    classify(rows, person)


@numba.njit(nogil=True, cache=True)
def product(rows: Rows, person: int) -> int:
    """Return how many combinations of sums the search tells apart."""
    size = 1
    for slot in range(rows.slot_first[person], rows.slot_first[person + 1]):
        if rows.is_told[slot]:
            size *= rows.top[slot] + 1
    return size


@numba.njit(nogil=True, cache=True)
def classify(rows: Rows, person: int) -> None:
    """Sort a person's symbols into classes that neither automaton nor active slots tell apart."""
    symbols = rows.in_class.shape[1]
    rows.sight[person, :] = -1
    classes = 0
    for symbol in range(symbols):
        rows.in_class[person, symbol] = -1
        if symbol and not (rows.cells[person, :, symbol] < np.inf).any():
            continue
        for earlier in range(symbol):
            if rows.in_class[person, earlier] >= 0 and _are_alike(rows, person, earlier, symbol):
                rows.in_class[person, symbol] = rows.in_class[person, earlier]
                break
        else:
            rows.in_class[person, symbol] = classes
            rows.sight[person, classes] = rows.sees[rows.group[person], symbol]
            classes += 1


@numba.njit(nogil=True, cache=True)
def _are_alike(rows: Rows, person: int, first: int, second: int) -> bool:
    if first == 0 or rows.sees[rows.group[person], first] != rows.sees[rows.group[person], second]:
        return False
    for slot in range(rows.slot_first[person], rows.slot_first[person + 1]):
        if rows.is_active[slot] and rows.bit[slot] < 0:
            for day in range(rows.adds.shape[1]):
                at = rows.adds[slot, day]
                if rows.amounts[at, first] != rows.amounts[at, second]:
                    return False
    return True
