"""Parts of a roster to take out and solve again while the rest stays."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rostering.problem import Problem

CELLS = 200
"""Cells of one part: few enough that the exact model solves it in a second or two."""

Cells = frozenset[tuple[str, int]]


def is_large(problem: Problem) -> bool:
    """Return whether parts are enough smaller than the whole to be worth taking out."""
    return len(problem.staff) * problem.days > 2 * CELLS


def neighbourhoods(problem: Problem, seed: int) -> Iterator[Cells]:
    """Yield parts without end: everybody for some days in a row, then some people for all days.

    The first mend cover, day by day; the second share out hours and nights anew.
    """
    rng = np.random.default_rng(seed)
    people = [person.id for person in problem.staff]
    width = min(problem.days, max(3, CELLS // max(1, len(people))))
    group = min(len(people), max(2, CELLS // problem.days))
    while True:
        first = int(rng.integers(problem.days - width + 1))
        yield frozenset((name, day) for name in people for day in range(first, first + width))
        chosen = rng.choice(len(people), size=group, replace=False)
        yield frozenset((people[n], day) for n in chosen for day in range(problem.days))
