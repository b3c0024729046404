"""When a declared conflict of interest holds, as a condition for queries."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_

from rukang.base.database import spans


def in_force(interest: Any, email: str, on: date) -> ColumnElement[bool]:
    """Return the condition that a conflict of interest is somebody's and holds on a day."""
    return and_(interest.email == email.lower(), holds(interest, on))


def holds(interest: Any, on: date) -> ColumnElement[bool]:
    """Return the condition that a conflict of interest holds on a day."""
    return spans.holds(interest.held_from, interest.held_to, on)
