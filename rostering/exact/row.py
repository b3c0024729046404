"""Linear expressions, and rows that remember which rule they state and what breaking it costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from pulp import LpAffineExpression, LpConstraint, LpConstraintEQ, LpConstraintLE, LpVariable

from rostering.rule import Rule


@dataclass(frozen=True)
class Linear:
    """A constant and whole multiples of variables. Not to be changed: expressions are shared."""

    terms: dict[LpVariable, int]
    constant: int = 0


ONE = Linear({}, 1)
ZERO = Linear({})


def total(parts: Iterable[Linear | tuple[int, Linear]]) -> Linear:
    """Return the sum of expressions, each with a factor if one is given."""
    terms: dict[LpVariable, int] = {}
    constant = 0
    for part in parts:
        factor, linear = part if isinstance(part, tuple) else (1, part)
        constant += factor * linear.constant
        for variable, many in linear.terms.items():
            terms[variable] = terms.get(variable, 0) + factor * many
    return Linear({variable: many for variable, many in terms.items() if many}, constant)


@dataclass(frozen=True)
class Breach:
    """A rule that a row states; each started ``unit`` costs ``weight``, None makes it hard.

    Parameters
    ----------
    prices
        What units cost where the row has to be relaxed: units up to a number, and the price of
        each; None for all that are left. Prices rise. Empty for the price of the rule.
    """

    rule: Rule
    weight: int | None
    unit: int = 1
    prices: tuple[tuple[int | None, int], ...] = ()


@dataclass(frozen=True)
class Row:
    """A sum of variables that is at most, or equal to, a number.

    Parameters
    ----------
    over, under
        What it is to be above and below; None where it cannot give way. Only an equality has
        ``under``. A row with neither ties variables together.
    """

    terms: dict[LpVariable, int]
    sense: Literal["<=", "=="]
    rhs: int
    over: Breach | None = None
    under: Breach | None = None

    @property
    def is_idle(self) -> bool:
        """Return whether the row holds whatever the variables are, all of them 0 or 1."""
        most = sum(many for many in self.terms.values() if many > 0)
        return self.sense == "<=" and most <= self.rhs

    def constraint(self) -> LpConstraint:
        """Return the row for the solver."""
        sense = LpConstraintLE if self.sense == "<=" else LpConstraintEQ
        return LpConstraint(LpAffineExpression(self.terms), sense, rhs=self.rhs)

    def relaxed(self, slack: LpVariable, breach: Breach) -> Row:
        """Return the row that may be broken by units of a slack."""
        sign = -1 if breach is self.over else 1
        return replace(self, terms={**self.terms, slack: sign * breach.unit})

    def units(self, values: dict[LpVariable, int], breach: Breach) -> int:
        """Return by how many started units some values break the row."""
        above = sum(many * values[x] for x, many in self.terms.items()) - self.rhs
        return max(0, -(-(above if breach is self.over else -above) // breach.unit))


def at_most(linear: Linear, limit: int, over: Breach | None = None) -> Row:
    """Return the row that keeps an expression at or below a limit."""
    return Row(linear.terms, "<=", limit - linear.constant, over)


def at_least(linear: Linear, limit: int, under: Breach | None = None) -> Row:
    """Return the row that keeps an expression at or above a limit."""
    return at_most(total([(-1, linear)]), -limit, under)


def equal(
    linear: Linear, value: int, under: Breach | None = None, over: Breach | None = None
) -> Row:
    """Return the row that keeps an expression at a value."""
    return Row(linear.terms, "==", value - linear.constant, over, under)
