"""Heads that several people fill together, as flat arrays."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from rostering.compiled.tables import Bools, Floats, Ints
from rostering.forms import Forms, Heads

HARD = 2_000.0
"""What a head costs at least where it must not be missing or too many.

Much more would make duals large, and with them what a row's bound leaves open; and moves would
hardly ever miss one head to mend another."""

DEARER = 10.0
"""How much dearer it is at least than heads that may be missing."""

NONE = 1_000_000
"""Stands for no limit."""


class Demand(NamedTuple):
    """Rows of heads: how many there should be, and which cells count.

    Parameters
    ----------
    has_hard
        Whether a head must not be missing or too many anywhere.
    hard
        What such a head costs in ``under`` and ``over``; all others cost less.
    low, high, under, over, base
        Row: limits, price of a head below and above, and heads that are known already.
    entry_from
        ``day · symbols + symbol``: where its entries begin; one number more at the end.
    entry_row, entry_factor, entry_mask
        Entry: row, heads that a cell counts for, and which set of people.
    member
        Set × person.
    """

    has_hard: bool
    hard: float
    low: Ints
    high: Ints
    under: Floats
    over: Floats
    base: Ints
    entry_from: Ints
    entry_row: Ints
    entry_factor: Ints
    entry_mask: Ints
    member: Bools


def demand_of(forms: Forms) -> Demand:
    """Return the tables of all heads."""
    symbols = 1 + len(forms.problem.shift_types)
    masks: dict[frozenset[int], int] = {}
    entries: list[list[tuple[int, int, int]]] = [[] for _ in range(forms.problem.days * symbols)]
    for number, item in enumerate(forms.heads):
        for term in item.terms:
            mask = masks.setdefault(term.staff, len(masks))
            for symbol in term.symbols:
                entries[term.day * symbols + symbol].append((number, term.factor, mask))
    dearest = max((max(item.under or 0, item.over or 0) for item in forms.heads), default=0)
    hard = max(HARD, DEARER * dearest)
    flat = [entry for cell in entries for entry in cell]
    row, factor, mask_of = np.array(flat, np.int32).reshape(-1, 3).T.copy()
    return Demand(
        has_hard=any(
            (item.low is not None and item.under is None)
            or (item.high is not None and item.over is None)
            for item in forms.heads
        ),
        hard=float(hard),
        low=_limits(forms.heads, "low", -NONE),
        high=_limits(forms.heads, "high", NONE),
        under=_prices(forms.heads, "under", hard),
        over=_prices(forms.heads, "over", hard),
        base=np.array([item.base for item in forms.heads], np.int32),
        entry_from=np.cumsum([0, *map(len, entries)]).astype(np.int32),
        entry_row=row,
        entry_factor=factor,
        entry_mask=mask_of,
        member=_members(masks, len(forms.problem.staff)),
    )


def _limits(heads: tuple[Heads, ...], name: str, otherwise: int) -> npt.NDArray[np.int32]:
    found = (getattr(item, name) for item in heads)
    return np.array([otherwise if value is None else value for value in found], np.int32)


def _prices(heads: tuple[Heads, ...], name: str, hard: float) -> npt.NDArray[np.float64]:
    found = (getattr(item, name) for item in heads)
    return np.array([hard if value is None else value for value in found], np.float64)


def _members(masks: dict[frozenset[int], int], people: int) -> npt.NDArray[np.bool_]:
    member = np.zeros((max(1, len(masks)), people), np.bool_)
    for staff, mask in masks.items():
        member[mask, list(staff)] = True
    return member


@numba.njit(nogil=True, cache=True)
def price_of_heads(demand: Demand, row: int, heads: int) -> float:
    """Return what a row of heads costs."""
    if heads < demand.low[row]:
        return demand.under[row] * (demand.low[row] - heads)
    if heads > demand.high[row]:
        return demand.over[row] * (heads - demand.high[row])
    return 0.0


@numba.njit(nogil=True, cache=True)
def count(
    demand: Demand, heads: Ints, person: int, row: Ints, first: int, last: int, by: int
) -> None:
    """Add a person's cells to the heads, or take them away (``by`` −1)."""
    symbols = (len(demand.entry_from) - 1) // len(row)
    for day in range(first, last):
        cell = day * symbols + row[day]
        for entry in range(demand.entry_from[cell], demand.entry_from[cell + 1]):
            if demand.member[demand.entry_mask[entry], person]:
                heads[demand.entry_row[entry]] += by * demand.entry_factor[entry]


@numba.njit(nogil=True, cache=True)
def filled(
    demand: Demand, heads: Ints, person: int, day: int, symbol: int, by: int, days: int
) -> float:
    """Add one cell to the heads, or take it away (``by`` −1); return what the heads cost more."""
    cell = day * ((len(demand.entry_from) - 1) // days) + symbol
    change = 0.0
    for entry in range(demand.entry_from[cell], demand.entry_from[cell + 1]):
        if demand.member[demand.entry_mask[entry], person]:
            row = demand.entry_row[entry]
            before = price_of_heads(demand, row, heads[row])
            heads[row] += by * demand.entry_factor[entry]
            change += price_of_heads(demand, row, heads[row]) - before
    return change


@numba.njit(nogil=True, cache=True)
def marginal(
    demand: Demand, heads: Ints, person: int, first: int, last: int, cells: Floats
) -> None:
    """Add to the price of each cell what the heads would cost more if the person filled it."""
    symbols = cells.shape[1]
    for day in range(first, last):
        for symbol in range(symbols):
            cell = day * symbols + symbol
            for entry in range(demand.entry_from[cell], demand.entry_from[cell + 1]):
                if demand.member[demand.entry_mask[entry], person]:
                    row = demand.entry_row[entry]
                    after = heads[row] + demand.entry_factor[entry]
                    cells[day, symbol] += price_of_heads(demand, row, after) - price_of_heads(
                        demand, row, heads[row]
                    )


@numba.njit(nogil=True, cache=True)
def total_price(demand: Demand, heads: Ints) -> float:
    """Return what all heads cost."""
    total = 0.0
    for row in range(len(heads)):
        total += price_of_heads(demand, row, heads[row])
    return total
