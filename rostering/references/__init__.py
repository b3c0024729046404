"""What can be wrong between the parts of a problem: names, days, doubles, limits, clocks."""

from rostering.references.all import faults
from rostering.references.fault import Fault, ProblemError

__all__ = ["Fault", "ProblemError", "faults"]
