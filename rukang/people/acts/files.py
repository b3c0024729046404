"""What is done to a person's file: numbers, disability, guardians, consents, who answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any

import pydantic
from sqlalchemy.orm import Session

from rukang.base.access import Permission
from rukang.base.database.context import today
from rukang.base.database.find import find_in
from rukang.base.errors import ConflictError, InvalidError
from rukang.base.words import Text
from rukang.bodies import take_charge
from rukang.bodies.acts import CHANGE, CHARGE, Since
from rukang.bodies.homes import HOME, Home
from rukang.forms import Act, Field, Given, Spoken, Target
from rukang.forms.kinds import Day, Number, Words
from rukang.people.consents import (
    Consent,
    Purpose,
    consents_of,
    give_consent,
    withdraw_consent,
)
from rukang.people.disabilities import end_disability, record_assessment, record_certificate
from rukang.people.finding import find_person
from rukang.people.guardians import Basis, Guardian, add_guardian, end_guardian, guardians_of
from rukang.people.identifiers import add_identifier, withdraw_identifier
from rukang.people.records import GONE, Disability, Identifier, IdentifierKind, Person

Named = Annotated[Words, pydantic.Field(min_length=1, max_length=60)]


Short = Annotated[Words, pydantic.Field(max_length=60)]


Who = Annotated[
    Words,
    pydantic.Field(min_length=1, max_length=41, pattern=r"^[\w/-]+$", examples=["ZP001/R01"]),
]
"""A person, by home and code, or by number."""


Id = Annotated[int, pydantic.Field(ge=1, le=2**31 - 1)]


ISSUER = Field("签发机关", "Issued by")


FROM = Field("从哪天起", "From which day")


VALID_TO = Field("有效期止", "Valid to")


LAST = Field("最后一日", "Last day")


class NumberGiven(Given):
    """A number of a document; a disability certificate is entered with the disability."""

    kind: Annotated[IdentifierKind, Field("证件", "Document")]
    number: Annotated[Number, pydantic.Field(examples=["E12345678"]), Field("号码", "Number")]
    issuer: Annotated[Short, ISSUER] = ""
    valid_from: Annotated[Day | None, Field("有效期起", "Valid from")] = None
    valid_to: Annotated[Day | None, VALID_TO] = None


class CertificateGiven(Given):
    """A disability certificate and the day it counts from; its number says category and grade."""

    number: Annotated[
        Number,
        Field(
            "残疾人证号",
            "Number of the certificate",
            "类别和等级由证号得出；从写明的日期起算，以前的日子不变。",
            "It says category and grade, from the day given on; days before stay as they are.",
        ),
    ]
    valid_from: Annotated[Day, FROM]
    valid_to: Annotated[Day | None, VALID_TO] = None
    issuer: Annotated[Short, ISSUER] = ""


class AssessmentGiven(Given):
    """An assessment that led to no certificate yet."""

    category: Annotated[
        int, pydantic.Field(ge=1, le=7), Field("类别（1 至 7）", "Category (1 to 7)")
    ]
    grade: Annotated[int, pydantic.Field(ge=1, le=4), Field("等级（1 至 4）", "Grade (1 to 4)")]
    valid_from: Annotated[Day, FROM]


class GuardianGiven(Given):
    """A guardian and the basis; ``person`` names the guardian's own file, if there is one."""

    name: Annotated[Named, Field("姓名", "Name")]
    relation: Annotated[
        Words, pydantic.Field(min_length=1, max_length=20), Field("关系", "Relation")
    ]
    phone: Annotated[
        Words, pydantic.Field(max_length=20, pattern=r"^[0-9-]*$"), Field("电话", "Telephone")
    ] = ""
    basis: Annotated[Basis, Field("依据", "Basis")]
    valid_from: Annotated[Day, FROM]
    valid_to: Annotated[Day | None, LAST] = None
    person: Annotated[
        Words,
        pydantic.Field(max_length=41, pattern=r"^[\w/-]*$"),
        Field("监护人自己的档案", "The guardian's own file", "机构/编号", "Home and code"),
    ] = ""


class ConsentGiven(Given):
    """A consent for one purpose; ``guardian_id`` is empty where the person gave it."""

    purpose: Annotated[
        Purpose,
        Field(
            "用途",
            "Purpose",
            "每个用途分开登记，随时可以撤回；未满十四周岁的，由监护人同意。",
            "Each purpose apart, withdrawn at any time; under fourteen a guardian consents.",
        ),
    ]
    on: Annotated[Day, Field("同意日期", "Day of the consent")]
    guardian_id: Annotated[
        Id | None, Field("谁同意", "Who consents", "不填为本人", "The person if empty")
    ] = None
    told_to: Annotated[
        Words,
        pydantic.Field(max_length=100),
        Field("单位", "Unit", "只在向其他单位提供时填", "Only to share with another unit"),
    ] = ""
    paper: Annotated[
        Words, pydantic.Field(max_length=200), Field("同意书版本", "Version of the paper")
    ] = ""


class ChargeGiven(Given):
    """For whom a body answers from a day on."""

    person: Annotated[Who, Field("谁", "Whom", "机构/编号，或编号", "ZP001/R01, or number")]
    since: Since = None


