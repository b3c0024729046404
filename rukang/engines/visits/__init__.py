"""Visits: which two inspectors go to which home on which day.

Values in, values out; nothing here reads a database or a clock. The usual way: a `PlanProblem`,
`plan`, `check`, `replan` when something changes, then day sheets and calendar files.
"""

from rostering.lazily import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
