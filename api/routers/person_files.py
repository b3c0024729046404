"""A person's file: identifiers, disability, guardians and consents; each entered, each ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, status
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy.orm import Session

from api.access import PeopleWrite
from api.fields import HomeCode, PersonCode, RecordId, View
from api.routers.persons import PERSON
from api.routers.register import DayOrBlank, none_if_blank
from rukang.base.database.base import Base
from rukang.base.database.find import find_in
from rukang.base.errors import ConflictError, InvalidError, NotFoundError
from rukang.bodies.homes import find_home
from rukang.doors.privacy import find_person
from rukang.forms.kinds import Day, Words
from rukang.people import (
    GONE,
    Basis,
    Consent,
    Disability,
    Guardian,
    Identifier,
    IdentifierKind,
    Person,
    Purpose,
    Sex,
    add_guardian,
    add_identifier,
    consents_of,
    end_disability,
    end_guardian,
    give_consent,
    guardians_of,
    record_assessment,
    record_certificate,
    withdraw_consent,
    withdraw_identifier,
)

router = APIRouter(tags=["people"])

FILE = f"{PERSON}/file"

Entry = Annotated[
    str,
    Path(
        pattern=r"^\w{1,20}$",
        description="identifiers、disabilities、guardians 或 consents; the part of the file",
        examples=["identifiers"],
    ),
]


PerhapsId = Annotated[
    Annotated[int, Field(ge=1, le=2**31 - 1)] | None, BeforeValidator(none_if_blank)
]
Named = Annotated[Words, Field(min_length=1, max_length=60)]
Short = Annotated[Words, Field(max_length=60)]


class Given(BaseModel):
    """What is entered into a person's file."""

    model_config = ConfigDict(extra="forbid")

    def enter(self, session: Session, person: Person) -> None:
        """Enter it."""
        raise NotImplementedError


class NumberGiven(Given):
    """A number of a document; a disability certificate is entered with the disability."""

    kind: IdentifierKind
    number: Annotated[Words, Field(min_length=1, max_length=40, examples=["E12345678"])]
    issuer: Short = ""
    valid_from: DayOrBlank = None
    valid_to: DayOrBlank = None

    def enter(self, session: Session, person: Person) -> None:
        """Give the person the number."""
        add_identifier(session, person, **self.model_dump())


class CertificateGiven(Given):
    """A disability certificate and the day it counts from; its number says category and grade."""

    number: Annotated[Words, Field(min_length=1, max_length=40)]
    valid_from: Day
    valid_to: DayOrBlank = None
    issuer: Short = ""

    def enter(self, session: Session, person: Person) -> None:
        """Let it stand from its day on."""
        record_certificate(session, person, **self.model_dump())


class AssessmentGiven(Given):
    """An assessment that led to no certificate yet."""

    category: Annotated[int, Field(ge=1, le=7)]
    grade: Annotated[int, Field(ge=1, le=4)]
    valid_from: Day

    def enter(self, session: Session, person: Person) -> None:
        """Let it stand from its day on."""
        record_assessment(session, person, **self.model_dump())


class GuardianGiven(Given):
    """A guardian and the basis; ``person`` names the guardian's own file, if there is one."""

    name: Named
    relation: Annotated[Words, Field(min_length=1, max_length=20)]
    phone: Annotated[Words, Field(max_length=20, pattern=r"^[0-9-]*$")] = ""
    basis: Basis
    valid_from: Day
    valid_to: DayOrBlank = None
    person: Annotated[Words, Field(max_length=41, pattern=r"^[\w/-]*$")] = ""

    def enter(self, session: Session, person: Person) -> None:
        """Record the guardian."""
        guardian = find_person(session, self.person) if self.person else None
        add_guardian(session, person, guardian=guardian, **self.model_dump(exclude={"person"}))


class ConsentGiven(Given):
    """A consent for one purpose; ``guardian_id`` is empty where the person gave it."""

    purpose: Purpose
    on: Day
    guardian_id: PerhapsId = None
    told_to: Annotated[Words, Field(max_length=100)] = ""
    paper: Annotated[Words, Field(max_length=200)] = ""

    def enter(self, session: Session, person: Person) -> None:
        """Record the consent."""
        guardian = None
        if self.guardian_id is not None:
            known = {one.id: one for one in guardians_of(session, person)}
            guardian = known.get(self.guardian_id)
            if guardian is None:
                raise InvalidError(
                    f"编号 {self.guardian_id} 不是此人的监护人，请从档案中选择。",
                    f"{self.guardian_id} is no guardian of theirs; choose one from the file.",
                )
        rest = self.model_dump(exclude={"guardian_id"})
        give_consent(session, person, guardian=guardian, **rest)