class Withdrawn(Given):
    """The first day on which something counts no more."""

    on: Annotated[Day, Field("从哪天起不再有效", "First day without it")]


class Until(Given):
    """The last day of something."""

    on: Annotated[Day, LAST]


def require_kept(person: Person) -> Person:
    """Return a person whose file is still kept.

    Raises
    ------
    ConflictError
        If the person is erased.
    """
    if person.name == GONE:
        raise ConflictError(
            "此人的信息已删除，档案不再登记。", "The person is erased; nothing is entered any more."
        )
    return person


def _find_file(session: Session, home: Home, code: str) -> Person:
    return require_kept(find_person(session, f"{home.code}/{code}"))


def _span(one: Disability | Guardian) -> str:
    return f"{one.valid_from or ''} — {one.valid_to or ''}"


def _gone(day: date | None, zh: str, en: str) -> tuple[str, str]:
    return (f"，{day} {zh}", f", {en} {day}") if day else ("", "")


def _number(one: Identifier) -> Text:
    zh, en = _gone(one.withdrawn_on, "注销", "withdrawn")
    return Text(
        zh=f"号码 {one.id}：{one.kind} {one.number.masked}{zh}",
        en=f"number {one.id}: {one.kind.en}{en}",
    )


def _disability(one: Disability) -> Text:
    return Text(
        zh=f"残疾 {one.id}：{one.category} 类 {one.grade} 级，{_span(one)}",
        en=f"disability {one.id}: category {one.category}, grade {one.grade}",
    )


def _guardian(one: Guardian) -> Text:
    return Text(
        zh=f"监护 {one.id}：{one.name} {one.relation}，{one.basis}，{_span(one)}",
        en=f"guardian {one.id}: {one.basis.en}",
    )


def _consent(one: Consent) -> Text:
    zh, en = _gone(one.withdrawn_on, "撤回", "withdrawn")
    return Text(
        zh=f"同意 {one.id}：{one.purpose} {one.given_on}{zh}",
        en=f"consent {one.id}: {one.purpose.en}{en}",
    )


FILE = Target(
    name="file",
    words=Text(zh="个人档案", en="person's file"),
    collection="people/{person_code}/file",
    find=_find_file,
    within=HOME,
    key="person_code",
    spoken=Spoken(
        lambda session, named: require_kept(find_person(session, named)),
        Text(zh="人员编号，或 机构/编号", en="number, or ZP001/R01"),
    ),
    line=lambda person: Text(
        zh=f"{person.id} {person.name} {person.sex} {person.born_on}", en=f"file {person.id}"
    ),
)


def _part(
    kind: type[Identifier | Disability | Guardian | Consent],
    collection: str,
    words: Text,
    line: Callable[[Any], Text],
) -> Target:
    """Return what is entered in a file and ended later, as what acts are done to."""
    return Target(
        name=kind.__tablename__,
        words=words,
        collection=collection,
        find=lambda session, person, key: find_in(
            session, kind, kind.person_id == person.id, key, words.zh, words.en
        ),
        within=FILE,
        line=line,
        has_page=False,
    )


IDENTIFIER = _part(Identifier, "identifiers", Text(zh="证件号码", en="number"), _number)


DISABILITY = _part(Disability, "disabilities", Text(zh="残疾评定", en="assessment"), _disability)


GUARDIAN = _part(Guardian, "guardians", Text(zh="监护人", en="guardian"), _guardian)


CONSENT = _part(Consent, "consents", Text(zh="同意", en="consent"), _consent)


def parts_of(session: Session, person: Person) -> dict[Target, Sequence[Any]]:
    """Return what is on record in a file, by what acts are done to."""
    return {
        IDENTIFIER: person.identifiers,
        DISABILITY: person.disabilities,
        GUARDIAN: guardians_of(session, person),
        CONSENT: consents_of(session, person),
    }


def _opened(said: NumberGiven | CertificateGiven) -> dict[str, Any]:
    """Return what is given, its number in clear to be sealed."""
    return dict(said) | {"number": said.number.get_secret_value()}


def _add_guardian(session: Session, person: Person, said: GuardianGiven) -> Guardian:
    own = find_person(session, said.person) if said.person else None
    given = said.model_dump(exclude={"person"})
    return add_guardian(session, person, guardian=own, **given)


def _give_consent(session: Session, person: Person, said: ConsentGiven) -> Consent:
    speaker = None
    if said.guardian_id is not None:
        known = {one.id: one for one in guardians_of(session, person)}
        speaker = known.get(said.guardian_id)
        if speaker is None:
            raise InvalidError(
                f"编号 {said.guardian_id} 不是此人的监护人，请从档案中选择。",
                f"{said.guardian_id} is no guardian of theirs; choose one from the file.",
            )
    given = said.model_dump(exclude={"guardian_id"})
    return give_consent(session, person, guardian=speaker, **given)


def _documents(*_: Any) -> Sequence[tuple[str, Text]]:
    return [(of, of.words) for of in IdentifierKind if of is not IdentifierKind.CERTIFICATE]


