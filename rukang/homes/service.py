"""Reading the register of homes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.errors import NotFoundError
from rukang.homes.records import Home


def list_homes(session: Session) -> Sequence[Home]:
    """Return the homes the session may see, by code."""
    return session.scalars(select(Home).order_by(Home.code)).all()


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
            f"没有编号为 {code!r} 的机构，请用 `rukang db show` 查看已登记的机构。",
            f"No home has the code {code!r}; `rukang db show` lists the registered ones.",
        )
    return home
