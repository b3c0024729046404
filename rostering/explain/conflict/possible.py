"""Ask the exact model whether any roster keeps the rules of a problem."""

from __future__ import annotations

from dataclasses import replace

from rostering.exact.adapter import run
from rostering.exact.controls import Answer, Controls, End
from rostering.exact.model import hard
from rostering.problem import Problem


def is_possible(problem: Problem, seconds: float, seed: int = 0) -> bool | None:
    """Return whether a roster keeps every hard rule; None if that is not known in time."""
    return told(ask(problem, Controls(seconds, seed=seed)))


def ask(problem: Problem, controls: Controls) -> Answer:
    """Run the exact model until it knows of any roster that keeps every hard rule."""
    return run(hard(problem).program, replace(controls, content_after=0.0), "highs")


def told(answer: Answer) -> bool | None:
    """Return whether there is a roster as the model answered; None if it did not come to know."""
    if answer.end is End.INFEASIBLE:
        return False
    return True if answer.has_values else None
