"""What a person, or a guardian for them, agreed to; each purpose apart, and withdrawn at any time.

References
----------
个人信息保护法 art. 14 to 16 (consent for a purpose, withdrawal), 29 (sensitive data: a consent of
its own), 31 (under fourteen a parent or guardian consents).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from rukang.base.database import context
from rukang.base.database.about import through
from rukang.base.database.base import Base
from rukang.base.database.types import UtcDateTime, one_of
from rukang.base.errors import ConflictError, InvalidError
from rukang.base.words import Worded
from rukang.people.ages import SAYS_SELF, birthday
from rukang.people.guardians import Basis, Guardian
from rukang.people.records import OfPerson, Person


class Purpose(Worded):
    """What a consent is for."""

    CARE = "接受照料服务", "Receiving care"
    HEALTH = "处理健康信息", "Use of health data"
    MEDICINE = "代管药品", "Keeping of medicines"
    OUTING = "外出活动", "Outings"
    PHOTO = "拍摄和使用照片", "Taking and using photographs"
    STORY = "在商品标签上讲述", "Story on a product's label"
    SHARING = "向其他单位提供信息", "Passing information to another unit"
    EMPLOYERS = "向用人单位推荐", "Proposal to employers"


class Consent(OfPerson, Base):
    """One consent: for what, since when, by whom, and when it was withdrawn.

    ``guardian_id`` is the guardian who gave it, None if the person did. ``told_to`` is the one unit
    that a consent to share is about, else empty. ``paper`` says which text was agreed to. It counts
    from ``given_on`` until the day before ``withdrawn_on``.
    """

    __tablename__ = "consent"
    whom = through("person_id")

    purpose: Mapped[Purpose] = mapped_column(one_of(Purpose))
    told_to: Mapped[str] = mapped_column(String(100), default="")
    paper: Mapped[str] = mapped_column(String(200), default="")
    given_on: Mapped[date]
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"), index=True)
    withdrawn_on: Mapped[date | None]
    recorded_by: Mapped[str] = mapped_column(String(320))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    guardian: Mapped[Guardian | None] = relationship()


def consents_of(session: Session, person: Person) -> Sequence[Consent]:
    """Return the consents of a person, also those withdrawn, in the order of entry."""
    query = select(Consent).where(Consent.person_id == person.id)
    return session.scalars(query.order_by(Consent.id)).all()


def has_consented(
    session: Session, person: Person, purpose: Purpose, day: date, told_to: str = ""
) -> bool:
    """Return whether a consent for a purpose (to share: with that unit) counts on a day."""
    query = select(Consent.id).where(
        Consent.person_id == person.id,
        Consent.purpose == purpose,
        Consent.told_to == told_to,
        Consent.given_on <= day,
        or_(Consent.withdrawn_on.is_(None), Consent.withdrawn_on > day),
    )
    return session.scalars(query.limit(1)).first() is not None


def give_consent(
    session: Session,
    person: Person,
    purpose: Purpose,
    on: date,
    *,
    guardian: Guardian | None = None,
    told_to: str = "",
    paper: str = "",
) -> Consent:
    """Record that the person, or a guardian for them, consents to a purpose from a day on.

    Raises
    ------
    InvalidError
        If the day is to come or before the birth; if a consent to share does not say with whom, or
        another one does; if the person is under fourteen and no guardian consents, or somebody
        consents who is no guardian of theirs on that day.
    ConflictError
        If such a consent counts already.
    """
    _require_day(session, on, person.born_on)
    if bool(told_to) is not (purpose is Purpose.SHARING):
        raise InvalidError(
            "“向其他单位提供信息”须写明是哪个单位，其他用途不写单位。",
            "A consent to share names the one unit it is about; other purposes name none.",
        )
    _require_speaker(person, guardian, on)
    if has_consented(session, person, purpose, on, told_to):
        raise ConflictError(
            f"“{purpose}”的同意已在册，尚未撤回。",
            f"A consent for {purpose} is on record and was not withdrawn.",
        )
    made = Consent(
        person_id=person.id,
        purpose=purpose,
        told_to=told_to,
        paper=paper,
        given_on=on,
        guardian_id=None if guardian is None else guardian.id,
        recorded_by=context.actor(session),
        recorded_at=context.now(session),
    )
    session.add(made)
    session.flush()
    return made


def withdraw_consent(session: Session, consent: Consent, on: date) -> None:
    """Withdraw a consent from a day on; what was done before it stays lawful.

    Raises
    ------
    InvalidError
        If the day is to come or before the consent.
    ConflictError
        If it was withdrawn before.
    """
    if consent.withdrawn_on is not None:
        raise ConflictError(
            f"这项同意已在 {consent.withdrawn_on} 撤回。",
            f"This consent was withdrawn on {consent.withdrawn_on}.",
        )
    _require_day(session, on, consent.given_on)
    consent.withdrawn_on = on
    session.flush()


def _require_day(session: Session, on: date, first: date) -> None:
    today = context.today(session)
    if not first <= on <= today:
        raise InvalidError(
            f"日期 {on} 不在 {first} 和今天（{today}）之间，请核对。",
            f"The day {on} is not between {first} and today ({today}); check it.",
        )


def _require_speaker(person: Person, guardian: Guardian | None, on: date) -> None:
    if guardian is None:
        old_enough = birthday(person.born_on, SAYS_SELF)
        if on < old_enough:
            raise InvalidError(
                f"此人到 {old_enough} 才满十四周岁，须由监护人同意（个人信息保护法第三十一条）。",
                f"They are fourteen on {old_enough} only: a guardian consents (Personal Information"
                " Protection Law, article 31).",
            )
        return
    of_person = guardian.person_id == person.id and guardian.basis is not Basis.UNKNOWN
    if not (of_person and guardian.stands_on(on)):
        raise InvalidError(
            f"这位联系人在 {on} 不是此人的监护人，或没有写明监护依据；请先登记监护依据和起止日期。",
            f"On {on} this contact is no guardian of theirs, or nobody stated on which basis;"
            " record basis and days first.",
        )
