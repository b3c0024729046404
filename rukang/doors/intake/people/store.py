"""Keeping 02-人员: residents by code, persons by citizen ID, guardians of the residents listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.clock import days_of_month
from rukang.base.database.keep import keep, sealed
from rukang.doors.intake.people.rows import GuardianRow, ResidentRow
from rukang.forms import FromWorkbook
from rukang.numbers import citizen_id
from rukang.people import (
    Basis,
    Death,
    Guardian,
    IdentifierKind,
    Person,
    Resident,
    Sex,
    deaths,
    holder_of,
    keep_certificate,
    until,
)


def keep_person(
    session: Session, number: str, name: str, sex: Sex, known: Person | None = None
) -> Person:
    """Return the person of a citizen ID, changed or new.

    Parameters
    ----------
    known
        Whose number is corrected, if nobody has the new one.
    """
    number = citizen_id.compact(number)
    person = holder_of(session, IdentifierKind.CITIZEN_ID, number) or known
    before = person.citizen_id if person else None
    values = {
        "name": name,
        "sex": sex,
        "born_on": citizen_id.birth_date(number),
        "citizen_id": sealed(session, before, number, citizen_id.mask(number)),
    }
    return keep(session, Person, person, values)


def keep_residents(intake: FromWorkbook, rows: Iterable[ResidentRow]) -> dict[str, Resident]:
    """Keep residents and return them by code."""
    found, dead = residents_of(intake), deaths(intake.session)
    return {row.code: _keep_resident(intake, found.get(row.code), row, dead) for row in rows}


def residents_of(intake: FromWorkbook) -> dict[str, Resident]:
    """Return every resident of the home, by code."""
    query = select(Resident).where(Resident.home_id == intake.home_id)
    return {resident.code: resident for resident in intake.session.scalars(query)}


def keep_guardians(
    intake: FromWorkbook, rows: Iterable[GuardianRow], residents: dict[str, Resident]
) -> None:
    """Replace whom to call about the residents listed by those of the workbook.

    A guardian whose basis is stated stays, and gets the relation and telephone of the workbook.
    """
    session = intake.session
    session.flush()
    last = days_of_month(intake.month)[-1]
    people = [resident.person_id for resident in residents.values()]
    query = select(Guardian).where(Guardian.person_id.in_(people)).order_by(Guardian.id)
    found = [one for one in session.scalars(query) if one.stands_on(last)]
    wanted = {(residents[row.resident].person_id, row.name): row for row in rows}
    for one in sorted(found, key=lambda one: one.basis is Basis.UNKNOWN):
        row = wanted.pop((one.person_id, one.name), None)
        if row is not None:
            keep(session, Guardian, one, {"relation": row.relation, "phone": row.phone})
        elif one.basis is Basis.UNKNOWN:
            session.delete(one)
    for (person, name), row in wanted.items():
        new = {"person_id": person, "name": name, "relation": row.relation, "phone": row.phone}
        keep(session, Guardian, None, new)


def _keep_resident(
    intake: FromWorkbook, found: Resident | None, row: ResidentRow, dead: Mapping[int, Death]
) -> Resident:
    session = intake.session
    known = found.person if found else None
    before = known.citizen_id if known else None
    person = keep_person(session, row.citizen_id, row.name, row.sex, known)
    keep_certificate(
        session,
        person,
        row.certificate,
        row.certificate_to,
        intake.month,
        corrects=row.joined_on >= intake.month or person.citizen_id != before,
    )
    values = {
        "home_id": intake.home_id,
        "person": person,
        "code": row.code,
        "service": row.service,
        "joined_on": row.joined_on,
        "left_on": until(dead, person, row.left_on),
    }
    return keep(session, Resident, found, values)
