"""The roster engine: a problem in, a checked and explained roster out.

Start with :func:`read` or :class:`Problem`, then :func:`solve`, :func:`check`, :func:`explain`.
The rules and the mathematics are in docs/rostering.md.
"""

from rostering.changes import Change, Difference
from rostering.check import check, cost, cost_items
from rostering.explain import (
    Conflict,
    CostTables,
    Sentence,
    Statement,
    Verdict,
    Why,
    conflict,
    conflicts,
    cost_by,
    costs,
    explain,
    shortages,
    why,
)
from rostering.fairness import Balance, FairnessReport, PaidMinutes, Share, fairness
from rostering.parts import Cover, Fixed, History, Request, ShiftType, Staff, Unavailable
from rostering.problem import PayClass, Problem
from rostering.read import NrpError, read, read_nrp, read_workbook, write_workbook
from rostering.references import Fault, ProblemError
from rostering.repair import Recommendation, Repair, Swap, recommend, repair, swap
from rostering.result import Progress, Result, Status
from rostering.roster import Roster, RosterForm
from rostering.rule import Rule
from rostering.solve import UncheckedRosterError, solve
from rostering.violation import CostItem, Violation

__all__ = [
    "Balance",
    "Change",
    "Conflict",
    "CostItem",
    "CostTables",
    "Cover",
    "Difference",
    "FairnessReport",
    "Fault",
    "Fixed",
    "History",
    "NrpError",
    "PaidMinutes",
    "PayClass",
    "Problem",
    "ProblemError",
    "Progress",
    "Recommendation",
    "Repair",
    "Request",
    "Result",
    "Roster",
    "RosterForm",
    "Rule",
    "Sentence",
    "Share",
    "ShiftType",
    "Staff",
    "Statement",
    "Status",
    "Swap",
    "Unavailable",
    "UncheckedRosterError",
    "Verdict",
    "Violation",
    "Why",
    "check",
    "conflict",
    "conflicts",
    "cost",
    "cost_by",
    "cost_items",
    "costs",
    "explain",
    "fairness",
    "read",
    "read_nrp",
    "read_workbook",
    "recommend",
    "repair",
    "shortages",
    "solve",
    "swap",
    "why",
    "write_workbook",
]
