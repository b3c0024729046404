"""Reading the people of a home, and opening a sealed number with a trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from rukang.base.database import audit
from rukang.base.database.base import Base
from rukang.base.database.sealing.keys import SessionVault
from rukang.base.database.sealing.vault import Sealed
from rukang.base.errors import InvalidError, NotAllowedError, NotFoundError
from rukang.base.papers.cells import display_width
from rukang.bodies.homes.records import Home
from rukang.people.records import Death, Person, Resident, Staff

SHORTEST_REASON = 4
"""Width of a reason (a Chinese character counts two); ``x`` is none."""


def staff_query(home: Home, first: date, last: date) -> Select[tuple[Staff]]:
    """Return the query of the staff under contract on any day of a span (inclusive), by code."""
    return (
        select(Staff)
        .where(Staff.home_id == home.id, Staff.contract_from <= last)
        .where(or_(Staff.contract_to.is_(None), Staff.contract_to >= first))
        .order_by(Staff.code)
    )


def list_staff(session: Session, home: Home, first: date, last: date) -> Sequence[Staff]:
    """Return the staff under contract on any day of a span (inclusive), by code."""
    return session.scalars(staff_query(home, first, last)).all()


def residents_query(home: Home, first: date, last: date) -> Select[tuple[Resident]]:
    """Return the query of the residents served on any day of a span (inclusive), by code."""
    return residents_in(home.id, first, last)


def residents_in(home_id: int, first: date, last: date) -> Select[tuple[Resident]]:
    """Return the same of the home of an id."""
    return (
        select(Resident)
        .where(Resident.home_id == home_id, Resident.joined_on <= last)
        .where(or_(Resident.left_on.is_(None), Resident.left_on >= first))
        .order_by(Resident.code)
    )


def list_residents(session: Session, home: Home, first: date, last: date) -> Sequence[Resident]:
    """Return the residents served on any day of a span (inclusive), by code."""
    return session.scalars(residents_query(home, first, last)).all()


def names_at(session: Session, home_id: int) -> frozenset[str]:
    """Return the names of everybody who is or was registered with a home."""
    of = [
        select(Person.name).join(role, role.person_id == Person.id).where(role.home_id == home_id)
        for role in (Staff, Resident)
    ]
    return frozenset(name for query in of for name in session.scalars(query))


def find_resident(session: Session, home: Home, code: str) -> Resident:
    """Return a resident of a home by code.

    Raises
    ------
    NotFoundError
        If the home has none of that code, or the session may not see the home.
    """
    query = select(Resident).where(Resident.home_id == home.id, Resident.code == code)
    resident = session.scalar(query)
    if resident is None:
        raise NotFoundError(
            f"机构 {home.code} 没有编号为 {code!r} 的入园人员。",
            f"Home {home.code} has no resident of code {code!r}.",
        )
    return resident


def deaths(session: Session) -> dict[int, Death]:
    """Return the deaths on record that the session may see, by the person's id."""
    return {death.person_id: death for death in session.scalars(select(Death))}


def until(known: Mapping[int, Death], person: Person, end: date | None) -> date | None:
    """Return a last day of work, service or contract, which is never beyond a death."""
    death = known.get(person.id)
    return end if death is None else min(end or date.max, death.died_on)


def open_number(session: Session, record: Base, field: str, reason: str) -> str:
    """Return a sealed number in clear and write in the audit trail who read it and why.

    Parameters
    ----------
    field
        ``citizen_id`` of a person, ``number`` of an identifier, ``account`` of an employment.
    reason
        Why it is read, in words that say something to who reads the trail.

    Raises
    ------
    NotAllowedError
        If the session was not opened with the permission to read numbers.
    InvalidError
        If no reason is given.
    NotFoundError
        If the person has no such number.
    """
    if not session.info["opens_numbers"]:
        raise NotAllowedError(
            "查看完整号码（包括写入文件）需要“numbers:read”权限。",
            "Opening a number, also to write it into a document, needs numbers:read.",
        )
    if display_width(reason.strip()) < SHORTEST_REASON:
        raise InvalidError(
            "查看证件号码须写明事由，如“核对银行退回”。",
            f"State a reason for reading a personal number, {SHORTEST_REASON} letters at least.",
        )
    sealed: Sealed | None = getattr(record, field)
    if sealed is None:
        raise NotFoundError(
            "档案中没有这个号码，请先登记。", "The file holds no such number; record it first."
        )
    audit.note(session, "read", record, {"field": field, "reason": reason})
    number: str = SessionVault.of(session).open(sealed)
    return number
