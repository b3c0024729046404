"""Reading the register of homes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from rukang.errors import NotFoundError
from rukang.homes.records import Home


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


def hold(session: Session, home_id: int) -> None:
    """Keep a home's records from changing under this transaction: another holder waits for it.

    What is read afterwards stays true until the commit. A statement that changes nothing takes the
    row's lock on PostgreSQL and the write lock on SQLite, which knows no ``FOR UPDATE``.
    """
    home = Home.__table__.c
    # Past the session on purpose: nothing changes, so there is nothing for the audit trail.
    session.connection().execute(
        update(Home).where(home.id == home_id).values(capacity=home.capacity)
    )
