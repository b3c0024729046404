"""Say in Chinese and English why: what a result means, what a cell is for, and what collides."""

from rostering.changes import Sentence
from rostering.explain.conflict import Conflict, Statement, Verdict, conflict, conflicts
from rostering.explain.costs import CostTables, cost_by, costs
from rostering.explain.result import explain
from rostering.explain.why import Alternative, Why, why

__all__ = [
    "Alternative",
    "Conflict",
    "CostTables",
    "Sentence",
    "Statement",
    "Verdict",
    "Why",
    "conflict",
    "conflicts",
    "cost_by",
    "costs",
    "explain",
    "why",
]
