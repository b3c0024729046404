"""How a person stands: what is held on them, what has to be kept, what was asked to be erased."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rostering.sheets.masking import masked
from rukang.base.access import Caller, Database, Permission
from rukang.base.access.caller import SYSTEM, caller_in
from rukang.base.database import context
from rukang.base.database.audit import AuditEntry
from rukang.base.database.sealing.person_keys import PersonKeys
from rukang.bodies.homes import Home
from rukang.doors.privacy.erase import due_on
from rukang.doors.privacy.export import records_of
from rukang.doors.privacy.retention import Kept, Period, kept_for
from rukang.people import Person, files_of, find_person, names_of, require_whole


@dataclass(frozen=True)
class Asked:
    """The record of an erasure: ``kept`` says why it waits, ``due_on`` until when at least."""

    person_id: int
    person: str
    asked_by: str
    asked_at: datetime
    reason: str
    due_on: date
    done_at: datetime | None
    kept: tuple[Kept, ...]

    def is_due(self, today: date) -> bool:
        """Return whether its day has come and it is not done yet."""
        known = all(one.until is not None for one in self.kept)
        return self.done_at is None and known and self.due_on <= today


@dataclass(frozen=True)
class Standing:
    """What is held on a person, by table; why and until when it is kept; whether erasure was asked.

    ``free_on`` is the first day on which nothing has to be kept, none while that is not known.
    """

    person_id: int
    held: dict[str, int]
    kept: tuple[Kept, ...]
    free_on: date | None
    asked: Asked | None


def whole_person(
    session: Session,
    database: Database,
    home: Home,
    code: str,
    permission: Permission = Permission.PERSON_ANSWER,
) -> tuple[Database, int]:
    """Return a person of a home for whom the caller may act, and the database to do it with.

    It acts in the caller's name and sees the person in whichever home: what is kept elsewhere
    counts too.

    Raises
    ------
    NotFoundError
        If the home has nobody of that code that the session may see.
    NotAllowedError
        If homes that are not the caller's hold records on the person too.
    """
    person = find_person(session, f"{home.code}/{code}")
    require_whole(session, person, permission)
    caller = caller_in(session)
    return database.acting_as(Caller(caller.name, SYSTEM.grants)), person.id


def standing_of(
    session: Session, keys: PersonKeys, person_id: int, periods: Mapping[str, Period]
) -> Standing:
    """Return how a person stands, as a session sees it that sees every home."""
    person = session.get_one(Person, person_id)
    held = {kind.__tablename__: len(found) for kind, found in records_of(session, person).items()}
    files = files_of(session, person_id)
    trail = select(func.count(AuditEntry.id)).where(AuditEntry.person_id.in_(files))
    held["audit_entry"] = session.scalar(trail) or 0
    kept = kept_for(session, person, periods)
    known = all(one.until is not None for one in kept)
    record = keys.erasure_of(person_id)
    return Standing(
        person_id,
        {name: count for name, count in held.items() if count},
        tuple(kept),
        due_on(kept, context.today(session)) if known else None,
        _asked(record, names_of(session, [person_id])[person_id]) if record else None,
    )


def erasures(session: Session, keys: PersonKeys) -> list[Asked]:
    """Return the erasures asked for, of people whom the session may see, oldest first."""
    records = keys.erasures()
    names = names_of(session, [record["person_id"] for record in records])
    return [_asked(one, names[one["person_id"]]) for one in records if one["person_id"] in names]


def _asked(record: Mapping[str, Any], person: str) -> Asked:
    return Asked(
        person_id=record["person_id"],
        person=person,
        asked_by=record["asked_by"],
        asked_at=record["asked_at"],
        reason=masked(record["reason"]),
        due_on=record["due_on"],
        done_at=record["done_at"],
        kept=tuple(
            Kept(one["kind"], _day(one["until"]), one["zh"], one["en"]) for one in record["kept"]
        ),
    )


def _day(written: str) -> date | None:
    return None if written == str(None) else date.fromisoformat(written)
