from .changes import Change, changes
from .check import Rule, Violation, check, cost
from .days import refuse_day
from .parts import Inspector, Prices, VisitHome
from .planner import plan, replan
from .problem import PlanProblem
from .result import LeftOut, Plan, Progress, Reason, Status, Visit, Words
from .travel import Place

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
