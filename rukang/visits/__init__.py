"""Visits: which two inspectors go to which home on which day.

Values in, values out; nothing here reads a database or a clock. The usual way: a `PlanProblem`,
`plan`, `check`, `replan` when something changes, then day sheets and calendar files.
"""

from rukang.visits.changes import Change, changes
from rukang.visits.check import Rule, Violation, check, cost
from rukang.visits.days import refuse_day
from rukang.visits.parts import Inspector, Prices, VisitHome
from rukang.visits.planner import plan, replan
from rukang.visits.problem import PlanProblem
from rukang.visits.result import LeftOut, Plan, Progress, Reason, Status, Visit, Words
from rukang.visits.travel import Place

__all__ = [
    "Change",
    "Inspector",
    "LeftOut",
    "Place",
    "Plan",
    "PlanProblem",
    "Prices",
    "Progress",
    "Reason",
    "Rule",
    "Status",
    "Violation",
    "Visit",
    "VisitHome",
    "Words",
    "changes",
    "check",
    "cost",
    "plan",
    "refuse_day",
    "replan",
]
