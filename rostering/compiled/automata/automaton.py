"""All the watches of a person as one automaton, whose tables compiled code can walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

from rostering.compiled.automata.watch import BlockWatch, Watch

States = tuple[int, ...]

MOST_BLOCKS = 31
"""Kinds of blocks that one automaton can count: bits of a number."""


@dataclass(frozen=True, eq=False)
class Automaton:
    """What follows on what, for everybody who has the same watches.

    Parameters
    ----------
    kinds
        Days: number of the table that holds on the day.
    sees
        Symbols: number that is equal for symbols that the automaton does not tell apart.
    after, price, counts
        Kind × state × seen number: state after (−1 if forbidden), price, and which blocks the
        step counts, one bit a :class:`BlockWatch` in the order of the watches.
    starts
        State before day 0 for each that was given, in order.
    widths
        Days + 1: states before the day, and after the last, are numbered below this.
    """

    kinds: npt.NDArray[np.int16]
    sees: npt.NDArray[np.int16]
    after: npt.NDArray[np.int32]
    price: npt.NDArray[np.float64]
    counts: npt.NDArray[np.int32]
    starts: tuple[int, ...]
    widths: npt.NDArray[np.int32]

    @property
    def states(self) -> int:
        """Return how many states there are."""
        return self.after.shape[1]


def automaton(
    watches: Sequence[Watch], days: int, symbols: int, before: Sequence[States]
) -> Automaton:
    """Return the automaton of some watches; its states are those that can be reached.

    Parameters
    ----------
    symbols
        Number of symbols, day off included.
    before
        States of the watches before day 0, of one person or several.

    Raises
    ------
    ValueError
        If more kinds of blocks are to be counted than a number has bits.
    """
    blocks = sum(isinstance(watch, BlockWatch) for watch in watches)
    if blocks > MOST_BLOCKS:
        raise ValueError(f"{blocks} kinds of blocks, at most {MOST_BLOCKS} can be counted")
    seen = [tuple(watch.sees(symbol) for watch in watches) for symbol in range(symbols)]
    views = {view: number for number, view in enumerate(dict.fromkeys(seen))}
    example = {number: seen.index(view) for view, number in views.items()}
    of_day = [tuple(watch.kind(day) for watch in watches) for day in range(days)]
    kinds = {kind: number for number, kind in enumerate(dict.fromkeys(of_day))}
    day_of = {number: of_day.index(kind) for kind, number in kinds.items()}
    builder = _Builder(watches, example, day_of)
    starts = tuple(builder.number(states) for states in before)
    reached = set(starts)
    for day in range(days):
        kind = kinds[of_day[day]]
        reached = {after for state in reached for after in builder.row(kind, state) if after >= 0}
    return builder.tables(
        np.array([kinds[kind] for kind in of_day], np.int16),
        np.array([views[view] for view in seen], np.int16),
        starts,
    )


def state_after(watches: Sequence[Watch], past: Sequence[int]) -> States:
    """Return the states of watches after a history, oldest day first; −1 for an unknown day."""
    states = [watch.unknown for watch in watches]
    for day, symbol in enumerate(past, start=-len(past)):
        if symbol >= 0:
            states = [w.step(s, symbol, day)[0] for w, s in zip(watches, states, strict=True)]
    return tuple(states)


class _Builder:
    """Numbers states as they are reached and keeps the rows of the tables."""

    def __init__(
        self, watches: Sequence[Watch], example: dict[int, int], day_of: dict[int, int]
    ) -> None:
        self.watches = watches
        self.example = example
        self.day_of = day_of
        self.numbers: dict[States, int] = {}
        self.states: list[States] = []
        self.rows: dict[tuple[int, int], list[tuple[int, float, int]]] = {}

    def number(self, states: States) -> int:
        """Return the number of a combination of states."""
        found = self.numbers.setdefault(states, len(self.states))
        if found == len(self.states):
            self.states.append(states)
        return found

    def row(self, kind: int, state: int) -> list[int]:
        """Return the states after a state, by what is seen; worked out once."""
        if (kind, state) not in self.rows:
            day, states = self.day_of[kind], self.states[state]
            self.rows[kind, state] = [
                self._step(states, symbol, day) for symbol in self.example.values()
            ]
        return [after for after, _, _ in self.rows[kind, state]]

    def _step(self, states: States, symbol: int, day: int) -> tuple[int, float, int]:
        after, cost, counts = [], 0.0, 0
        counting = 0
        for watch, state in zip(self.watches, states, strict=True):
            following, paid, counted = watch.step(state, symbol, day)
            after.append(following)
            cost += paid
            if isinstance(watch, BlockWatch):
                counts |= counted << counting
                counting += 1
        if cost == inf:
            return -1, inf, 0
        return self.number(tuple(after)), cost, counts

    def tables(
        self,
        kinds: npt.NDArray[np.int16],
        sees: npt.NDArray[np.int16],
        starts: tuple[int, ...],
    ) -> Automaton:
        """Return the tables."""
        shape = (len(self.day_of), len(self.states), len(self.example))
        after = np.full(shape, -1, np.int32)
        price = np.full(shape, inf)
        counts = np.zeros(shape, np.int32)
        for (kind, state), row in self.rows.items():
            after[kind, state], price[kind, state], counts[kind, state] = zip(*row, strict=True)
        widths = np.full(len(kinds) + 1, len(self.states), np.int32)
        return Automaton(kinds, sees, after, price, counts, starts, widths)
