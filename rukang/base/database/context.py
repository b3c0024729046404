"""What a session knows of the moment it works in: when, and who.

:meth:`rukang.base.access.session.Database.session` puts it there once; everybody else asks here,
so that no service takes as an argument what its session already knows.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from rukang.base.clock import Clock, in_shanghai

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def now(session: Session) -> datetime:
    """Return the present moment in UTC by the session's clock."""
    return cast("Clock", session.info["clock"])()


def today(session: Session) -> date:
    """Return the day it is in Binzhou by the session's clock."""
    return in_shanghai(now(session)).date()


def actor(session: Session) -> str:
    """Return the name under which the session acts: an account's email, or the installation's."""
    return cast("str", session.info["actor"])


def as_actor(session: Session, name: str) -> Session:
    """Let somebody else act in a session from now on, and return it.

    For the invented people of the demo and of tests, many of whom act within one transaction;
    whoever signs in has a session of their own. What the session may see stays as it was.
    """
    session.flush()  # what is pending is the doing of who acted so far
    session.info["actor"] = name
    return session
