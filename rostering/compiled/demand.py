"""Heads that several people fill together, as flat arrays."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from rostering.compiled.tables import Floats, Ints
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
    kind
        Person: which table. People who count for the same rows share one.
    entry_from
        Table × cell, ``day · symbols + symbol``: where its entries begin, one number more at the
        end. In large homes most rows are about a few people; nobody reads those of
        others.
    entry_row, entry_factor
        Entry: row, and heads that a cell counts for.
    """

    has_hard: bool
    hard: float
    low: Ints
    high: Ints
    under: Floats
    over: Floats
    base: Ints
    kind: Ints
    entry_from: Ints
    entry_row: Ints
    entry_factor: Ints


def demand_of(forms: Forms) -> Demand:
    """Return the tables of all heads."""
    dearest = max((max(item.under or 0, item.over or 0) for item in forms.heads), default=0)
    hard = max(HARD, DEARER * dearest)
    kind, entry_from, row, factor = _entries(forms)
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
        kind=kind,
        entry_from=entry_from,
        entry_row=row,
        entry_factor=factor,
    )


def _entries(forms: Forms) -> tuple[Ints, Ints, Ints, Ints]:
    """Return everybody's kind, and the entries of every kind."""
    symbols = 1 + len(forms.problem.shift_types)
    cells = forms.problem.days * symbols
    masks: dict[frozenset[int], int] = {}
    found = np.array(
        [
            (
                term.day * symbols + symbol,
                number,
                term.factor,
                masks.setdefault(term.staff, len(masks)),
            )
            for number, item in enumerate(forms.heads)
            for term in item.terms
            for symbol in term.symbols
        ],
        np.int32,
    ).reshape(-1, 4)
    cell, row, factor, mask = found[np.argsort(found[:, 0], kind="stable")].T
    member = _members(masks, len(forms.problem.staff))
    kinds, kind = np.unique(member, axis=1, return_inverse=True)
    entry_from = np.zeros((kinds.shape[1], cells + 1), np.int32)
    own, before = [np.zeros(0, np.int64)], 0
    for number, is_in in enumerate(kinds.T):
        own.append(np.flatnonzero(is_in[mask]))
        entry_from[number] = before + np.searchsorted(cell[own[-1]], np.arange(cells + 1))
        before += len(own[-1])
    every = np.concatenate(own)
    return kind.astype(np.int32).ravel(), entry_from, row[every], factor[every]


def _limits(heads: tuple[Heads, ...], name: str, otherwise: int) -> npt.NDArray[np.int32]:
    found = (getattr(item, name) for item in heads)
    return np.array([otherwise if value is None else value for value in found], np.int32)


def _prices(heads: tuple[Heads, ...], name: str, hard: float) -> npt.NDArray[np.float64]:
    found = (getattr(item, name) for item in heads)
    return np.array([hard if value is None else value for value in found], np.float64)


def _members(masks: dict[frozenset[int], int], people: int) -> npt.NDArray[np.bool_]:
    """Return set × person."""
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
    entry_from = demand.entry_from[demand.kind[person]]
    symbols = (len(entry_from) - 1) // len(row)
    for day in range(first, last):
        cell = day * symbols + row[day]
        for entry in range(entry_from[cell], entry_from[cell + 1]):
            heads[demand.entry_row[entry]] += by * demand.entry_factor[entry]


@numba.njit(nogil=True, cache=True)
def filled(
    demand: Demand, heads: Ints, person: int, day: int, symbol: int, by: int, days: int
) -> float:
    """Add one cell to the heads, or take it away (``by`` −1); return what the heads cost more."""
    entry_from = demand.entry_from[demand.kind[person]]
    cell = day * ((len(entry_from) - 1) // days) + symbol
    change = 0.0
    for entry in range(entry_from[cell], entry_from[cell + 1]):
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
    symbols, entry_from = cells.shape[1], demand.entry_from[demand.kind[person]]
    for day in range(first, last):
        for symbol in range(symbols):
            cell = day * symbols + symbol
            for entry in range(entry_from[cell], entry_from[cell + 1]):
                row = demand.entry_row[entry]
                before = price_of_heads(demand, row, heads[row])
                after = price_of_heads(demand, row, heads[row] + demand.entry_factor[entry])
                cells[day, symbol] += after - before


@numba.njit(nogil=True, cache=True)
def total_price(demand: Demand, heads: Ints) -> float:
    """Return what all heads cost."""
    total = 0.0
    for row in range(len(heads)):
        total += price_of_heads(demand, row, heads[row])
    return total
