"""The parts of a roster problem: frozen values that refuse unknown keys.

Days are numbered from 0; the days before are −1, −2, … (see :class:`History`). Times are minutes.
"""

from rostering.parts.base import Limit, Part
from rostering.parts.days import (
    Choice,
    Fixed,
    Forbidden,
    History,
    Kept,
    Request,
    Unavailable,
)
from rostering.parts.demand import Cover
from rostering.parts.limits import (
    CountLimit,
    Fairness,
    FairOver,
    Measure,
    Pattern,
    PatternKind,
    Reach,
    Rotation,
    RunLimit,
    RunOf,
    WeekendLimit,
)
from rostering.parts.people import Sex, ShiftType, Span, Staff
from rostering.parts.teams import Apart, Company, KeyWorker, Together
from rostering.parts.whole import Parts

__all__ = [
    "Apart",
    "Choice",
    "Company",
    "CountLimit",
    "Cover",
    "FairOver",
    "Fairness",
    "Fixed",
    "Forbidden",
    "History",
    "Kept",
    "KeyWorker",
    "Limit",
    "Measure",
    "Part",
    "Parts",
    "Pattern",
    "PatternKind",
    "Reach",
    "Request",
    "Rotation",
    "RunLimit",
    "RunOf",
    "Sex",
    "ShiftType",
    "Span",
    "Staff",
    "Together",
    "Unavailable",
    "WeekendLimit",
]
