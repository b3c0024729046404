"""Reading the people of a home, and opening a sealed number with a trace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from rukang.database import audit
from rukang.database.base import Base
from rukang.database.vault import Sealed
from rukang.errors import InvalidError, NotAllowedError, NotFoundError
from rukang.homes.records import Home
from rukang.people.records import Resident, Staff


def list_staff(session: Session, home: Home, first: date, last: date) -> Sequence[Staff]:
    """Return the staff under contract on any day of a span (inclusive), by code."""
    return session.scalars(
        select(Staff)
        .where(Staff.home_id == home.id, Staff.contract_from <= last)
        .where(or_(Staff.contract_to.is_(None), Staff.contract_to >= first))
        .order_by(Staff.code)
    ).all()


def list_residents(session: Session, home: Home, first: date, last: date) -> Sequence[Resident]:
    """Return the residents served on any day of a span (inclusive), by code."""
    return session.scalars(
        select(Resident)
        .where(Resident.home_id == home.id, Resident.joined_on <= last)
        .where(or_(Resident.left_on.is_(None), Resident.left_on >= first))
        .order_by(Resident.code)
    ).all()


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


def open_number(session: Session, record: Base, field: str, reason: str) -> str:
    """Return a sealed number in clear and write in the audit trail who read it and why.

    Parameters
    ----------
    field
        ``citizen_id`` of a person, ``certificate`` of a resident, ``account`` of an employment.
    reason
        Why it is read, in words; never empty.

    Raises
    ------
    NotAllowedError
        If the session was not opened with the permission to read numbers.
    InvalidError
        If no reason is given.
    """
    if not session.info["opens_numbers"]:
        raise NotAllowedError(
            "查看完整号码（包括写入文件）需要“numbers:read”权限。",
            "Opening a number, also to write it into a document, needs numbers:read.",
        )
    if not reason.strip():
        raise InvalidError(
            "查看证件号码须写明事由。", "State a reason for reading a personal number."
        )
    sealed: Sealed = getattr(record, field)
    audit.note(session, "read", record, {"field": field, "reason": reason})
    number: str = session.info["vault"].open(sealed)
    return number
