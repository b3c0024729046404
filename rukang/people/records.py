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
        """Return the condition under which a person is seen: with a home, or at work."""
        return cls.id.in_(_people(seen))


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
        return cls.person_id.in_(_people(seen))


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
    code: Mapped[str] = mapped_column(String(20))
    post: Mapped[str] = mapped_column(String(40))
    skills: Mapped[list[str]] = mapped_column(JSON)
    qualified: Mapped[bool]
    hours_system: Mapped[HoursSystem] = mapped_column(one_of(HoursSystem))
    weekly_minutes: Mapped[int]
    max_consecutive_days: Mapped[int]
    max_weekends: Mapped[int]
    night_allowed: Mapped[bool]
    protected: Mapped[bool]
    contract_from: Mapped[date]
    contract_to: Mapped[date | None]
    working_since: Mapped[date | None]
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

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a resident is seen: of a home, or at work."""
        return or_(cls.home_id.in_(seen.homes), cls.id.in_(seen.workers))


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