class Until(BaseModel):
    """The day an entry ends: the last one of a guardian or disability, else the first without."""

    model_config = ConfigDict(extra="forbid")

    on: Day


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


ENDS: dict[str, tuple[type[Base], Callable[[Session, Any, date], None], str, str]] = {
    "identifiers": (Identifier, withdraw_identifier, "证件号码", "number"),
    "disabilities": (Disability, end_disability, "残疾评定", "assessment"),
    "guardians": (Guardian, end_guardian, "监护人", "guardian"),
    "consents": (Consent, withdraw_consent, "同意", "consent"),
}
"""What kind of entry ends by what, and what it is called."""


def file_of(session: Session, code: str, person_code: str) -> Person:
    """Return the person of a home whose file it is.

    Raises
    ------
    ConflictError
        If the person is erased.
    """
    person = find_person(session, f"{find_home(session, code).code}/{person_code}")
    if person.name == GONE:
        raise ConflictError(
            "此人的信息已删除，档案不再登记。", "The person is erased; nothing is entered any more."
        )
    return person


def enter(session: Session, code: str, person_code: str, given: Given) -> Person:
    """Enter something into a person's file and return the person."""
    person = file_of(session, code, person_code)
    given.enter(session, person)
    return person


def end(session: Session, code: str, person_code: str, entry: str, record: int, on: date) -> Person:
    """End an entry of a person's file and return the person."""
    person = file_of(session, code, person_code)
    if entry not in ENDS:
        raise NotFoundError("档案没有这个部分。", "The file has no such part.")
    kind, finish, zh, en = ENDS[entry]
    theirs = kind.__table__.c.person_id == person.id
    finish(session, find_in(session, kind, theirs, record, zh, en), on)
    return person


@router.get(FILE, summary="个人档案 A person's file")
def show_file(code: HomeCode, person_code: PersonCode, session: PeopleWrite) -> FileView:
    """Return identifiers (masked), disability, guardians and consents, ended ones too."""
    return FileView.of(session, file_of(session, code, person_code))


@router.post(
    f"{FILE}/identifiers",
    summary="登记证件号码 Enter a number",
    status_code=status.HTTP_201_CREATED,
)
def enter_number(
    code: HomeCode, person_code: PersonCode, given: NumberGiven, session: PeopleWrite
) -> FileView:
    """Give the person a number of a document, which nobody else holds."""
    return FileView.of(session, enter(session, code, person_code, given))


@router.post(
    f"{FILE}/certificates",
    summary="登记残疾人证 Enter a certificate",
    status_code=status.HTTP_201_CREATED,
)
def enter_certificate(
    code: HomeCode, person_code: PersonCode, given: CertificateGiven, session: PeopleWrite
) -> FileView:
    """Let a certificate stand from a day on; days before it keep what was so."""
    return FileView.of(session, enter(session, code, person_code, given))


@router.post(
    f"{FILE}/assessments",
    summary="登记残疾评定 Enter an assessment",
    status_code=status.HTTP_201_CREATED,
)
def enter_assessment(
    code: HomeCode, person_code: PersonCode, given: AssessmentGiven, session: PeopleWrite
) -> FileView:
    """Record an assessment that led to no certificate yet."""
    return FileView.of(session, enter(session, code, person_code, given))


@router.post(
    f"{FILE}/guardians", summary="登记监护人 Enter a guardian", status_code=status.HTTP_201_CREATED
)
def enter_guardian(
    code: HomeCode, person_code: PersonCode, given: GuardianGiven, session: PeopleWrite
) -> FileView:
    """Record a guardian with basis and days; the basis has to fit the person's age."""
    return FileView.of(session, enter(session, code, person_code, given))


@router.post(
    f"{FILE}/consents", summary="登记同意 Enter a consent", status_code=status.HTTP_201_CREATED
)
def enter_consent(
    code: HomeCode, person_code: PersonCode, given: ConsentGiven, session: PeopleWrite
) -> FileView:
    """Record a consent for one purpose, given by the person or by a guardian of that day."""
    return FileView.of(session, enter(session, code, person_code, given))


@router.post(f"{FILE}/{{entry}}/{{filed_id}}/end", summary="结束或撤回 End or withdraw")
def end_entry(
    code: HomeCode,
    person_code: PersonCode,
    entry: Entry,
    filed_id: RecordId,
    until: Until,
    session: PeopleWrite,
) -> FileView:
    """Withdraw a number or a consent from a day on, or say the last day of another entry."""
    return FileView.of(session, end(session, code, person_code, entry, filed_id, until.on))
