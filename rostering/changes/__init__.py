"""Changed cells of a roster, and what they bring: rules broken and mended, and the cost."""

from rostering.changes.cells import Cell, Change, changed, changes_between
from rostering.changes.difference import Count, Difference, difference, recount
from rostering.sentence import Sentence

__all__ = [
    "Cell",
    "Change",
    "Count",
    "Difference",
    "Sentence",
    "changed",
    "changes_between",
    "difference",
    "recount",
]
