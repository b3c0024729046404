"""Conditions on columns that hold the first and the last day of a span; none is an open end.

:mod:`rukang.base.spans` says the same of values.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_


def holds(first: Any, last: Any, on: date) -> ColumnElement[bool]:
    """Return the condition that a span takes in a day."""
    return overlap(first, last, on, on)


def overlap(first: Any, last: Any, from_: Any, to: date | None) -> ColumnElement[bool]:
    """Return the condition that a span shares a day with another one."""
    begun = () if to is None else (first <= to,)
    return and_(*begun, or_(last.is_(None), last >= from_))
