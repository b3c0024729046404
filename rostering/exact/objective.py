"""What a roster costs: heads off the wanted cover, and refused requests."""

from __future__ import annotations

from pulp import LpAffineExpression, lpSum

from rostering.exact.variables import Variables
from rostering.parts import Request
from rostering.problem import Problem


def objective(problem: Problem, v: Variables) -> LpAffineExpression:
    """Return the cost of a roster, constants included."""
    return cover_cost(problem, v) + request_cost(problem, v)


def cover_cost(problem: Problem, v: Variables) -> LpAffineExpression:
    """Price every head below and above the wanted cover."""
    return lpSum(
        item.under_weight * v.under[number] + item.over_weight * v.over[number]
        for number, item in enumerate(problem.cover)
    )


def request_cost(problem: Problem, v: Variables) -> LpAffineExpression:
    """Price every request that is refused."""
    return lpSum(item.weight * _refused(problem, v, item) for item in problem.requests)


def _refused(problem: Problem, v: Variables, item: Request) -> LpAffineExpression:
    asked = frozenset(problem.shift_by_id) if item.shift is None else frozenset({item.shift})
    worked = v.shifts(item.staff, item.day, asked)
    return 1 - worked if item.wanted else worked
