"""An open database, and sessions that see only what their caller may."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from rukang.access.caller import SYSTEM, Caller, Permission
from rukang.access.scope import keep_to
from rukang.clock import Clock, utc_now
from rukang.database import audit
from rukang.database.engine import make_engine
from rukang.database.vault import Vault

OPENING = {Permission.NUMBERS_READ, Permission.EVERYTHING}
"""Permissions under which a session may open sealed numbers."""


@dataclass(frozen=True)
class Database:
    """An open database with the keys of its sealed numbers.

    Parameters
    ----------
    url
        SQLAlchemy URL; ``sqlite:///file`` or ``postgresql+psycopg://…``.
    vault
        Seals and opens personal numbers.
    clock
        The moment written into records and audit entries.
    """

    url: str
    vault: Vault
    clock: Clock = utc_now
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "engine", make_engine(self.url))

    @contextmanager
    def session(
        self, caller: Caller = SYSTEM, permission: Permission = Permission.EVERYTHING
    ) -> Iterator[Session]:
        """Yield a session limited to what the caller may see under a permission.

        One transaction: committed when the block ends, rolled back when it raises.
        """
        with Session(self.engine, expire_on_commit=False) as session:
            session.info.update(
                actor=caller.name,
                clock=self.clock,
                vault=self.vault,
                opens_numbers=permission in OPENING,
            )
            audit.follow(session)
            keep_to(session, caller.scope(permission))
            with session.begin():
                yield session

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()
