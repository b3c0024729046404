"""Rows that follow from limits of minutes because shifts are whole.

A week of 40 hours holds five shifts of 450 minutes, not the 5.33 of the linear relaxation. Dividing
a row by the length of a shift and rounding says so (Chvátal–Gomory); the solver finds such cuts
by itself too, but usually later.

References
----------
V. Chvátal (1973). Edmonds polytopes and a hierarchy of combinatorial problems. Discrete
Mathematics 4(4), 305-337. https://doi.org/10.1016/0012-365X(73)90167-2
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pulp import lpSum

from rostering.exact.row import Row
from rostering.rule import Rule

MINUTES = frozenset({Rule.MIN_MINUTES, Rule.MAX_MINUTES, Rule.WEEK_MINUTES})


def rounded(rows: Iterable[Row]) -> Iterator[Row]:
    """Return the rounded rows of all limits of minutes, one for each length of a shift.

    They hold only while the limits do, so they have no place in an elastic model.
    """
    for row in rows:
        if row.rule in MINUTES:
            yield from _divided(row)


def _divided(row: Row) -> Iterator[Row]:
    rhs = row.rhs - int(row.expression.constant)
    lengths = {variable: int(length) for variable, length in row.expression.items()}
    for divisor in sorted(set(lengths.values()) - {0}):
        if row.sense == "<=":
            total = lpSum(length // divisor * x for x, length in lengths.items())
            yield Row(None, row.staff, row.day, total, "<=", rhs // divisor)
        else:
            total = lpSum(-(-length // divisor) * x for x, length in lengths.items())
            yield Row(None, row.staff, row.day, total, ">=", -(-rhs // divisor))
