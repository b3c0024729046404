"""A death: work, service and contracts end on its day, whenever it is entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from stdnum.exceptions import ValidationError

from rukang.base.database import audit, context
from rukang.base.database.sealing.keys import SessionVault
from rukang.base.database.upsert import sealed
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.homes import lock_home
from rukang.numbers import bank_account
from rukang.people import Death, Person, Resident, Staff
from rukang.work.employment.records import Employment

ENDS: tuple[tuple[type[Any], str], ...] = (
    (Resident, "left_on"),
    (Employment, "ended_on"),
    (Staff, "contract_to"),
)
"""What ends with a life, and the column that says when."""


@dataclass(frozen=True)
class Payee:
    """Who is paid what is owed to somebody who died: name, bank, and account in clear."""

    name: str
    bank: str
    account: str


def death_of(session: Session, person: Person) -> Death | None:
    """Return what is on record of somebody's death, None if nothing is."""
    return session.scalar(select(Death).where(Death.person_id == person.id))


def record_death(session: Session, person: Person, on: date, payee: Payee | None = None) -> Death:
    """Record that somebody died, correct the day, or say who is paid; return the record.

    The session has to see all homes in which the person is known. Everything that would have gone
    on ends on that day; what ended before stays as it is. A payee on record stays if none is given.

    Raises
    ------
    InvalidError
        If the day is to come or before the birth, or the payee's account is none.
    """
    today = context.today(session)
    if not person.born_on <= on <= today:
        raise InvalidError(
            f"去世日期 {on} 不在出生日期和今天（{today}）之间，请核对。",
            f"The day of death {on} is not between birth and today ({today}); check it.",
        )
    death = death_of(session, person)
    if death is None:
        death = Death(person_id=person.id, payee="", bank="", ends={})
        death.account = SessionVault.of(session).seal("", "")
        session.add(death)
    else:
        _restore(session, person, death)
    if payee is not None:
        _set_payee(session, death, payee)
    death.died_on, death.recorded_by = on, context.actor(session)
    death.recorded_at = context.now(session)
    death.ends = _end(session, person, on)
    session.flush()
    return death


def withdraw_death(session: Session, person: Person, reason: str) -> None:
    """Take back a death entered by mistake; what ended with it ends as it did before.

    Raises
    ------
    InvalidError
        If no reason is given.
    ConflictError
        If none is on record.
    """
    if not reason.strip():
        raise InvalidError("请写明撤销去世登记的原因。", "Say why the death is taken back.")
    death = death_of(session, person)
    if death is None:
        raise ConflictError(
            "这个人没有去世登记，不用撤销。",
            "No death of this person is on record, so none can be taken back.",
        )
    _restore(session, person, death)
    session.delete(death)
    audit.note(session, "death_withdrawn", person, {"reason": reason})
    session.flush()


def _set_payee(session: Session, death: Death, payee: Payee) -> None:
    try:
        number = bank_account.validate(payee.account)
    except ValidationError as problem:
        raise InvalidError(
            f"收款人账号不对：{problem}", f"The payee's account is no account: {problem}"
        ) from problem
    if not (payee.name.strip() and payee.bank.strip()):
        raise InvalidError(
            "收款人要写明姓名、开户行和账号。", "A payee has a name, a bank and an account."
        )
    death.payee, death.bank = payee.name.strip(), payee.bank.strip()
    death.account = sealed(session, death.account, number, bank_account.mask(number))


def _end(session: Session, person: Person, on: date) -> dict[str, dict[str, str | None]]:
    """End what would go on, and return how it ended before."""
    before: dict[str, dict[str, str | None]] = {}
    for record, column in _ending(session, person):
        end = getattr(record, column)
        if end is None or end > on:
            own = before.setdefault(record.__tablename__, {})
            own[str(record.id)] = end and end.isoformat()
            setattr(record, column, on)
    return before


def _restore(session: Session, person: Person, death: Death) -> None:
    for record, column in _ending(session, person):
        own = death.ends.get(record.__tablename__, {})
        # An end that somebody moved since is not touched.
        if str(record.id) in own and getattr(record, column) == death.died_on:
            end = own[str(record.id)]
            setattr(record, column, end and date.fromisoformat(end))


def _ending(session: Session, person: Person) -> Iterator[tuple[Any, str]]:
    residents = select(Resident.id).where(Resident.person_id == person.id)
    found = [
        (record, column)
        for kind, column in ENDS
        for record in session.scalars(
            select(kind).where(
                kind.resident_id.in_(residents)
                if kind is Employment
                else kind.person_id == person.id
            )
        )
    ]
    for home_id in sorted({record.home_id for record, _ in found}):
        lock_home(session, home_id)
    yield from found
