"""Recount a roster: the hard rules it breaks, and what it pays for the soft ones.

Independent of any solver: this room knows the problem and the roster only, and shares no expression
with the forms or the models, so that a mistake there shows here. One function a rule, in plain
loops, each saying what it finds in Chinese and English.
"""

from rostering.check.recount import check, cost, cost_items, refuse_other
from rostering.check.rules.fairness import contracts, may_have

__all__ = ["check", "contracts", "cost", "cost_items", "may_have", "refuse_other"]
