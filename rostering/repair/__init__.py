"""Mend a roster that is already known: recommend, exchange, repair.

Everything is recounted by :mod:`rostering.check` and :mod:`rostering.cost`; nothing is estimated.
"""

from rostering.repair.recommend import Recommendation, recommend
from rostering.repair.repair import Repair, repair
from rostering.repair.swap import Swap, swap

__all__ = ["Recommendation", "Repair", "Swap", "recommend", "repair", "swap"]
