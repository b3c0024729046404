"""Weights of hours or points as the whole numbers that the wage rules share out by."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from payroll import Share, team_shares

LARGEST_WEIGHT = 10**7
"""Of a team in all: hundredths of it are still far below what a share can hold."""


def by_weight(weights: Sequence[Decimal]) -> tuple[Share, ...]:
    """Return each member's share, members in a fixed order; weights have two decimals at most.

    Weights that are whole stay as they are, so that a payslip says 8 of 20 hours.
    """
    decimals = max((-int(weight.normalize().as_tuple().exponent) for weight in weights), default=0)
    scale = 10 ** max(decimals, 0)
    return team_shares([int(weight * scale) for weight in weights])
