"""A person's file: identifiers, disability, guardians and consents, as it is answered."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import BeforeValidator
from sqlalchemy.orm import Session

from api.access import PeopleWrite
from api.fields import HomeCode, PersonCode, View
from rukang.people import (
    Basis,
    Consent,
    Disability,
    Guardian,
    Identifier,
    IdentifierKind,
    Person,
    Purpose,
    Sex,
    consents_of,
    guardians_of,
)
from rukang.people.acts import FILE

router = APIRouter(tags=["people"])


class IdentifierView(View):
    """A number of a document, masked."""

    id: int
    kind: IdentifierKind
    number: Annotated[str, BeforeValidator(str)]
    issuer: str
    valid_from: date | None
    valid_to: date | None
    withdrawn_on: date | None


class DisabilityView(View):
    """An assessment and how long it stands; the certificate is one of the identifiers."""

    id: int
    category: int
    grade: int
    certificate_id: int | None
    valid_from: date | None
    valid_to: date | None


class GuardianView(View):
    """A guardian, with the article of 民法典 that the basis rests on."""

    id: int
    name: str
    relation: str
    phone: str
    basis: Basis
    article: int | None
    valid_from: date | None
    valid_to: date | None


class ConsentView(View):
    """A consent; it counts until the day before it was withdrawn."""

    id: int
    purpose: Purpose
    told_to: str
    paper: str
    given_on: date
    guardian_id: int | None
    withdrawn_on: date | None


class FileView(View):
    """A person's file."""

    person_id: int
    name: str
    sex: Sex
    born_on: date
    identifiers: list[IdentifierView]
    disabilities: list[DisabilityView]
    guardians: list[GuardianView]
    consents: list[ConsentView]

    @classmethod
    def of(cls, session: Session, person: Person) -> FileView:
        """Return the file of a person."""
        return cls(
            person_id=person.id,
            name=person.name,
            sex=person.sex,
            born_on=person.born_on,
            identifiers=[IdentifierView.model_validate(one) for one in person.identifiers],
            disabilities=[DisabilityView.model_validate(one) for one in person.disabilities],
            guardians=[GuardianView.model_validate(one) for one in guardians_of(session, person)],
            consents=[ConsentView.model_validate(one) for one in consents_of(session, person)],
        )

    @classmethod
    def around(
        cls, session: Session, entry: Identifier | Disability | Guardian | Consent
    ) -> FileView:
        """Return the file that an entry is in."""
        return cls.of(session, session.get_one(Person, entry.person_id))


@router.get(FILE.path, summary="个人档案 A person's file")
def show_file(code: HomeCode, person_code: PersonCode, session: PeopleWrite) -> FileView:
    """Return identifiers (masked), disability, guardians and consents, ended ones too."""
    keys = {"code": code, "person_code": person_code}
    return FileView.of(session, FILE.found(session, keys))
