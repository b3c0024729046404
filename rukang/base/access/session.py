"""An open database, and sessions that see only what their caller may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from rukang.base.access import readings
from rukang.base.access.caller import SYSTEM, Caller
from rukang.base.access.roles import Permission
from rukang.base.access.scope import keep_to
from rukang.base.calendar import Calendar
from rukang.base.clock import Clock, utc_now
from rukang.base.database import audit
from rukang.base.database.engine import make_engine
from rukang.base.database.sealing.keys import SessionVault
from rukang.base.database.sealing.person_keys import PersonKeys, place_of
from rukang.base.database.sealing.vault import Vault

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
    calendar
        Tells the working calendar of the installation; asked anew whenever a day is looked at.
    person_keys_url
        Where the keys of single persons lie; apart from the database if not given
        (:func:`rukang.base.database.sealing.person_keys.place_of`).
    caller
        Whose sessions are those of which nobody else is named; ``system`` is the installation
        itself (its migrations, its backups, its first account) and nobody's work.
    """

    url: str
    vault: Vault
    clock: Clock = utc_now
    calendar: Callable[[], Calendar] = Calendar
    person_keys_url: str | None = None
    caller: Caller = SYSTEM
    engine: Engine = field(init=False)
    person_keys: PersonKeys = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "engine", make_engine(self.url))
        place = self.person_keys_url or place_of(self.url)
        object.__setattr__(self, "person_keys", PersonKeys(place))

    @contextmanager
    def session(
        self, caller: Caller | None = None, permission: Permission = Permission.EVERYTHING
    ) -> Iterator[Session]:
        """Yield a session limited to what the caller may see under a permission.

        One transaction: committed when the block ends, rolled back when it raises.
        """
        caller = caller or self.caller
        with Session(self.engine, expire_on_commit=False) as session:
            session.info.update(
                actor=caller.name,
                caller=caller,
                clock=self.clock,
                calendar=self.calendar,
                vault=SessionVault(session, self.vault),
                person_keys=self.person_keys,
                opens_numbers=permission in OPENING,
            )
            readings.follow(session, permission)
            audit.follow(session)
            keep_to(session, caller, permission)
            with session.begin():
                yield session

    def acting_as(self, caller: Caller) -> Database:
        """Return this open database for somebody else, on the same connections."""
        other = copy(self)
        object.__setattr__(other, "caller", caller)
        return other

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()
        self.person_keys.close()
