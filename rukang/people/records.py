"""Persons with their dated identifiers and disability; staff and residents; deaths.

A person is kept once; staff and residents say in which home, since when, and under which code.
What belongs to the person and not to a home (identifiers, disability, guardians, consents) is kept
with the person and seen by whoever sees the person.
"""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Composite, Mapped, composite, declared_attr, mapped_column, relationship

from rukang.base.database.about import PERSON, through
from rukang.base.database.base import LARGEST_ID, Base, OfHome, Seen
from rukang.base.database.sealing.vault import Sealed
from rukang.base.database.types import UtcDateTime, one_of
from rukang.base.words import Worded
from rukang.forms import Derived, Field, column
from rukang.forms.workbooks.written import LIST, MINUTES
from rukang.numbers import citizen_id, disability_certificate

GONE = "已删除"
"""Stands where a name stood."""

NO_DAY = date(1900, 1, 1)
"""Stands where a day of birth stood."""


class Sex(enum.StrEnum):
    """As on the citizen ID."""

    FEMALE = "女"
    MALE = "男"


class IdentifierKind(Worded):
    """What a person is known by, in the words on the document."""

    CITIZEN_ID = "居民身份证", "Citizen ID card"
    CERTIFICATE = "残疾人证", "Disability certificate"
    MILITARY_CERTIFICATE = "残疾军人证", "Disabled soldier's certificate"
    RESIDENCE_PERMIT = "居住证", "Residence permit"
    TAIWAN_HONG_KONG_MACAO = (
        "港澳台居民居住证",
        "Residence permit of people from beyond the mainland",
    )
    PERMANENT_RESIDENCE = "外国人永久居留身份证", "Permanent residence card of a foreigner"
    PASSPORT = "护照", "Passport"
    BIRTH_CERTIFICATE = "出生医学证明", "Medical certificate of birth"


class Person(Base):
    """Somebody; known by none, one or several identifiers, of which a citizen ID is one.

    A child of three months has none; what is kept then is a name, a sex and a day of birth. Persons
    are never the same because these three agree: that is asked (:mod:`rukang.people.merging`).
    """

    __tablename__ = "person"
    whom = PERSON
    __table_args__ = (Index("ix_person_name_born_on", "name", "born_on"),)

    name: Mapped[str] = mapped_column(String(60))
    sex: Mapped[Sex] = mapped_column(one_of(Sex))
    born_on: Mapped[date]
    identifiers: Mapped[list[Identifier]] = relationship(
        back_populates="person", cascade="all", lazy="selectin", order_by="Identifier.id"
    )
    disabilities: Mapped[list[Disability]] = relationship(
        back_populates="person", cascade="all", lazy="selectin", order_by="Disability.id"
    )

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a person is seen: with a home, at work, or alone."""
        return or_(cls.id.in_(people_seen(seen)), *seen.about(cls))

    @property
    def citizen_id(self) -> Sealed | None:
        """The citizen ID in force, sealed; None of somebody who has none."""
        found = self.identifier(IdentifierKind.CITIZEN_ID)
        return None if found is None else found.number

    @citizen_id.setter
    def citizen_id(self, number: Sealed) -> None:
        """Correct the citizen ID in force, or give one to somebody who had none."""
        found = self.identifier(IdentifierKind.CITIZEN_ID)
        if found is None:
            self.identifiers.append(Identifier(kind=IdentifierKind.CITIZEN_ID, number=number))
        elif found.number != number:
            found.number = number

    def identifier(self, kind: IdentifierKind) -> Identifier | None:
        """Return the latest identifier of a kind that was not withdrawn."""
        of_kind = (one for one in self.identifiers if one.kind is kind)
        return max((one for one in of_kind if one.withdrawn_on is None), key=_begin, default=None)

    def disability_on(self, day: date) -> Disability | None:
        """Return the disability that stands on a day, with its certificate; None if none does."""
        standing = (one for one in self.disabilities if one.stands_on(day))
        return max(standing, key=_begin, default=None)


class OfPerson:
    """Mixin of the records that belong to a person and to no home; seen with the person."""

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a record is seen: with the person."""
        record: Any = cls
        return or_(record.person_id.in_(people_seen(seen)), *seen.about(record))

    @declared_attr
    @classmethod
    def person_id(cls) -> Mapped[int]:
        """Whom the record is about."""
        return mapped_column(ForeignKey("person.id"), index=True)


