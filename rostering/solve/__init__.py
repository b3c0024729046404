"""Solving: a plan by the size of the problem, the ways it chooses from, and a solve under way."""

from rostering.solve.search import UncheckedRosterError
from rostering.solve.solve import solve

__all__ = ["UncheckedRosterError", "solve"]
