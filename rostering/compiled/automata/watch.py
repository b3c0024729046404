"""What has to be remembered of a row to judge its next cell: one small automaton a form.

A watch has a state (a small number), steps from day to day on the symbol of the cell, and tells
the price of each step (infinite for a hard breach) and what the step counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf
from typing import Protocol

from rostering.forms import Chain, Ends, Sequence, Stretch
from rostering.forms.shapes import OFF, Symbols

Step = tuple[int, float, int]
"""State after a cell, price of the step, and what it counts."""


class Steps(Protocol):
    """What every watch offers: an automaton over the cells of a row."""

    @property
    def unknown(self) -> int:
        """Return the state before anything is known."""

    def step(self, state: int, symbol: int, day: int) -> Step:
        """Return what follows a state on a symbol."""

    def kind(self, day: int) -> int:
        """Return a number that is equal for days on which all steps are equal."""

    def sees(self, symbol: int) -> int:
        """Return a number that is equal for symbols on which all steps are equal."""


def price(weight: int | None) -> float:
    """Return what a breach costs a unit; infinite for a hard rule."""
    return inf if weight is None else float(weight)


@dataclass(frozen=True)
class SequenceWatch(Steps):
    """Bit ``i`` of the state: the last ``i + 1`` days match the first ``i + 1`` sets."""

    sets: tuple[Symbols, ...]
    firsts: frozenset[int]
    every_day: bool
    weight: int | None

    @classmethod
    def of(cls, form: Sequence, days: int) -> SequenceWatch:
        """Return the watch of a form; one that may begin on any day is alike on all."""
        every = len(form.firsts) >= days and set(form.firsts) >= set(
            range(1 - len(form.sets), days - len(form.sets) + 1)
        )
        firsts = frozenset() if every else frozenset(form.firsts)
        return cls(form.sets, firsts, every, form.weight)

    @property
    def unknown(self) -> int:
        """An unknown day matches nothing."""
        return 0

    def step(self, state: int, symbol: int, day: int) -> Step:
        """Carry every match one day on."""
        begun = (state << 1) | int(self.every_day or day in self.firsts)
        matched = begun & self.sees(symbol)
        last = 1 << (len(self.sets) - 1)
        cost = price(self.weight) if matched & last else 0.0
        return matched & ~last, cost, 0

    def kind(self, day: int) -> int:
        """Tell days on which a match may begin from others."""
        return int(self.every_day or day in self.firsts)

    def sees(self, symbol: int) -> int:
        """Return the sets that hold the symbol, as bits."""
        return sum(1 << place for place, held in enumerate(self.sets) if symbol in held)


@dataclass(frozen=True)
class ShortestWatch(Steps):
    """State: days of the run so far, at most ``minimum``, which also stands for any longer run.

    A run whose begin nobody knows is never too short, so it stands at ``minimum`` at once; −1 means
    that the day before is unknown.
    """

    symbols: Symbols
    minimum: int
    weight: int | None

    @classmethod
    def of(cls, form: Stretch) -> ShortestWatch:
        """Return the watch of a form."""
        return cls(form.symbols, form.minimum, form.weight)

    @property
    def unknown(self) -> int:
        """The day before is unknown."""
        return -1

    def step(self, state: int, symbol: int, day: int) -> Step:
        """Lengthen the run, or end it and pay for missing days."""
        if symbol in self.symbols:
            return (self.minimum if state < 0 else min(state + 1, self.minimum)), 0.0, 0
        missing = self.minimum - state if state > 0 else 0
        return 0, price(self.weight) * missing if missing else 0.0, 0

    def kind(self, day: int) -> int:
        """All days are alike."""
        return 0

    def sees(self, symbol: int) -> int:
        """Return whether the symbol belongs to the run."""
        return int(symbol in self.symbols)


@dataclass(frozen=True)
class LongestWatch(Steps):
    """State: days of the run so far, at most ``maximum``."""

    symbols: Symbols
    maximum: int
    weight: int | None

    @classmethod
    def of(cls, form: Stretch) -> LongestWatch:
        """Return the watch of a form that has a maximum."""
        if form.maximum is None:
            raise ValueError("the form has no maximum")
        return cls(form.symbols, form.maximum, form.weight)

    @property
    def unknown(self) -> int:
        """An unknown day ends a run."""
        return 0

    def step(self, state: int, symbol: int, day: int) -> Step:
        """Lengthen the run and pay for a day too many."""
        if symbol not in self.symbols:
            return 0, 0.0, 0
        if state == self.maximum:
            return state, price(self.weight), 0
        return state + 1, 0.0, 0

    def kind(self, day: int) -> int:
        """All days are alike."""
        return 0

    def sees(self, symbol: int) -> int:
        """Return whether the symbol belongs to the run."""
        return int(symbol in self.symbols)


@dataclass(frozen=True)
class BlockWatch(Steps):
    """State: whether the block of days under way is worked; its first worked day counts 1."""

    blocks: tuple[tuple[int, ...], ...]
    worked: frozenset[int]

    @classmethod
    def of(cls, form: Ends) -> BlockWatch:
        """Return the watch of a form; equal for people who differ in their limits only."""
        return cls(form.blocks, form.worked)

    @property
    def unknown(self) -> int:
        """Nothing is worked yet."""
        return 0

    def step(self, state: int, symbol: int, day: int) -> Step:
        """Count a block once, on its first worked day."""
        kind = self.kind(day)
        if kind == NO_BLOCK:
            return 0, 0.0, 0
        counts = int(symbol != OFF and state == 0 and not kind & KNOWN)
        state = int(state or symbol != OFF)
        return 0 if kind & LAST else state, 0.0, counts

    def kind(self, day: int) -> int:
        """Tell the last day of a block, and blocks that count as worked already."""
        for number, block in enumerate(self.blocks):
            if day in block:
                last, known = day == block[-1], number in self.worked
                return IN_BLOCK + LAST * int(last) + KNOWN * int(known)
        return NO_BLOCK

    def sees(self, symbol: int) -> int:
        """Return whether the symbol is work."""
        return int(symbol != OFF)


NO_BLOCK, IN_BLOCK, LAST, KNOWN = 0, 1, 2, 4


@dataclass(frozen=True)
class ChainWatch(Steps):
    """State: whether the block under way is worked, and how many before it were worked in a row."""

    blocks: tuple[tuple[int, ...], ...]
    most: int
    weight: int | None

    @property
    def unknown(self) -> int:
        """Nothing is worked yet."""
        return 0

    def step(self, state: int, symbol: int, day: int) -> Step:
        """At the end of a block, lengthen the row of worked blocks or end it."""
        kind = self.kind(day)
        if kind == NO_BLOCK:
            return state, 0.0, 0
        row, worked = state >> 1, state & 1 or int(symbol != OFF)
        if not kind & LAST:
            return row << 1 | worked, 0.0, 0
        if not worked:
            return 0, 0.0, 0
        cost = price(self.weight) if row == self.most else 0.0
        return min(row + 1, self.most) << 1, cost, 0

    def kind(self, day: int) -> int:
        """Tell the last day of a block from its others, and days of no block."""
        for block in self.blocks:
            if day in block:
                return IN_BLOCK + LAST * int(day == block[-1])
        return NO_BLOCK

    def sees(self, symbol: int) -> int:
        """Return whether the symbol is work."""
        return int(symbol != OFF)


@dataclass(frozen=True)
class PairWatch(Steps):
    """State: 1 if the first day of a pair is off, 2 if it is worked."""

    firsts: frozenset[int]
    seconds: frozenset[int]
    weight: int | None

    @property
    def unknown(self) -> int:
        """No pair is under way."""
        return 0

    def step(self, state: int, symbol: int, day: int) -> Step:
        """On the second day of a pair, pay if it is not like the first."""
        now = 1 + int(symbol != OFF)
        differs = day in self.seconds and state not in (0, now)
        cost = price(self.weight) if differs else 0.0
        carries = day + 1 in self.seconds
        return (now if day in self.firsts else state) if carries else 0, cost, 0

    def kind(self, day: int) -> int:
        """Tell first and second days, and days between them."""
        return 4 * (day + 1 in self.seconds) + 2 * (day in self.firsts) + (day in self.seconds)

    def sees(self, symbol: int) -> int:
        """Return whether the symbol is work."""
        return int(symbol != OFF)


def chain_watch(form: Chain) -> ChainWatch | PairWatch:
    """Return the watch of a chain of blocks."""
    if form.most is not None:
        return ChainWatch(form.blocks, form.most, form.weight)
    firsts = frozenset(block[0] for block in form.blocks)
    return PairWatch(firsts, frozenset(block[-1] for block in form.blocks), form.weight)


Watch = SequenceWatch | ShortestWatch | LongestWatch | BlockWatch | ChainWatch | PairWatch
"""Any of them. They are frozen, so that people who share them are found."""


def joined(watches: Iterable[Watch]) -> tuple[Watch, ...]:
    """Return watches without doubles: those alike but for their weight become one of both weights.

    Blocks are only counted, so one count serves all.
    """
    weights: dict[Watch, int | None] = {}
    for watch in watches:
        if isinstance(watch, BlockWatch):
            weights[watch] = None
            continue
        alike, more = replace(watch, weight=None), watch.weight
        so_far = weights.get(alike, 0)
        weights[alike] = None if so_far is None or more is None else so_far + more
    return tuple(
        watch if isinstance(watch, BlockWatch) else replace(watch, weight=weight)
        for watch, weight in weights.items()
    )


def ahead(watch: Watch) -> Watch:
    """Return the watch as far as it concerns the period, alike for people of any history."""
    if isinstance(watch, ChainWatch):
        clipped = (tuple(day for day in block if day >= 0) for block in watch.blocks)
        return replace(watch, blocks=tuple(block for block in clipped if block))
    if isinstance(watch, PairWatch):
        firsts, seconds = watch.firsts, watch.seconds
        return replace(
            watch,
            firsts=frozenset(day for day in firsts if day >= 0),
            seconds=frozenset(day for day in seconds if day >= 0),
        )
    return watch
