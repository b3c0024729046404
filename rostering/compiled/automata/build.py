"""From forms to tables: everybody's automaton, slots and prices of cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import inf

import numpy as np

from rostering.compiled.automata.automaton import Automaton, States, automaton, state_after
from rostering.compiled.automata.minimal import minimal
from rostering.compiled.automata.slots import Slot, slots
from rostering.compiled.automata.watch import (
    BlockWatch,
    LongestWatch,
    SequenceWatch,
    ShortestWatch,
    Watch,
    ahead,
    chain_watch,
    joined,
)
from rostering.compiled.judge import activate, classify
from rostering.compiled.tables import Rows
from rostering.forms import Ends, Forms, Total

Watches = tuple[Watch, ...]


def rows_of(forms: Forms) -> Rows:
    """Return the tables of everybody's own rules."""
    watches = watches_of(forms)
    later = [tuple(map(ahead, own)) for own in watches]
    before = [state_after(own, past) for own, past in zip(watches, forms.history, strict=True)]
    groups = {own: number for number, own in enumerate(dict.fromkeys(later))}
    group = np.array([groups[own] for own in later], np.int32)
    start = np.zeros(len(later), np.int32)
    automata = []
    for own, number in groups.items():
        members = np.flatnonzero(group == number)
        automata.append(_automaton(forms, own, [before[person] for person in members]))
        start[members] = automata[-1].starts
    return _laid_out(forms, _slots(forms, watches), group, start, automata)


def _automaton(forms: Forms, watches: Watches, before: Sequence[States]) -> Automaton:
    symbols = 1 + len(forms.problem.shift_types)
    return minimal(automaton(watches, forms.problem.days, symbols, before))


def watches_of(forms: Forms) -> list[Watches]:
    """Return everybody's watches, doubles joined."""
    found: list[list[Watch]] = [[] for _ in forms.problem.staff]
    for sequence in forms.sequences:
        watched = SequenceWatch.of(sequence, forms.problem.days)
        for staff in sequence.staff:
            found[staff].append(watched)
    for stretch in forms.stretches:
        run = ShortestWatch.of(stretch) if stretch.maximum is None else LongestWatch.of(stretch)
        for staff in stretch.staff:
            found[staff].append(run)
    for chain in forms.chains:
        found[chain.staff].append(chain_watch(chain))
    for end in forms.ends:
        found[end.staff].append(BlockWatch.of(end))
    return [joined(own) for own in found]


def _slots(forms: Forms, watches: Sequence[Watches]) -> list[list[Slot]]:
    """Return everybody's slots."""
    totals: dict[int, list[Total]] = defaultdict(list)
    ends: dict[int, list[Ends]] = defaultdict(list)
    for total in forms.totals:
        totals[total.staff].append(total)
    for end in forms.ends:
        ends[end.staff].append(end)
    return [
        slots(totals[staff], ends[staff], [watch for watch in own if isinstance(watch, BlockWatch)])
        for staff, own in enumerate(watches)
    ]


def _laid_out(
    forms: Forms,
    people: list[list[Slot]],
    group: np.ndarray,
    start: np.ndarray,
    automata: list[Automaton],
) -> Rows:
    days, symbols = forms.problem.days, 1 + len(forms.problem.shift_types)
    after, price, counts = _padded(automata)
    every = [slot for own in people for slot in own]
    slot_first = np.cumsum([0, *map(len, people)]).astype(np.int32)
    adds, amounts = _amounts(every, days, symbols)
    ends, segment, is_end, prices, top = _segments(every, days)
    rows = Rows(
        group=group,
        start=start,
        kinds=np.array([a.kinds for a in automata], np.int32).reshape(len(automata), days),
        sees=np.array([a.sees for a in automata], np.int32).reshape(len(automata), symbols),
        widths=np.array([a.widths for a in automata], np.int32).reshape(len(automata), days + 1),
        after=after,
        price=price,
        counts=counts,
        cells=_cells(forms),
        slot_first=slot_first,
        adds=adds,
        amounts=amounts,
        bit=np.array([slot.bit for slot in every], np.int32),
        ends=ends,
        segment=segment,
        is_end=is_end,
        prices=prices,
        top=top,
        is_capped=np.array([slot.is_capped for slot in every], np.bool_),
        is_active=np.zeros(len(every), np.bool_),
        is_told=np.zeros(len(every), np.bool_),
        sight=np.full((len(people), symbols), -1, np.int32),
        in_class=np.full((len(people), symbols), -1, np.int32),
    )
    for person in range(len(people)):
        choose_active(rows, person)
    return rows


