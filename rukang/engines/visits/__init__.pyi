from .asked.days import refuse_day
from .asked.parts import Inspector, Prices, VisitHome
from .asked.problem import PlanProblem
from .asked.travel import Place
from .changes import Change, changes
from .check import Rule, Violation, check, cost
from .planner import plan, replan
from .result import LeftOut, Plan, Progress, Reason, Status, Visit, Words

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
