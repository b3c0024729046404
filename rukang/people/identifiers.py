"""Giving a person an identifier, finding who holds a number, and withdrawing one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session
from stdnum.exceptions import ValidationError

from rukang.base.database.sealing.keys import SessionVault
from rukang.base.database.sealing.vault import Sealed
from rukang.base.errors import ConflictError, InvalidError
from rukang.base.words import words_of
from rukang.numbers import citizen_id, disability_certificate
from rukang.numbers.text import hide, tidy
from rukang.people.records import Identifier, IdentifierKind, Person

OTHER = re.compile(r"[A-Z0-9]{4,30}")
"""What a number of another document looks like; its check digits are not known here."""


def holder_of(session: Session, kind: IdentifierKind, number: str) -> Person | None:
    """Return who holds a number that was not withdrawn; None if nobody does that may be seen."""
    held = select(Person).join(Identifier, Identifier.person_id == Person.id)
    return session.scalar(held.where(*_held(session, kind, number)))


def seal_number(session: Session, kind: IdentifierKind, number: str) -> Sealed:
    """Return a number of a document sealed, with its mask.

    Raises
    ------
    InvalidError
        If no such document has such a number.
    """
    validate, mask = NUMBERS.get(kind, (_validate_other, hide_middle))
    try:
        compact = validate(number)
    except ValidationError as error:
        words = words_of(error)
        raise InvalidError(f"{words.zh}。", f"{words.en}.") from error
    return SessionVault.of(session).seal(compact, mask(compact))


def add_identifier(
    session: Session,
    person: Person,
    kind: IdentifierKind,
    number: str,
    *,
    issuer: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Identifier:
    """Give a person a number of a document; a disability certificate comes with the disability.

    Raises
    ------
    InvalidError
        If no such document has such a number, its days are turned round, a citizen ID states
        another birth, or it is a disability certificate.
    ConflictError
        If somebody holds the number, or the person holds a citizen ID already.
    """
    if kind is IdentifierKind.CERTIFICATE:
        raise InvalidError(
            "残疾人证请在“残疾状况”中登记，类别和等级由号码得出。",
            "Record a disability certificate with the disability: its number says what it is.",
        )
    require_order(valid_from, valid_to)
    sealed = seal_number(session, kind, number)
    if kind is IdentifierKind.CITIZEN_ID:
        _require_own_citizen_id(person, number)
    require_free(session, kind, number)
    made = Identifier(
        kind=kind, number=sealed, issuer=issuer, valid_from=valid_from, valid_to=valid_to
    )
    person.identifiers.append(made)
    session.flush()
    return made


def withdraw_identifier(session: Session, identifier: Identifier, on: date) -> None:
    """Let a number name nobody from a day on: replaced, cancelled, or somebody else's.

    Raises
    ------
    ConflictError
        If it was withdrawn before.
    """
    if identifier.withdrawn_on is not None:
        raise ConflictError(
            f"这个号码已在 {identifier.withdrawn_on} 注销。",
            f"This number was withdrawn on {identifier.withdrawn_on}.",
        )
    identifier.withdrawn_on = on
    session.flush()


def require_free(session: Session, kind: IdentifierKind, number: str) -> None:
    """Raise if somebody holds a number, whoever may see them.

    Raises
    ------
    ConflictError
        Not saying who it is.
    """
    held = select(Identifier.__table__.c.id).where(*_held(session, kind, number))
    # Of the connection, which is not narrowed to what the caller may see.
    if session.connection().execute(held).first() is not None:
        raise ConflictError(
            f"这个{kind}号码已在另一份档案中；如果是同一人，请残联干部或管理员合并两份档案。",
            "Another file holds this number; if it is the same person, an officer or administrator"
            " merges the two files.",
        )


def require_order(first: date | None, last: date | None) -> None:
    """Raise if a document ends before it begins.

    Raises
    ------
    InvalidError
        Naming both days.
    """
    if first is not None and last is not None and last < first:
        raise InvalidError(
            f"有效期止 {last} 早于有效期起 {first}，请核对两个日期。",
            f"It is valid to {last}, before it is valid from, {first}; check both.",
        )


def hide_middle(number: str) -> str:
    """Return a number with its first two and last two characters only."""
    return hide(number, 2, 2)


def _validate_other(number: str) -> str:
    compact = tidy(number)
    if OTHER.fullmatch(compact) is None:
        raise ValidationError(
            "证件号码应为 4 至 30 位字母或数字 / a number has 4 to 30 letters or digits"
        )
    return compact


Number = tuple[Callable[[str], str], Callable[[str], str]]

NUMBERS: dict[IdentifierKind, Number] = {
    IdentifierKind.CITIZEN_ID: (citizen_id.validate, citizen_id.mask),
    IdentifierKind.CERTIFICATE: (
        disability_certificate.validate,
        disability_certificate.mask,
    ),
}
"""How a number is checked and masked, of the kinds whose rules are known."""


def _held(session: Session, kind: IdentifierKind, number: str) -> tuple[ColumnElement[bool], ...]:
    columns = Identifier.__table__.c
    return (
        columns.kind == kind,
        columns.number_lookup.in_(SessionVault.of(session).lookups(tidy(number))),
        columns.withdrawn_on.is_(None),
    )


def _require_own_citizen_id(person: Person, number: str) -> None:
    if person.citizen_id is not None:
        raise ConflictError(
            "此人已有居民身份证号；如原号码有误，请先注销再登记。",
            "They hold a citizen ID; if it is wrong, withdraw it first.",
        )
    if citizen_id.birth_date(number) != person.born_on:
        raise InvalidError(
            f"身份证号中的出生日期与档案中的 {person.born_on} 不同，请核对。",
            f"The citizen ID states another birth than the file, {person.born_on}; check both.",
        )
