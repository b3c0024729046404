"""The dated rule base: every figure with place, day, document and standing.

``Policy.load().value("minimum_wage.monthly", "371681", date(2026, 10, 1))`` walks from the county
to the nation; a figure nobody has is an error, never a guess.
"""

from payroll.policy.lint import Finding, lint
from payroll.policy.lookup import Policy, Resolved
from payroll.policy.overview import Overview, overview
from payroll.policy.parameter import Entry, Name, Parameter, Standing
from payroll.policy.reading import PolicyFileError
from payroll.policy.unknown import Missing, UnknownFigure

__all__ = [
    "Entry",
    "Finding",
    "Missing",
    "Name",
    "Overview",
    "Parameter",
    "Policy",
    "PolicyFileError",
    "Resolved",
    "Standing",
    "UnknownFigure",
    "lint",
    "overview",
]
