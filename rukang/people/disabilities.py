"""How a person's disability is assessed, from a day on, with the certificate that says so.

A later assessment ends the earlier one on the day before; days before it keep what was so.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from rukang.base.database.sealing.keys import SessionVault
from rukang.base.database.sealing.vault import Sealed
from rukang.base.database.upsert import sealed
from rukang.base.errors import InvalidError, NotFoundError
from rukang.numbers import disability_certificate
from rukang.people.identifiers import require_free, require_order, seal_number
from rukang.people.records import Disability, Identifier, IdentifierKind, Person

CATEGORIES, GRADES = range(1, 8), range(1, 5)
"""Digits of a certificate (:mod:`rukang.numbers.disability_certificate`)."""


def record_certificate(
    session: Session,
    person: Person,
    number: str,
    valid_from: date,
    *,
    valid_to: date | None = None,
    issuer: str = "",
) -> Disability:
    """Record a disability certificate from a day on; category and grade are read from its number.

    A certificate that stands already gets its new days.

    Raises
    ------
    InvalidError
        If it is no certificate's number, or begins with another citizen ID than the person's.
    ConflictError
        If another file holds it.
    """
    require_order(valid_from, valid_to)
    number_sealed = seal_number(session, IdentifierKind.CERTIFICATE, number)
    _require_own(session, person, number)
    standing = person.disability_on(valid_from)
    if standing is not None and _names(session, standing.certificate, number):
        return upsert_certificate(session, person, number, valid_to, valid_from)
    require_free(session, IdentifierKind.CERTIFICATE, number)
    certificate = Identifier(
        kind=IdentifierKind.CERTIFICATE,
        number=number_sealed,
        issuer=issuer,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return _stand(session, person, *read_of(number), certificate, valid_from)


def record_assessment(
    session: Session, person: Person, category: int, grade: int, valid_from: date
) -> Disability:
    """Record an assessment that led to no certificate yet, from a day on.

    Raises
    ------
    InvalidError
        If there is no such category or grade.
    """
    if category not in CATEGORIES or grade not in GRADES:
        raise InvalidError(
            f"残疾类别为 1 至 7，等级为 1 至 4，现为 {category} 类 {grade} 级。",
            f"Categories are 1 to 7 and grades 1 to 4, not {category} and {grade}.",
        )
    return _stand(session, person, category, grade, None, valid_from)


def end_disability(session: Session, disability: Disability, on: date) -> None:
    """Let a disability end with a day, as where the certificate is cancelled (注销) the day after.

    Raises
    ------
    InvalidError
        If the day is before its first.
    """
    require_order(disability.valid_from, on)
    disability.valid_to = on
    if disability.certificate is not None:
        disability.certificate.withdrawn_on = on + timedelta(days=1)
    session.flush()


def upsert_certificate(
    session: Session,
    person: Person,
    number: str,
    valid_to: date | None,
    first: date,
    *,
    corrects: bool = False,
) -> Disability:
    """Make a certificate the one that stands on a day, as a register of that month states it.

    Where nothing was known it stands for earlier days too; the same number gets its new last day;
    another one stands from ``first`` on.

    Parameters
    ----------
    number
        A valid one that belongs to the person.
    first
        The first day of the register's month.
    corrects
        The number on record was wrong: the new one takes its place for all of its days.
    """
    standing = person.disability_on(first)
    if standing is None and not person.disabilities:
        return _stand(session, person, *read_of(number), _certificate(session, number, valid_to))
    if standing is None:
        made = _certificate(session, number, valid_to)
        return _stand(session, person, *read_of(number), made, first)
    if _names(session, standing.certificate, number):
        return _prolonged(standing, valid_to)
    if corrects or standing.valid_from == first:
        return _corrected(session, standing, number, valid_to)
    made = _certificate(session, number, valid_to)
    return _stand(session, person, *read_of(number), made, first)


def certificate_of(person: Person, day: date) -> Identifier:
    """Return the certificate of the disability that stands on a day.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    standing = person.disability_on(day)
    if standing is None or standing.certificate is None:
        raise NotFoundError(f"{day} 没有残疾人证在册。", f"No certificate is on record for {day}.")
    return standing.certificate


def read_of(number: str) -> tuple[int, int]:
    """Return category and grade, as a certificate's number states them."""
    return int(disability_certificate.category(number)), disability_certificate.grade(number)


def _names(session: Session, certificate: Identifier | None, number: str) -> bool:
    lookups = SessionVault.of(session).lookups(disability_certificate.compact(number))
    return certificate is not None and certificate.number.lookup in lookups


def _prolonged(standing: Disability, valid_to: date | None) -> Disability:
    if standing.certificate is not None and standing.certificate.valid_to != valid_to:
        standing.certificate.valid_to = valid_to
    return standing


def _corrected(
    session: Session, standing: Disability, number: str, valid_to: date | None
) -> Disability:
    standing.category, standing.grade = read_of(number)
    if standing.certificate is None:
        standing.certificate = _certificate(session, number, valid_to)
        standing.certificate.person = standing.person
    else:
        standing.certificate.number = _sealed(session, standing.certificate.number, number)
        standing.certificate.valid_to = valid_to
    return standing


def _certificate(session: Session, number: str, valid_to: date | None) -> Identifier:
    number_sealed = _sealed(session, None, number)
    return Identifier(
        kind=IdentifierKind.CERTIFICATE, number=number_sealed, issuer="", valid_to=valid_to
    )


def _sealed(session: Session, before: Sealed | None, number: str) -> Sealed:
    compact = disability_certificate.compact(number)
    return sealed(session, before, compact, disability_certificate.mask(compact))


def _stand(
    session: Session,
    person: Person,
    category: int,
    grade: int,
    certificate: Identifier | None,
    first: date | None = None,
) -> Disability:
    """Let an assessment stand from a day on, up to the next one on record."""
    made = Disability(category=category, grade=grade, valid_from=first)
    if first is not None:
        made.valid_to = _give_way(person, first)
    if certificate is not None:
        made.certificate = certificate
        person.identifiers.append(certificate)
        if made.valid_to is not None:
            certificate.withdrawn_on = made.valid_to + timedelta(days=1)
    person.disabilities.append(made)
    session.flush()
    return made


def _give_way(person: Person, first: date) -> date | None:
    """End what stands on a day on the day before; return the last day that is left free."""
    begins = (one.valid_from for one in person.disabilities)
    later = [begin for begin in begins if begin is not None and begin > first]
    standing = person.disability_on(first)
    if standing is not None:
        standing.valid_to = first - timedelta(days=1)
        if standing.certificate is not None and standing.certificate.withdrawn_on is None:
            standing.certificate.withdrawn_on = first
    return min(later) - timedelta(days=1) if later else None


def _require_own(session: Session, person: Person, number: str) -> None:
    """Raise unless a certificate's number begins with the person's citizen ID."""
    holder = disability_certificate.citizen_id(number)
    own = person.citizen_id
    if own is None or own.lookup not in SessionVault.of(session).lookups(holder):
        raise InvalidError(
            f"残疾人证号应以本人的身份证号开头，档案中是 {own or '（无）'}；"
            "请核对，或先登记身份证号。",
            "A certificate's number begins with its holder's citizen ID, on file:"
            f" {own or '(none)'}; check it, or record the citizen ID first.",
        )
