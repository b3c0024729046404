"""What a person's row adds up: totals and blocks of days, merged where they add up the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import gcd, inf
from typing import Any

import numpy as np
import numpy.typing as npt

from rostering.compiled.automata.watch import BlockWatch
from rostering.forms import Ends, Total

Prices = npt.NDArray[np.float64]


@dataclass
class Segment:
    """Days over which a slot adds up, and what each sum costs.

    Parameters
    ----------
    is_capped
        Whether there are sums beyond the last, which cost the same.
    """

    first: int
    last: int
    prices: Prices
    is_capped: bool


@dataclass
class Slot:
    """Something a row adds up.

    Parameters
    ----------
    amounts
        Day → what each symbol adds, in units of the slot; missing days add nothing.
    bit
        Which counted block instead, or −1.
    """

    amounts: dict[int, tuple[int, ...]] = field(default_factory=dict)
    bit: int = -1
    segments: list[Segment] = field(default_factory=list)

    @property
    def top(self) -> int:
        """Return the largest sum told apart in any segment."""
        return max(len(segment.prices) for segment in self.segments) - 1

    @property
    def is_capped(self) -> bool:
        """Return whether the largest sum told apart stands for larger ones too."""
        return any(segment.is_capped for segment in self.segments)


def slots(
    totals: Sequence[Total], ends: Sequence[Ends], watches: Sequence[BlockWatch]
) -> list[Slot]:
    """Return the slots of a person.

    Totals of the same amounts share a slot, their prices added; totals of days that do not meet
    (weeks) share one as segments.
    """
    found = [_slot_of_totals(group) for group in _alike(totals)]
    merged = _chained(sorted((s for s in found if s), key=lambda slot: slot.segments[0].first))
    for bit, watch in enumerate(watches):
        matching = [form for form in ends if BlockWatch.of(form) == watch]
        merged.append(Slot(bit=bit, segments=[_segment_of_ends(matching)]))
    return merged


def _alike(totals: Sequence[Total]) -> Iterable[list[Total]]:
    groups: dict[object, list[Total]] = {}
    for total in totals:
        rows = total.amounts
        key = rows[0].tobytes() if _is_even(rows) else rows.tobytes()
        groups.setdefault((total.days, total.base, key), []).append(total)
    return groups.values()


def _is_even(amounts: npt.NDArray[Any]) -> bool:
    """Return whether all days add alike, as they do where one row is broadcast."""
    return len(amounts) > 0 and (amounts.strides[0] == 0 or bool((amounts == amounts[0]).all()))


def _slot_of_totals(group: list[Total]) -> Slot | None:
    first = group[0]
    rows = first.amounts
    even = _is_even(rows)
    if not rows.any():  # the history alone decides
        prices = sum((_price(t, np.array([first.base])) for t in group), np.zeros(1))
        return Slot(segments=[_segment(0, 0, prices)]) if prices.any() else None
    scale = gcd(*map(int, np.unique(rows[:1] if even else rows)))
    most = int(rows[0].max()) * len(first.days) if even else int(rows.max(axis=1).sum())
    sums = first.base + scale * np.arange(most // scale + 1)
    prices = sum((_price(t, sums) for t in group), np.zeros(len(sums)))
    if not prices.any():
        return None
    shared = tuple(map(int, rows[0] // scale))
    amounts = {
        day: shared if even else tuple(map(int, rows[number] // scale))
        for number, day in enumerate(first.days)
    }
    return Slot(amounts, segments=[_segment(first.days[0], first.days[-1], prices)])


def _price(total: Total, sums: npt.NDArray[np.int64]) -> Prices:
    short = np.maximum(0, total.low - sums) if total.low is not None else np.zeros(len(sums))
    over = np.maximum(0, sums - total.high) if total.high is not None else np.zeros(len(sums))
    units = -(-(short + over) // total.unit)
    return np.where(units > 0, inf if total.weight is None else total.weight * units, 0.0)


def _segment(first: int, last: int, prices: Prices) -> Segment:
    """Return a segment without the equal prices at the end, of which one is enough."""
    changes = np.flatnonzero(prices != prices[-1])
    told = changes[-1] + 2 if len(changes) else 1
    return Segment(first, last, prices[:told], told < len(prices))


def _segment_of_ends(forms: Sequence[Ends]) -> Segment:
    first = forms[0]
    counts = len(first.worked) + np.arange(len(first.blocks) - len(first.worked) + 1)
    prices = np.zeros(len(counts))
    for form in forms:
        over = np.maximum(0, form.base + counts - form.most)
        prices += np.where(over > 0, inf if form.weight is None else form.weight * over, 0.0)
    last = first.blocks[-1][-1] if first.blocks else 0
    return _segment(0, last, prices)


def _chained(ordered: list[Slot]) -> list[Slot]:
    """Join slots whose days do not meet, so that weeks follow each other in one slot."""
    joined: list[Slot] = []
    for slot in ordered:
        for earlier in joined:
            if earlier.segments[-1].last < slot.segments[0].first:
                earlier.amounts |= slot.amounts
                earlier.segments += slot.segments
                break
        else:
            joined.append(slot)
    return joined
