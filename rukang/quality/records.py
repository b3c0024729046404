"""Incidents, complaints, training and surveys of a home, and which months were reported."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rukang.database.base import Base, OfHome
from rukang.database.types import ExactDecimal, one_of
from rukang.people.records import Staff

WORDS = 200
"""Longest account of an incident or a complaint: what happened, and no more about a person."""


class ReportedMonth(OfHome, Base):
    """A month of which a home has handed in its quality records.

    A month without incidents looks like one of which nothing was said; this tells them apart.
    """

    __tablename__ = "reported_month"
    __table_args__ = (UniqueConstraint("home_id", "month"),)

    month: Mapped[date]


class IncidentKind(enum.StrEnum):
    """What happened."""

    FALL = "跌倒"
    MEDICATION = "用药差错"
    INJURY = "受伤"
    CHOKING = "噎食"
    MISSING = "走失"
    FIRE = "火情"
    OTHER = "其他"


class Incident(OfHome, Base):
    """Something that happened in a home; nobody is named.

    ``by_fault`` says whether the home is answerable, None while that is not established.
    ``imported`` tells what a workbook brought, and may take away again, from what was entered by
    itself.
    """

    __tablename__ = "incident"
    __table_args__ = (UniqueConstraint("home_id", "code"),)

    code: Mapped[str] = mapped_column(String(20))
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[IncidentKind] = mapped_column(one_of(IncidentKind))
    grave: Mapped[bool]
    by_fault: Mapped[bool | None]
    words: Mapped[str] = mapped_column(String(WORDS))
    imported: Mapped[bool]


class ComplaintAbout(enum.StrEnum):
    """What a complaint is about."""

    CARE = "照护"
    WAGES = "工资"
    SAFETY = "安全"
    CLOSED_DOORS = "未开放"
    OTHER = "其他"


class Complaint(OfHome, Base):
    """A complaint about a home; nobody is named.

    ``upheld`` says whether it proved right, None until it is closed; ``imported`` as of incidents.
    """

    __tablename__ = "complaint"
    __table_args__ = (UniqueConstraint("home_id", "code"),)

    code: Mapped[str] = mapped_column(String(20))
    received_on: Mapped[date] = mapped_column(index=True)
    about: Mapped[ComplaintAbout] = mapped_column(one_of(ComplaintAbout))
    words: Mapped[str] = mapped_column(String(WORDS))
    upheld: Mapped[bool | None]
    closed_on: Mapped[date | None]
    imported: Mapped[bool]


class Training(OfHome, Base):
    """Hours of training of one member of staff on one day about one topic."""

    __tablename__ = "training"
    __table_args__ = (UniqueConstraint("staff_id", "day", "topic"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    hours: Mapped[Decimal] = mapped_column(ExactDecimal)
    topic: Mapped[str] = mapped_column(String(60))
    staff: Mapped[Staff] = relationship(lazy="joined")


class Survey(OfHome, Base):
    """A survey of satisfaction: heads asked, of them answered, of those satisfied; no names."""

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("home_id", "held_on"),)

    held_on: Mapped[date] = mapped_column(index=True)
    asked: Mapped[int]
    answered: Mapped[int]
    satisfied: Mapped[int]
