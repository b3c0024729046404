"""The dated rule base: every figure with place, day, document and standing.

``Policy.load().value("minimum_wage.monthly", "371681", date(2026, 10, 1))`` walks from the county
to the nation; a figure nobody has is an error, never a guess.
"""

from payroll.policy.lint import Finding, lint
from payroll.policy.local import LocalFigure
from payroll.policy.looks.difference import Change, difference
from payroll.policy.looks.overview import Overview, overview
from payroll.policy.looks.stale import Stale, stale
from payroll.policy.lookup import Policy, Resolved
from payroll.policy.parameter import Entry, Name, Parameter, Standing
from payroll.policy.reading import PolicyFileError
from payroll.policy.supply import supply
from payroll.policy.unknown import Missing, UnknownFigure

__all__ = [
    "Change",
    "Entry",
    "Finding",
    "LocalFigure",
    "Missing",
    "Name",
    "Overview",
    "Parameter",
    "Policy",
    "PolicyFileError",
    "Resolved",
    "Stale",
    "Standing",
    "UnknownFigure",
    "difference",
    "lint",
    "overview",
    "stale",
    "supply",
]
