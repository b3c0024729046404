"""Incidents, complaints, training and surveys of a home, and which months were reported."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from rukang.base.database.about import nobody, through
from rukang.base.database.base import Base, OfHome
from rukang.base.database.types import ExactDecimal
from rukang.forms import Field, Imported, Reference, column
from rukang.people.records import Staff

WORDS = 200
"""Longest account of an incident or a complaint: what happened, and no more about a person."""

LONGEST_DAY = 24
"""Hours that a day has."""


class ReportedMonth(OfHome, Base):
    """A month of which a home has handed in its quality records.

    A month without incidents looks like one of which nothing was said; this tells them apart.
    """

    __tablename__ = "reported_month"
    whom = nobody("a month of a home")
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


class Incident(Imported, OfHome, Base):
    """Something that happened in a home; nobody is named.

    ``by_fault`` says whether the home is answerable, None while that is not established.
    """

    __tablename__ = "incident"
    whom = nobody("nobody is named")
    __table_args__ = (UniqueConstraint("home_id", "code"),)

    code: Mapped[str] = column(
        Field("编号", "code", "本机构内唯一，如 E2610-01", "unique in the home"), String(20)
    )
    day: Mapped[date] = column(Field("日期", "day", past=True), index=True)
    kind: Mapped[IncidentKind] = column(Field("类别", "kind"), choices=IncidentKind)
    grave: Mapped[bool] = column(Field("严重", "grave"))
    by_fault: Mapped[bool | None] = column(
        Field(
            "机构有责任",
            "whether the home is answerable",
            "没有认定的留空",
            "empty while not established",
        )
    )
    words: Mapped[str] = column(
        Field("经过", "what happened", "不写姓名", "without names", unnamed=True), String(WORDS)
    )


class ComplaintAbout(enum.StrEnum):
    """What a complaint is about."""

    CARE = "照护"
    WAGES = "工资"
    SAFETY = "安全"
    CLOSED_DOORS = "未开放"
    OTHER = "其他"


class Complaint(Imported, OfHome, Base):
    """A complaint about a home; nobody is named.

    ``upheld`` says whether it proved right, None until it is closed.
    """

    __tablename__ = "complaint"
    whom = nobody("nobody is named")
    __table_args__ = (UniqueConstraint("home_id", "code"),)

    code: Mapped[str] = column(
        Field("编号", "code", "本机构内唯一，如 T2610-01", "unique in the home"), String(20)
    )
    received_on: Mapped[date] = column(Field("收到日期", "day received", past=True), index=True)
    about: Mapped[ComplaintAbout] = column(Field("事项", "about"), choices=ComplaintAbout)
    words: Mapped[str] = column(
        Field("内容", "words", "不写姓名", "without names", unnamed=True), String(WORDS)
    )
    upheld: Mapped[bool | None] = column(
        Field("属实", "whether it proved right", "办结时填写", "once it is closed")
    )
    closed_on: Mapped[date | None] = column(
        Field("办结日期", "day closed", "与“属实”同时填写", "together with 属实", past=True)
    )


class Training(OfHome, Base):
    """Hours of training of one member of staff on one day about one topic."""

    __tablename__ = "training"
    whom = through("staff_id")
    __table_args__ = (UniqueConstraint("staff_id", "day", "topic"),)

    staff_id: Mapped[int] = column(
        Field("员工编号", "code of the member of staff", refers=Reference("员工", "staff", "姓名")),
        ForeignKey("staff.id"),
        index=True,
    )
    day: Mapped[date] = column(
        Field("日期", "day", "本月，合同期内", "of this month, within the contract", past=True),
        index=True,
    )
    topic: Mapped[str] = column(
        Field("培训内容", "topic", "每人每日每项一行", "a row for each person, day and topic"),
        String(60),
    )
    hours: Mapped[Decimal] = column(
        Field("小时", "hours", "一人一天合计不超过 24 小时", above=0, most=LONGEST_DAY),
        ExactDecimal,
    )
    staff: Mapped[Staff] = relationship(lazy="joined")


class Survey(OfHome, Base):
    """A survey of satisfaction: heads asked, of them answered, of those satisfied; no names."""

    __tablename__ = "survey"
    whom = nobody("heads, without names")
    __table_args__ = (UniqueConstraint("home_id", "held_on"),)

    held_on: Mapped[date] = column(
        Field("调查日期", "day", "只记份数，不记姓名", "without names", past=True), index=True
    )
    asked: Mapped[int] = column(Field("发出份数", "heads asked", least=1))
    answered: Mapped[int] = column(Field("收回份数", "answered", "不多于发出", least=0))
    satisfied: Mapped[int] = column(Field("满意份数", "satisfied", "不多于收回", least=0))
