"""What callers read of wages, people and ratings, written in the audit trail.

By the permission under which a session is opened, not endpoint by endpoint: a new page or route is
followed by itself. One entry for a session: who read, of what, how many, in which homes; the record
and its person where it is a single one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from rukang.base.access.caller import SYSTEM, caller_in
from rukang.base.access.roles import Permission
from rukang.base.database import audit

OF_PERMISSION: dict[Permission, Sequence[str]] = {
    Permission.PAY_READ: ("payslip", "pay_run"),
    Permission.OWN_PAY: ("payslip",),
    Permission.OWN_DAYS: ("attendance_day", "worked_shift"),
    Permission.PEOPLE_READ: ("resident", "staff", "person"),
    Permission.PERSON_ANSWER: ("person", "resident", "staff"),
    Permission.RATING_READ: ("evidence", "sheet_answer", "inspection_sheet", "rating"),
}
"""Tables whose reading is written down, by permission; the first of them that was read is named.

Not the register of stars, which is public, and not what a session reads to change something: the
change has an entry of its own.
"""


OF_COMMANDS = [
    *OF_PERMISSION[Permission.PAY_READ],
    *OF_PERMISSION[Permission.RATING_READ],
    *OF_PERMISSION[Permission.PEOPLE_READ],
]
"""What an account reads by command, under no permission in particular."""


def follow(session: Session, permission: Permission) -> None:
    """Write an entry of what the session reads under a permission, when it ends well.

    To be called before the trail itself follows the session. The installation itself is followed
    by nobody; of a command that changes or notes something, that entry is enough.
    """
    by_command = permission is Permission.EVERYTHING and caller_in(session) != SYSTEM
    tables = OF_COMMANDS if by_command else OF_PERMISSION.get(permission)
    if tables is None:
        return
    read = _Read(tables)

    @event.listens_for(session, "loaded_as_persistent")
    def tally(_: Session, record: Any) -> None:
        read.tally(record)

    @event.listens_for(session, "before_commit")
    def tell(_: Session) -> None:
        if session.in_nested_transaction() or not read.seen:
            return
        session.flush()
        if not (by_command and session.info["trail"]):
            read.tell(session)


class _Read:
    """What a session has read so far: the ids with their homes, and a record of each table."""

    def __init__(self, tables: Sequence[str]) -> None:
        self._tables = tables
        self.seen: dict[str, dict[int, int | None]] = {}
        self._one: dict[str, Any] = {}

    def tally(self, record: Any) -> None:
        """Count a record if its table is one of those that are followed."""
        if (table := record.__tablename__) in self._tables:
            self.seen.setdefault(table, {})[record.id] = _home(record)
            self._one[table] = record

    def tell(self, session: Session) -> None:
        """Write the entry, of the first table that was read."""
        table = next(table for table in self._tables if table in self.seen)
        ids, one = self.seen[table], self._one[table]
        self.seen, self._one = {}, {}
        homes = sorted({home for home in ids.values() if home is not None})
        said = {"read": table, "count": len(ids), "homes": homes}
        if len(ids) == 1:
            audit.note(session, "view", one, said)
        else:
            audit.note_many(session, "view", table, said)


def _home(record: Any) -> int | None:
    home: int | None = record.__dict__.get("home_id")
    return home
