"""How many trips inspectors can make among themselves."""

from __future__ import annotations

from datetime import date

from rukang.engines.visits.remaining import Remaining, by_week

Group = frozenset[str]
"""Codes of inspectors."""


def meeting_days(remaining: Remaining, group: Group, days: frozenset[date]) -> frozenset[date]:
    """Return the days on which two of a group are at hand."""
    return frozenset(day for day in days if _heads(remaining, group, day) > 1)


def most_trips(remaining: Remaining, group: Group, days: frozenset[date]) -> int:
    """Return how many trips a group can make on some days at most.

    On a day they are half of those at hand, in a week half the days that the group can give, and no
    more than all but one of them can give: each trip needs one of these.
    """
    total = 0
    for week, found in by_week(days).items():
        on_days = sum(_heads(remaining, group, day) // 2 for day in found)
        gives = [remaining.days_left[code].get(week, 0) for code in group]
        total += min(on_days, sum(gives) // 2, sum(gives) - max(gives, default=0))
    return total


def _heads(remaining: Remaining, group: Group, day: date) -> int:
    return sum(day in remaining.present[code] for code in group)
