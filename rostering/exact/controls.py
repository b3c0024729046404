"""What every solver is told, and what it answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

TOLERANCE = 1e-6
"""Solvers tell values and bounds within this of the truth."""

WHOLE_STEP = 0.999
"""Costs are whole, so a roster less than one dearer than the bound is optimal."""


class End(Enum):
    """How a run ended."""

    FINISHED = auto()
    INFEASIBLE = auto()
    LIMIT = auto()
    CANCELLED = auto()


@dataclass(frozen=True)
class Answer:
    """How a run ended, whether the variables hold a solution, and the least possible objective.

    Parameters
    ----------
    nodes
        Of branch and bound that it took.
    """

    end: End
    has_values: bool
    bound: int | None
    nodes: int = 0


@dataclass(frozen=True)
class Controls:
    """What a run is told.

    Parameters
    ----------
    time_limit
        Seconds; infinite for no limit.
    gap
        Relative gap at which to stop; 0 proves the optimum.
    threads
        None leaves the number to the solver.
    nodes
        Of branch and bound at most; None for any number.
    content_after
        Seconds, or nodes where these are limited, after which any solution will do (HiGHS only).
    on_progress
        Called with the best objective and the bound so far.
    start
        Values of a known solution, of some variables at least.
    """

    time_limit: float
    gap: float = 0.0
    seed: int = 0
    threads: int | None = None
    nodes: int | None = None
    content_after: float = math.inf
    on_progress: Callable[[int | None, int | None], None] | None = None
    cancel: Callable[[], bool] | None = None
    start: Mapping[Any, int] = field(default_factory=dict)


def rounded_up(bound: float) -> int | None:
    """Return the least whole cost that a bound allows, or None for no bound."""
    return math.ceil(bound - TOLERANCE * max(1.0, abs(bound))) if math.isfinite(bound) else None
