"""When a declared conflict of interest holds, as a condition for queries."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Session

from rukang.base.clock import in_shanghai


def today(session: Session) -> date:
    """Return the day it is in Binzhou by the session's clock."""
    return in_shanghai(session.info["clock"]()).date()


def in_force(interest: Any, email: str, on: date) -> ColumnElement[bool]:
    """Return the condition that a conflict of interest is somebody's and holds on a day."""
    return and_(interest.email == email.lower(), holds(interest, on))


def holds(interest: Any, on: date) -> ColumnElement[bool]:
    """Return the condition that a conflict of interest holds on a day."""
    return and_(interest.held_from <= on, or_(interest.held_to.is_(None), interest.held_to >= on))
