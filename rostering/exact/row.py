"""A row of the model that remembers which rule it states, for whom and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pulp import LpAffineExpression, LpConstraint

from rostering.rule import Rule


@dataclass(frozen=True)
class Row:
    """``expression`` ``sense`` ``rhs``; a row without a rule only ties variables together."""

    rule: Rule | None
    staff: str | None
    day: int | None
    expression: LpAffineExpression
    sense: Literal["<=", ">=", "=="]
    rhs: int

    def constraint(self, slack: LpAffineExpression | int = 0) -> LpConstraint:
        """Return the row for the solver, relaxed by ``slack``."""
        match self.sense:
            case "<=":
                return self.expression - slack <= self.rhs
            case ">=":
                return self.expression + slack >= self.rhs
            case "==":
                return self.expression == self.rhs
