"""Keeping 02-人员: residents by code, persons by citizen ID, guardians of the residents listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.database.keep import keep, sealed, settle
from rukang.doors.intake.people.rows import GuardianRow, ResidentRow
from rukang.forms import FromWorkbook
from rukang.numbers import citizen_id, disability_certificate
from rukang.people import Death, Guardian, Person, Resident, Sex, deaths, until


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
    lookups = session.info["vault"].lookups(number)
    query = select(Person).where(Person.citizen_id_lookup.in_(lookups))
    person = session.scalar(query) or known
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
    """Replace the guardians of the residents listed by those of the workbook."""
    intake.session.flush()
    ids = [resident.id for resident in residents.values()]
    query = select(Guardian).where(Guardian.resident_id.in_(ids))
    found = {(g.resident_id, g.name): g for g in intake.session.scalars(query)}
    wanted = {(residents[r.resident].id, r.name): r for r in rows}
    values = {
        (resident, name): {
            "home_id": intake.home_id,
            "resident_id": resident,
            "name": name,
            "relation": row.relation,
            "phone": row.phone,
        }
        for (resident, name), row in wanted.items()
    }
    settle(intake.session, Guardian, found, values)


def _keep_resident(
    intake: FromWorkbook, found: Resident | None, row: ResidentRow, dead: Mapping[int, Death]
) -> Resident:
    session = intake.session
    number = disability_certificate.compact(row.certificate)
    known = found.person if found else None
    before = found.certificate if found else None
    person = keep_person(session, row.citizen_id, row.name, row.sex, known)
    values = {
        "home_id": intake.home_id,
        "person": person,
        "code": row.code,
        "service": row.service,
        "category": int(disability_certificate.category(number)),
        "grade": disability_certificate.grade(number),
        "certificate": sealed(session, before, number, disability_certificate.mask(number)),
        "certificate_to": row.certificate_to,
        "joined_on": row.joined_on,
        "left_on": until(dead, person, row.left_on),
    }
    return keep(session, Resident, found, values)
