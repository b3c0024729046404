"""The least automaton for a period: of states with the same future on a day one is enough.

From the last day to the first, states that can be reached before a day are one if every symbol
leads from them to the same price, the same counts and the same state after (Moore's refinement,
which is a single pass backward here because days only pass). Every day has states of its own, as
few as can be; near the end, when short runs can no longer be broken, there are fewest.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from rostering.compiled.automata.automaton import Automaton

Numbers = npt.NDArray[np.int32]
Tables = tuple[Numbers, npt.NDArray[np.float64], Numbers]
"""After, price and counts of the states of a day."""


def minimal(built: Automaton) -> Automaton:
    """Return an automaton that charges and counts the same, with as few states each day as can be.

    Days with the same tables are of one kind.
    """
    merged = np.zeros(built.states, np.int32)  # after the last day all states are one
    tables: list[Tables] = []
    for kind, reached in reversed(list(zip(built.kinds, _reached(built), strict=True))):
        found = _day(built, kind, reached, merged)
        which = np.unique(np.hstack(found), axis=0, return_index=True, return_inverse=True)
        first, alike = which[1], which[2].reshape(-1)
        order = np.argsort(first)  # numbered as they were, so that days like each other stay so
        rank = np.argsort(order)
        merged[reached] = rank[alike]
        after, price, counts = (table[first[order]] for table in found)
        tables.append((after, price, counts))
    tables.reverse()
    starts = tuple(int(merged[state]) for state in built.starts)
    return _alike_seen(_laid_out(built, tables, starts))


def _reached(built: Automaton) -> list[Numbers]:
    """Return the states that can be reached before each day."""
    states = np.unique(np.array(built.starts, np.int32))
    found = []
    for kind in built.kinds:
        found.append(states)
        after = np.unique(built.after[kind, states])
        states = after[after >= 0]
    return found


def _day(built: Automaton, kind: int, reached: Numbers, merged: Numbers) -> Tables:
    """Return what follows on a day, states after it by their merged numbers."""
    after = built.after[kind, reached]
    return (
        np.where(after < 0, -1, merged[after]),
        built.price[kind, reached],
        built.counts[kind, reached],
    )


def _laid_out(built: Automaton, tables: list[Tables], starts: tuple[int, ...]) -> Automaton:
    """Return the automaton whose days have these tables."""
    numbers: dict[tuple[bytes, ...], int] = {}
    keys = [tuple(table.tobytes() for table in day) for day in tables]
    kinds = [numbers.setdefault(key, len(numbers)) for key in keys]
    widths = [len(after) for after, _, _ in tables]
    shape = (len(numbers), max(1, *widths), built.after.shape[2])
    after, price = np.full(shape, -1, np.int32), np.full(shape, np.inf)
    counts = np.zeros(shape, np.int32)
    for kind, width, day in zip(kinds, widths, tables, strict=True):
        after[kind, :width], price[kind, :width], counts[kind, :width] = day
    return replace(
        built,
        kinds=np.array(kinds, np.int16),
        after=after,
        price=price,
        counts=counts,
        starts=starts,
        widths=np.array([*widths, 1], np.int32),
    )


def _alike_seen(built: Automaton) -> Automaton:
    """Return the automaton with one number for symbols that turn out to be alike."""
    seen = built.after.shape[2]
    columns = [table.reshape(-1, seen) for table in (built.after, built.price, built.counts)]
    found = np.unique(np.vstack(columns), axis=1, return_index=True, return_inverse=True)
    first, number = found[1], found[2].reshape(-1)
    return replace(
        built,
        sees=number[built.sees].astype(np.int16),
        after=built.after[:, :, first],
        price=built.price[:, :, first],
        counts=built.counts[:, :, first],
    )
