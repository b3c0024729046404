"""The number of heads that are missing is whole: a bound that the relaxation alone does not give.

Where people are short, the relaxation leaves a fraction of a head missing, and a head costs more
than anything else. Let U be the sum of missing heads in the relaxation, and L(w) its cost with the
price w of a missing head. For every d ≥ 0 a roster that misses at most ⌊U⌋ costs at least
L(w + d) − d·⌊U⌋, and one that misses more at least L(w − d) + d·⌈U⌉ (Lagrange). The lesser of the
two is a bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rostering.columns.part import Tools
from rostering.columns.relaxation.generate import generate
from rostering.columns.relaxation.master import Master
from rostering.compiled.tables import Bools

FRACTION = 0.01
"""Sums of missing heads as near to a whole number as this gain nothing."""

TRIALS = 6
"""Prices that are tried on either side."""

FARTHER = 4.0
"""By what factor the price goes up where fewer heads are to be missing."""


def branched(tools: Tools, master: Master, cost: float) -> float:
    """Return a bound on all rosters, as high as the cost if it proves that none is cheaper."""
    missing = _dearest(master)
    if not missing.any():
        return -np.inf
    total = master.missing()[missing].sum()
    if abs(total - round(total)) < FRACTION:
        return -np.inf
    side = _Side(tools, master, missing, cost)
    return min(side.fewer(np.floor(total)), side.more(np.ceil(total)))


def _dearest(master: Master) -> Bools:
    """Return which of the heads cost most where they are missing, hard ones aside."""
    demand = master.part.demand
    under = np.where(demand.under < demand.hard, demand.under, 0.0)
    found: Bools = (under > 0) & (under == under.max(initial=0.0))
    return found


@dataclass
class _Side:
    """Relaxations with another price for missing heads; what they find is kept in the master."""

    tools: Tools
    master: Master
    missing: Bools
    cost: float

    def fewer(self, most: float) -> float:
        """Return a bound on rosters that miss at most so many heads."""
        best, more = -np.inf, self.price()
        for _ in range(TRIALS):
            bound, _total = self.relaxed(more)
            best = max(best, bound - more * most)
            if best > self.cost - 1 or self.master.board.is_over():
                break
            more *= FARTHER
        return best

    def more(self, least: float) -> float:
        """Return a bound on rosters that miss at least so many heads; prices are halved in."""
        best, low, high = -np.inf, 0.0, self.price()
        less = high
        for _ in range(TRIALS):
            bound, total = self.relaxed(-less)
            best = max(best, bound + less * least)
            is_enough = best > self.cost - 1 or (less == high and total <= least)
            if is_enough or self.master.board.is_over():
                break
            low, high = (low, less) if total > least else (less, high)
            less = (low + high) / 2
        return best

    def price(self) -> float:
        """Return what a missing head costs."""
        return float(self.master.part.demand.under[self.missing].max())

    def relaxed(self, more: float) -> tuple[float, float]:
        """Return the bound with a price that is so much more, and the sum of missing heads."""
        part, master = self.master.part, self.master
        demand = part.demand
        priced = demand._replace(under=np.where(self.missing, demand.under + more, demand.under))
        other = Master(replace(part, demand=priced), master.board)
        other.add(master.who, master.rows, master.paid)
        found = generate(self.tools, other)
        master.add(other.who, other.rows, other.paid)
        return found.proof.bound, float(other.missing()[self.missing].sum())
