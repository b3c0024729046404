"""Linear expressions as plain dictionaries, which PuLP takes over in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pulp import LpVariable


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