def _speakers(session: Session, person: Person) -> Sequence[tuple[str, Text]]:
    """Return the guardians who may consent: those whose basis is known."""
    known = [one for one in guardians_of(session, person) if one.article]
    return [(str(one.id), Text(zh=one.name, en=one.name)) for one in known]


ENTER = partial(Act, on=FILE, permission=Permission.PEOPLE_WRITE, aside=True)


END = partial(Act, path="end", permission=Permission.PEOPLE_WRITE, aside=True)


NUMBER = ENTER(
    name="number",
    path="identifiers",
    words=Text(zh="登记证件号码", en="Enter a number"),
    purpose=Text(
        zh="登记证件号码；同一号码只有一人",
        en="Give the person a number of a document, which nobody else holds.",
    ),
    given=NumberGiven,
    do=lambda session, person, said: add_identifier(session, person, **_opened(said)),
    choices={"kind": _documents},
    makes=IDENTIFIER,
)


CERTIFICATE = ENTER(
    name="certificate",
    path="certificates",
    words=Text(zh="登记残疾人证", en="Enter a certificate"),
    purpose=Text(
        zh="登记残疾人证，从哪天起算",
        en="Let a certificate stand from a day on; days before it keep what was so.",
    ),
    given=CertificateGiven,
    do=lambda session, person, said: record_certificate(session, person, **_opened(said)),
    makes=DISABILITY,
)


ASSESSMENT = ENTER(
    name="assessment",
    path="assessments",
    words=Text(zh="登记残疾评定", en="Enter an assessment"),
    purpose=Text(
        zh="登记还没有领证的评定", en="Record an assessment that led to no certificate yet."
    ),
    given=AssessmentGiven,
    do=lambda session, person, said: record_assessment(session, person, **dict(said)),
    makes=DISABILITY,
)


ENTER_GUARDIAN = ENTER(
    name="guardian",
    path="guardians",
    words=Text(zh="登记监护人", en="Enter a guardian"),
    purpose=Text(
        zh="登记监护人和依据",
        en="Record a guardian with basis and days; the basis has to fit the person's age.",
    ),
    given=GuardianGiven,
    do=_add_guardian,
    makes=GUARDIAN,
)


ENTER_CONSENT = ENTER(
    name="consent",
    path="consents",
    words=Text(zh="登记同意", en="Enter a consent"),
    purpose=Text(
        zh="登记对一个用途的同意",
        en="Record a consent for one purpose, given by the person or by a guardian of that day.",
    ),
    given=ConsentGiven,
    do=_give_consent,
    choices={"guardian_id": _speakers},
    makes=CONSENT,
)


WITHDRAW_NUMBER = END(
    name="withdraw-number",
    on=IDENTIFIER,
    words=Text(zh="注销号码", en="Withdraw the number"),
    purpose=Text(zh="注销证件号码", en="Let a number name nobody from a day on."),
    given=Withdrawn,
    do=lambda session, one, said: withdraw_identifier(session, one, said.on),
    offered=lambda one, _: one.withdrawn_on is None,
)


END_ASSESSMENT = END(
    name="end-assessment",
    on=DISABILITY,
    words=Text(zh="结束评定", en="End it"),
    purpose=Text(zh="登记残疾评定的最后一日", en="Say the last day of an assessment."),
    given=Until,
    do=lambda session, one, said: end_disability(session, one, said.on),
    offered=lambda one, _: one.valid_to is None,
)


END_GUARDIANSHIP = END(
    name="end-guardianship",
    on=GUARDIAN,
    words=Text(zh="结束监护", en="End it"),
    purpose=Text(zh="登记监护的最后一日", en="Say the last day of a guardian."),
    given=Until,
    do=lambda session, one, said: end_guardian(session, one, said.on),
    offered=lambda one, _: one.valid_to is None,
)


WITHDRAW_CONSENT = END(
    name="withdraw-consent",
    on=CONSENT,
    words=Text(zh="撤回同意", en="Withdraw the consent"),
    purpose=Text(zh="撤回同意", en="Withdraw a consent from a day on."),
    given=Withdrawn,
    do=lambda session, one, said: withdraw_consent(session, one, said.on),
    offered=lambda one, _: one.withdrawn_on is None,
)


TAKE_CHARGE = CHANGE(
    name="charge",
    path="charges",
    words=Text(zh="接收人员", en="Take charge of somebody"),
    purpose=Text(
        zh="自某日起由这家机构负责某人；以前由谁负责照旧可查",
        en="Let a body answer for a person from a day on; who did before stays on record.",
    ),
    given=ChargeGiven,
    do=lambda session, body, said: take_charge(
        session, find_person(session, said.person).id, body, said.since or today(session)
    ),
    makes=CHARGE,
)


OF_FILES = (
    NUMBER,
    CERTIFICATE,
    ASSESSMENT,
    ENTER_GUARDIAN,
    ENTER_CONSENT,
    WITHDRAW_NUMBER,
    END_ASSESSMENT,
    END_GUARDIANSHIP,
    WITHDRAW_CONSENT,
)
"""To a person's file, and to what is entered there."""
