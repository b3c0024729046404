"""Spans of days, both ends included; one without a last day is open.

:mod:`rukang.base.database.spans` asks a database the same.
"""

from __future__ import annotations

from datetime import date


def holds(first: date, last: date | None, on: date) -> bool:
    """Return whether a span takes in a day."""
    return first <= on and (last is None or on <= last)


def overlap(first: date, last: date | None, from_: date, to: date | None) -> bool:
    """Return whether two spans share a day."""
    return max(first, from_) <= min(last or date.max, to or date.max)