class Identifier(OfPerson, Base):
    """A number by which a document names a person; the number itself is sealed.

    ``valid_from`` and ``valid_to`` are the days printed on the document, inclusive, None where it
    prints none. A document that has run out still names its holder. ``withdrawn_on`` is the first
    day on which the number names nobody: replaced by another, cancelled, given up. Of the numbers
    of a kind that were not withdrawn none is held by two.
    """

    __tablename__ = "identifier"
    whom = through("person_id")
    __table_args__ = (
        Index(
            "uq_identifier_kind_number_lookup",
            "kind",
            "number_lookup",
            unique=True,
            sqlite_where=text("withdrawn_on IS NULL"),
            postgresql_where=text("withdrawn_on IS NULL"),
        ),
    )

    kind: Mapped[IdentifierKind] = mapped_column(one_of(IdentifierKind))
    number_cipher: Mapped[str] = mapped_column(String(300))
    number_lookup: Mapped[str] = mapped_column(String(64), index=True)
    number_masked: Mapped[str] = mapped_column(String(40))
    issuer: Mapped[str] = mapped_column(String(60), default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="identifiers")
    number: Composite[Sealed] = composite(Sealed, "number_cipher", "number_lookup", "number_masked")


class Disability(OfPerson, Base):
    """A disability as it was assessed: category and grade from a day on, and the certificate.

    ``category`` (1 to 7) and ``grade`` (1 to 4) are the digits of the certificate, 0 once erased.
    It stands from ``valid_from`` (None: from whenever, nobody said) to ``valid_to`` (None: until it
    is assessed anew), inclusive; how long the certificate is valid is said by the certificate.
    Without a certificate it is an assessment that led to none yet.
    """

    __tablename__ = "disability"
    whom = through("person_id")

    category: Mapped[int]
    grade: Mapped[int]
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("identifier.id"), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="disabilities")
    certificate: Mapped[Identifier | None] = relationship(lazy="selectin")

    def stands_on(self, day: date) -> bool:
        """Return whether it stands on a day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


def _begin(one: Identifier | Disability) -> tuple[date, int]:
    return one.valid_from or date.min, one.id or LARGEST_ID


class Death(Base):
    """That somebody died, on which day, and to whom what is owed goes (heirs' payee, 收款人).

    Nothing is worked, paid or insured after ``died_on``. Payee and bank are empty, and the account
    sealed as an empty number, while nobody has said who is paid. ``ends`` are the last days of
    work, service and contracts as they were before, by table and id: who corrects or takes the day
    back gets them back.
    """

    __tablename__ = "death"
    whom = through("person_id")

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    died_on: Mapped[date]
    payee: Mapped[str] = mapped_column(String(60), default="")
    bank: Mapped[str] = mapped_column(String(60), default="")
    account_cipher: Mapped[str] = mapped_column(String(300))
    account_lookup: Mapped[str] = mapped_column(String(64), index=True)
    account_masked: Mapped[str] = mapped_column(String(24))
    ends: Mapped[dict[str, dict[str, str | None]]] = mapped_column(JSON)
    recorded_by: Mapped[str] = mapped_column(String(320))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    account: Composite[Sealed] = composite(
        Sealed, "account_cipher", "account_lookup", "account_masked"
    )

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a death is seen: with the person."""
        return or_(cls.person_id.in_(people_seen(seen)), *seen.about(cls))


class HoursSystem(enum.StrEnum):
    """Working-hours system of a contract (facts wt.normal, wt.comprehensive, ae.parttime)."""

    STANDARD = "标准工时"
    COMPREHENSIVE = "综合计算工时"
    PART_TIME = "非全日制"


class Staff(OfHome, Base):
    """A contract of care or workshop staff with a home.

    ``skills`` are the roles the person may work; hours are minutes; ``protected`` marks pregnancy
    from month 7 or nursing (no night work, no overtime: 国务院令第619号, articles 6 and 9).
    ``working_since`` is the first day of work in life, with any employer: annual leave goes by it.
    """

    __tablename__ = "staff"
    whom = through("person_id")
    __table_args__ = (UniqueConstraint("home_id", "code"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code: Mapped[str] = column(Field("编号", "code", "如 S01"), String(20))
    name = Derived(Field("姓名", "name"), str, lambda of: of.person.name, 60)
    sex = Derived(Field("性别", "sex"), Sex, lambda of: of.person.sex)
    citizen_id = Derived(
        Field("身份证号", "citizen ID", "18 位", number=citizen_id),
        Sealed,
        lambda of: of.person.citizen_id,
    )
    post: Mapped[str] = column(Field("岗位", "post"), String(40))
    skills: Mapped[list[str]] = column(
        Field(
            "可任岗位",
            "skills",
            "可上哪些班，如 护士、护理",
            "at least one that a shift asks for",
            cell=LIST,
        ),
        JSON,
    )
    qualified: Mapped[bool] = column(Field("持证", "holds the qualification", "是否持相应资格"))
    hours_system: Mapped[HoursSystem] = column(
        Field("工时制度", "system of working hours"), choices=HoursSystem
    )
    weekly_minutes: Mapped[int] = column(
        Field("周工时（小时）", "hours a week", cell=MINUTES, above=0, most=40)
    )
    max_consecutive_days: Mapped[int] = column(
        Field("最多连续工作天数", "longest run of days", least=1, most=6)
    )
    max_weekends: Mapped[int] = column(
        Field("每月最多周末数", "most weekends a month", least=0, most=5)
    )
    night_allowed: Mapped[bool] = column(
        Field("可排夜班", "may work nights", "孕期满七个月或哺乳期须填“否”")
    )
    protected: Mapped[bool] = column(
        Field("孕期满七个月或哺乳期", "from the seventh month of pregnancy, or nursing")
    )
    contract_from: Mapped[date] = column(Field("合同开始", "contract from"))
    contract_to: Mapped[date | None] = column(
        Field("合同结束", "contract to", "空为无固定期限", "empty if it has no end")
    )
    working_since: Mapped[date | None] = column(
        Field(
            "参加工作日期",
            "first day of work in life",
            "第一次参加工作的日期，不论哪个单位；年休假天数按它算",
            "annual leave goes by it",
        )
    )
    person: Mapped[Person] = relationship(lazy="joined")


class ServiceKind(enum.StrEnum):
    """What brings a resident to the home."""

    QUOTA = "按比例就业"
    ASSISTED = "辅助性就业"
    DAY_CARE = "日间照料"


class Resident(OfHome, Base):
    """A disabled person served by a home; ``joined_on`` and ``left_on`` are inclusive.

    Disability and certificate are the person's (:meth:`Person.disability_on`).
    """

    __tablename__ = "resident"
    whom = through("person_id")
    __table_args__ = (UniqueConstraint("home_id", "code"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code: Mapped[str] = column(
        Field("编号", "code, never passed on", "本机构内唯一，如 R01；不可转给别人"), String(20)
    )
    name = Derived(Field("姓名", "name"), str, lambda of: of.person.name, 60)
    sex = Derived(Field("性别", "sex"), Sex, lambda of: of.person.sex)
    citizen_id = Derived(
        Field("身份证号", "citizen ID", "18 位，校验位必须正确", number=citizen_id),
        Sealed,
        lambda of: of.person.citizen_id,
    )
    certificate = Derived(
        Field(
            "残疾人证号",
            "certificate number of the same person",
            "身份证号＋类别＋等级，须与身份证号一致",
            number=disability_certificate,
        ),
        Sealed,
        lambda of: of.latest_certificate and of.latest_certificate.number,
    )
    certificate_to = Derived(
        Field("残疾人证有效期至", "valid to"),
        date,
        lambda of: of.latest_certificate and of.latest_certificate.valid_to,
        optional=True,
    )
    service: Mapped[ServiceKind] = column(
        Field("服务类别", "quota, assisted, day care"), choices=ServiceKind
    )
    joined_on: Mapped[date] = column(Field("入园日期", "joined on", "不晚于本月末"))
    left_on: Mapped[date | None] = column(Field("离园日期", "left on"))
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def latest_certificate(self) -> Identifier | None:
        """The certificate of the disability that was assessed last, None if there is none."""
        latest = max(self.person.disabilities, key=_begin, default=None)
        return None if latest is None else latest.certificate

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a resident is seen: of a home, at work, or alone."""
        return or_(cls.home_id.in_(seen.homes), cls.id.in_(seen.workers), *seen.about(cls))


def people_seen(seen: Seen) -> Any:
    """Return the query of the ids of people who are staff or residents that are seen."""
    staff, resident = Staff.__table__.c, Resident.__table__.c
    residents = or_(resident.home_id.in_(seen.homes), resident.id.in_(seen.workers))
    with_home = select(staff.person_id).where(staff.home_id.in_(seen.homes))
    return with_home.union(select(resident.person_id).where(residents))
