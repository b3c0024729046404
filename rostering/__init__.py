"""The roster engine: a problem in, a checked and explained roster out.

Start with :func:`read` or :class:`Problem`, then :func:`solve`, :func:`check`, :func:`explain`.
The rules and the mathematics are in docs/rostering.md.
"""

from rostering.check import check, cost, cost_items
from rostering.explain import Sentence, costs, explain, shortages
from rostering.parts import Cover, Fixed, History, Request, ShiftType, Staff, Unavailable
from rostering.problem import PayClass, Problem
from rostering.read import NrpError, read, read_nrp, read_workbook, write_workbook
from rostering.references import Fault, ProblemError
from rostering.result import Progress, Result, Status
from rostering.roster import Roster, RosterForm
from rostering.rule import Rule
from rostering.solve import UncheckedRosterError, solve
from rostering.violation import CostItem, Violation

__all__ = [
    "CostItem",
    "Cover",
    "Fault",
    "Fixed",
    "History",
    "NrpError",
    "PayClass",
    "Problem",
    "ProblemError",
    "Progress",
    "Request",
    "Result",
    "Roster",
    "RosterForm",
    "Rule",
    "Sentence",
    "ShiftType",
    "Staff",
    "Status",
    "Unavailable",
    "UncheckedRosterError",
    "Violation",
    "check",
    "cost",
    "cost_items",
    "costs",
    "explain",
    "read",
    "read_nrp",
    "read_workbook",
    "shortages",
    "solve",
    "write_workbook",
]
