"""People of the homes: staff, residents and their guardians.

A person is kept once; staff and residents say in which home, since when, and under which code.
"""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Composite, Mapped, composite, mapped_column, relationship

from rukang.base.database.about import PERSON, through
from rukang.base.database.base import Base, OfHome, Seen
from rukang.base.database.types import UtcDateTime, one_of
from rukang.base.database.vault import Sealed
from rukang.forms import Derived, Field, column
from rukang.forms.written import LIST, MINUTES
from rukang.numbers import citizen_id


class Sex(enum.StrEnum):
    """As on the citizen ID."""

    FEMALE = "女"
    MALE = "男"


class Person(Base):
    """Somebody, known by the citizen ID; the number itself is sealed."""

    __tablename__ = "person"
    whom = PERSON

    name: Mapped[str] = mapped_column(String(60))
    sex: Mapped[Sex] = mapped_column(one_of(Sex))
    born_on: Mapped[date]
    citizen_id_cipher: Mapped[str] = mapped_column(String(300))
    citizen_id_lookup: Mapped[str] = mapped_column(String(64), unique=True)
    citizen_id_masked: Mapped[str] = mapped_column(String(20))
    citizen_id: Composite[Sealed] = composite(
        Sealed, "citizen_id_cipher", "citizen_id_lookup", "citizen_id_masked"
    )

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a person is seen: with a home, at work, or alone."""
        return or_(cls.id.in_(_people(seen)), *seen.about(cls))


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
        return or_(cls.person_id.in_(_people(seen)), *seen.about(cls))


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
    """A disabled person served by a home, with the disability certificate (number sealed).

    ``category`` and ``grade`` are the digits of the certificate; ``joined_on`` and ``left_on``
    are inclusive.
    """

    __tablename__ = "resident"
    whom = through("person_id")
    __table_args__ = (UniqueConstraint("home_id", "code"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    service: Mapped[ServiceKind] = mapped_column(one_of(ServiceKind))
    category: Mapped[int]
    grade: Mapped[int]
    certificate_cipher: Mapped[str] = mapped_column(String(300))
    certificate_lookup: Mapped[str] = mapped_column(String(64), index=True)
    certificate_masked: Mapped[str] = mapped_column(String(24))
    certificate_to: Mapped[date | None]
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    person: Mapped[Person] = relationship(lazy="joined")
    guardians: Mapped[list[Guardian]] = relationship(back_populates="resident")
    certificate: Composite[Sealed] = composite(
        Sealed, "certificate_cipher", "certificate_lookup", "certificate_masked"
    )

    @property
    def name(self) -> str:
        """The person's name."""
        return self.person.name

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a resident is seen: of a home, at work, or alone."""
        return or_(cls.home_id.in_(seen.homes), cls.id.in_(seen.workers), *seen.about(cls))


class Guardian(OfHome, Base):
    """Somebody to call about a resident."""

    __tablename__ = "guardian"
    whom = through("resident_id")

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    relation: Mapped[str] = mapped_column(String(20))
    phone: Mapped[str] = mapped_column(String(20))
    resident: Mapped[Resident] = relationship(back_populates="guardians")


def _people(seen: Seen) -> Any:
    """Return the query of the ids of people who are staff or residents that are seen."""
    staff, resident = Staff.__table__.c, Resident.__table__.c
    residents = or_(resident.home_id.in_(seen.homes), resident.id.in_(seen.workers))
    with_home = select(staff.person_id).where(staff.home_id.in_(seen.homes))
    return with_home.union(select(resident.person_id).where(residents))
