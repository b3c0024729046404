"""Reading the register of homes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from rukang.base.errors import NotFoundError
from rukang.bodies.homes.records import Home


def homes_query() -> Select[tuple[Home]]:
    """Return the query of the homes a session may see, by code."""
    return select(Home).order_by(Home.code)


def list_homes(session: Session) -> Sequence[Home]:
    """Return the homes the session may see, by code."""
    return session.scalars(homes_query()).all()


def find_home(session: Session, code: str) -> Home:
    """Return a home by its code.

    Raises
    ------
    NotFoundError
        If there is none that the session may see.
    """
    home = session.scalar(select(Home).where(Home.code == code))
    if home is None:
        raise NotFoundError(
            f"没有编号为 {code!r} 的机构，请核对编号。",
            f"No home has the code {code!r}; check the code.",
        )
    return home
