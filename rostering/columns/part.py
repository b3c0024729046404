"""A part of a roster that is solved again while the rest stays: some people, some days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numba
import numpy as np

from rostering.compiled.cheapest.paths import Multipliers, Scratch, multipliers, scratch
from rostering.compiled.demand import Demand, count, price_of_heads
from rostering.compiled.judge import judge
from rostering.compiled.tables import Bools, Ints, Rows


class Tools(NamedTuple):
    """What compiled code works with; one for every thread."""

    rows: Rows
    demand: Demand
    work: Scratch
    multiplier: Multipliers


def tools(rows: Rows, demand: Demand) -> Tools:
    """Return tools of one's own: tables that searches write to are copied."""
    own = rows._replace(
        is_active=rows.is_active.copy(),
        is_told=rows.is_told.copy(),
        sight=rows.sight.copy(),
        in_class=rows.in_class.copy(),
    )
    return Tools(own, demand, scratch(own), multipliers(own))


@dataclass(frozen=True, eq=False)
class Part:
    """Some people on days ``first`` … ``last − 1``; all else is as in ``roster``.

    Parameters
    ----------
    people
        Numbers of the people.
    demand
        The heads, with those that the rest of the roster fills as known.
    touched
        Rows of heads that the part can change.
    settled
        What the other rows of heads cost, and the people outside.
    """

    people: Ints
    first: int
    last: int
    roster: Ints
    demand: Demand
    touched: Ints
    settled: float


def part_of(tools: Tools, roster: Ints, people: Ints, first: int, last: int) -> Part:
    """Return the part of a roster that some people on some days make up."""
    rows, demand = tools.rows, tools.demand
    heads = demand.base.copy()
    inside = np.zeros(len(roster), np.bool_)
    inside[people] = True
    outside = _fill(rows, demand, roster, inside, first, last, heads)
    touched = _touched(demand, inside, first, last, roster.shape[1])
    others = np.setdiff1d(np.arange(len(heads)), touched)
    settled = outside + sum(price_of_heads(demand, row, heads[row]) for row in others)
    return Part(
        people.astype(np.int32),
        first,
        last,
        roster,
        demand._replace(base=heads),
        touched,
        settled,
    )


@numba.njit(nogil=True, cache=True)
def _fill(
    rows: Rows, demand: Demand, roster: Ints, inside: Bools, first: int, last: int, heads: Ints
) -> float:
    """Count the heads that the rest fills; return what the people outside pay by themselves."""
    days = roster.shape[1]
    paid = 0.0
    for person in range(len(roster)):
        if inside[person]:
            count(demand, heads, person, roster[person], 0, first, 1)
            count(demand, heads, person, roster[person], last, days, 1)
        else:
            count(demand, heads, person, roster[person], 0, days, 1)
            paid += judge(rows, person, roster[person])
    return paid


@numba.njit(nogil=True, cache=True)
def _touched(demand: Demand, inside: Bools, first: int, last: int, days: int) -> Ints:
    symbols = (demand.entry_from.shape[1] - 1) // days
    hit = np.zeros(len(demand.low), np.bool_)
    for person in np.flatnonzero(inside):
        entry_from = demand.entry_from[demand.kind[person]]
        for entry in range(entry_from[first * symbols], entry_from[last * symbols]):
            hit[demand.entry_row[entry]] = True
    return np.flatnonzero(hit).astype(np.int32)


@numba.njit(nogil=True, cache=True)
def cost_of(rows: Rows, demand: Demand, roster: Ints) -> float:
    """Return what a roster costs; infinite if somebody's row breaks a hard rule of their own."""
    heads = demand.base.copy()
    total = 0.0
    for person in range(len(roster)):
        count(demand, heads, person, roster[person], 0, roster.shape[1], 1)
        total += judge(rows, person, roster[person])
    for row in range(len(heads)):
        total += price_of_heads(demand, row, heads[row])
    return total