def _padded(automata: list[Automaton]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    shape = (len(automata), *np.max([(0, 0, 0), *(a.after.shape for a in automata)], axis=0))
    after = np.full(shape, -1, np.int32)
    price = np.zeros(shape)
    counts = np.zeros(shape, np.int32)
    for number, built in enumerate(automata):
        kinds, states, views = built.after.shape
        after[number, :kinds, :states, :views] = built.after
        price[number, :kinds, :states, :views] = built.price
        counts[number, :kinds, :states, :views] = built.counts
    return after, price, counts


def _cells(forms: Forms) -> np.ndarray:
    problem = forms.problem
    symbols = 1 + len(problem.shift_types)
    cells = np.zeros((len(problem.staff), problem.days, symbols))
    for staff, fit in enumerate(forms.fit):
        unfit = [symbol for symbol in range(1, symbols) if symbol not in fit]
        cells[staff][:, unfit] = inf
    for ban in forms.bans:
        cells[ban.staff, ban.day, list(ban.symbols)] += inf if ban.weight is None else ban.weight
    return cells


def _amounts(every: list[Slot], days: int, symbols: int) -> tuple[np.ndarray, np.ndarray]:
    """Return which row of amounts each slot adds on each day; row 0 adds nothing."""
    numbers: dict[tuple[int, ...], int] = {(0,) * symbols: 0}
    adds = np.zeros((len(every), days), np.int32)
    for place, slot in enumerate(every):
        for day, amounts in slot.amounts.items():
            adds[place, day] = numbers.setdefault(amounts, len(numbers))
    return adds, np.array(list(numbers), np.int32)


def _segments(
    every: list[Slot], days: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    ends = np.full((len(every), days), -1, np.int32)
    number = np.full((len(every), days), -1, np.int32)
    is_end = np.zeros((len(every), days), np.bool_)
    tables: dict[bytes, int] = {}
    prices: list[np.ndarray] = []
    filled = segments = 0
    top = np.array([slot.top for slot in every], np.int32)
    for place, slot in enumerate(every):
        for segment in slot.segments:
            more = top[place] + 1 - len(segment.prices)
            table = np.pad(segment.prices, (0, int(more)), mode="edge")
            key = table.tobytes()
            if key not in tables:
                tables[key] = filled
                prices.append(table)
                filled += len(table)
            whole = len(slot.segments) == 1  # adds nothing outside its days, so it may be longer
            first, last = (0, days - 1) if whole else (segment.first, segment.last)
            ends[place, first : last + 1] = tables[key]
            number[place, first : last + 1] = segments
            segments += 1
            is_end[place, last] = True
    flat = np.concatenate(prices) if prices else np.zeros(1)
    return ends, number, is_end, flat.astype(np.float64), top


def choose_active(rows: Rows, person: int) -> None:
    """Let the search for a person's path tell apart the sums that nearly always matter.

    Those with a least and a most, and blocks; others join when a path breaks them
    (:func:`activate`).
    """
    first, last = rows.slot_first[person], rows.slot_first[person + 1]
    for slot in range(first, last):
        table = rows.prices[rows.ends[slot].max() :][: rows.top[slot] + 1]
        is_whole = rows.is_end[slot].sum() == 1
        if is_whole and (rows.bit[slot] >= 0 or table[0] > 0):
            activate(rows, person, slot)
    classify(rows, person)
