"""From forms to tables: everybody's automaton, slots and prices of cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import inf

import numpy as np

from rostering.compiled.automaton import Automaton, automaton
from rostering.compiled.judge import activate, classify
from rostering.compiled.slots import Slot, slots
from rostering.compiled.tables import Rows
from rostering.compiled.watch import (
    BlockWatch,
    LongestWatch,
    SequenceWatch,
    ShortestWatch,
    Watch,
    chain_watch,
    joined,
)
from rostering.forms import Ends, Forms, Total

Watches = tuple[Watch, ...]


@dataclass(frozen=True, eq=False)
class Person:
    """One person's rules before they are laid out flat."""

    watches: Watches
    slots: list[Slot]


def rows_of(forms: Forms) -> Rows:
    """Return the tables of everybody's own rules."""
    problem = forms.problem
    people = _people(forms)
    groups = list(dict.fromkeys(person.watches for person in people))
    members = {
        watches: [n for n, person in enumerate(people) if person.watches == watches]
        for watches in groups
    }
    symbols = 1 + len(problem.shift_types)
    automata = [
        automaton(w, problem.days, symbols, [forms.history[n] for n in members[w]]) for w in groups
    ]
    start = np.zeros(len(people), np.int32)
    for watches, built in zip(groups, automata, strict=True):
        start[members[watches]] = built.starts
    group = np.array([groups.index(person.watches) for person in people], np.int32)
    return _laid_out(forms, people, group, start, automata)


def _people(forms: Forms) -> list[Person]:
    watches: dict[int, list[Watch]] = defaultdict(list)
    days = forms.problem.days
    for sequence in forms.sequences:
        built: Watch = SequenceWatch.of(sequence, days)
        for staff in sequence.staff:
            watches[staff].append(built)
    for stretch in forms.stretches:
        built = ShortestWatch.of(stretch) if stretch.maximum is None else LongestWatch.of(stretch)
        for staff in stretch.staff:
            watches[staff].append(built)
    for chain in forms.chains:
        watches[chain.staff].append(chain_watch(chain))
    totals: dict[int, list[Total]] = defaultdict(list)
    ends: dict[int, list[Ends]] = defaultdict(list)
    for total in forms.totals:
        totals[total.staff].append(total)
    for end in forms.ends:
        ends[end.staff].append(end)
        watches[end.staff].append(BlockWatch.of(end))
    people = []
    for staff in range(len(forms.problem.staff)):
        own = joined(watches[staff])
        blocks = [watch for watch in own if isinstance(watch, BlockWatch)]
        people.append(Person(own, slots(totals[staff], ends[staff], blocks)))
    return people


def _laid_out(
    forms: Forms,
    people: list[Person],
    group: np.ndarray,
    start: np.ndarray,
    automata: list[Automaton],
) -> Rows:
    days, symbols = forms.problem.days, 1 + len(forms.problem.shift_types)
    after, price, counts = _padded(automata)
    every = [slot for person in people for slot in person.slots]
    slot_first = np.cumsum([0, *(len(person.slots) for person in people)]).astype(np.int32)
    adds, amounts = _amounts(every, days, symbols)
    ends, is_end, prices, top = _segments(every, days)
    rows = Rows(
        group=group,
        start=start,
        kinds=np.array([a.kinds for a in automata], np.int32).reshape(len(automata), days),
        sees=np.array([a.sees for a in automata], np.int32).reshape(len(automata), symbols),
        after=after,
        price=price,
        counts=counts,
        cells=_cells(forms),
        slot_first=slot_first,
        adds=adds,
        amounts=amounts,
        bit=np.array([slot.bit for slot in every], np.int32),
        ends=ends,
        is_end=is_end,
        prices=prices,
        top=top,
        is_active=np.zeros(len(every), np.bool_),
        sight=np.full((len(people), symbols), -1, np.int32),
        in_class=np.full((len(people), symbols), -1, np.int32),
    )
    for person in range(len(people)):
        choose_active(rows, person)
    return rows


def _padded(automata: list[Automaton]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    shape = (len(automata), *np.max([a.after.shape for a in automata], axis=0))
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
    cells = np.zeros((len(problem.staff), problem.days, symbols), np.float32)
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
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    ends = np.full((len(every), days), -1, np.int32)
    is_end = np.zeros((len(every), days), np.bool_)
    tables: dict[bytes, int] = {}
    prices: list[np.ndarray] = []
    filled = 0
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
            is_end[place, last] = True
    flat = np.concatenate(prices) if prices else np.zeros(1)
    return ends, is_end, flat.astype(np.float64), top


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
