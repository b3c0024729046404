"""Ask the exact model whether any roster keeps the rules of a problem."""

from __future__ import annotations

from rostering.exact.adapter import run
from rostering.exact.controls import Controls, End
from rostering.exact.model import hard
from rostering.problem import Problem


def is_possible(problem: Problem, seconds: float, seed: int = 0) -> bool | None:
    """Return whether a roster keeps every hard rule; None if that is not known in time."""
    answer = run(hard(problem).program, Controls(seconds, seed=seed, content_after=0.0), "highs")
    if answer.end is End.INFEASIBLE:
        return False
    return True if answer.has_values else None
