"""Limits on what lies within any run of weeks: how days are relaxed in the first stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations_with_replacement

import pulp

from rukang.engines.visits.remaining import Week, week_of

Span = tuple[Week, Week]
"""A first and a last week."""


def span(days: frozenset[date]) -> Span:
    """Return the first and last week of some days."""
    return week_of(min(days)), week_of(max(days))


def runs(
    spans: list[tuple[Span, pulp.LpVariable]], most: Mapping[Week, int]
) -> Iterator[pulp.LpConstraint]:
    """Limit, for every run of weeks, what lies within it."""
    for first, last in combinations_with_replacement(sorted(most), 2):
        within = [variable for (start, end), variable in spans if first <= start and end <= last]
        limit = sum(count for week, count in most.items() if first <= week <= last)
        if len(within) > limit:
            yield pulp.lpSum(within) <= limit
