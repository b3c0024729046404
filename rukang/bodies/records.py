"""Bodies: homes, institutions, offices, companies and shops; their dated states and terms.

What changes with time is a row with its first day, and holds until the next one begins: so there
is never a gap and never an overlap. Nothing is recorded of a day that has not come.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint, case, or_
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from rukang.base.database.about import nobody, through
from rukang.base.database.base import Base, IsPlace, Seen
from rukang.base.database.types import one_of
from rukang.base.words import Worded
from rukang.forms import Field, column
from rukang.forms.field import place
from rukang.numbers import uscc


class BodyKind(Worded):
    """What a body is."""

    HOME = "home", "如康家园", "home"
    INSTITUTION = "institution", "服务机构", "institution"
    OFFICE = "office", "办公室", "office"
    COMPANY = "company", "公司", "company"
    SHOP = "shop", "门店", "shop"


class State(Worded):
    """How far a body is: from a plan to its end."""

    PLANNED = "planned", "筹划", "planned"
    BUILDING = "building", "建设中", "under construction"
    TRIAL = "trial", "试运行", "on trial"
    OPEN = "open", "运营", "open"
    SUSPENDED = "suspended", "暂停", "suspended"
    CLOSED = "closed", "关闭", "closed"


class Body(IsPlace, Base):
    """Whoever is responsible for people or work: where it is, and who answers for it.

    ``county`` is the six-digit division code, ``legal_person`` who answers for it and ``uscc``
    that one's unified social credit code. Latitude and longitude are degrees (WGS 84). A home is a
    body with a table of its own (`rukang.bodies.homes`); the ids are the same.
    """

    __tablename__ = "body"
    whom = nobody("a body and where it is")

    kind: Mapped[BodyKind] = mapped_column(one_of(BodyKind))
    code: Mapped[str] = column(
        Field("机构编号", "code", "唯一编号，如 ZP001"), String(20), unique=True
    )
    name: Mapped[str] = column(Field("机构名称", "name", "全称"), String(100))
    county: Mapped[str] = column(
        place(
            "行政区划代码", "division code of the county", "六位，如邹平市 371681；最低工资按它查"
        ),
        String(6),
        index=True,
    )
    address: Mapped[str] = column(Field("地址", "address"), String(200))
    legal_person: Mapped[str] = column(Field("法人单位", "legal person", "承办单位"), String(100))
    uscc: Mapped[str] = column(
        Field("统一社会信用代码", "checked by its check character", number=uscc), String(18)
    )

    __mapper_args__ = {  # noqa: RUF012 - declared as SQLAlchemy reads it
        "polymorphic_on": case((kind == BodyKind.HOME, "home"), else_="body"),
        "polymorphic_identity": "body",
    }


class OfBody:
    """Mixin of the records that belong to one body, seen by whoever sees the body."""

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a record is of a body, or about a person, seen."""
        record: Any = cls
        return or_(record.body_id.in_(seen.homes), *seen.about(record))

    @declared_attr
    @classmethod
    def body_id(cls) -> Mapped[int]:
        """The body whose people may see the record."""
        return mapped_column(ForeignKey("body.id"), index=True)

    @declared_attr
    @classmethod
    def body(cls) -> Mapped[Body]:
        """The body itself."""
        return relationship(Body)


class BodyState(OfBody, Base):
    """That a body is in a state from a day on; without any a body is open."""

    __tablename__ = "body_state"
    whom = nobody("how far a body is")
    __table_args__ = (UniqueConstraint("body_id", "since"),)

    since: Mapped[date]
    state: Mapped[State] = mapped_column(one_of(State))
    words: Mapped[str] = mapped_column(String(200))


class BodyCapacity(OfBody, Base):
    """For how many people a body is registered from a day on."""

    __tablename__ = "body_capacity"
    whom = nobody("for how many a body is registered")
    __table_args__ = (UniqueConstraint("body_id", "since"),)

    since: Mapped[date]
    heads: Mapped[int]


class BodyOperator(OfBody, Base):
    """Who runs a body from a day on, where that is not its legal person."""

    __tablename__ = "body_operator"
    whom = nobody("who runs a body")
    __table_args__ = (UniqueConstraint("body_id", "since"),)

    since: Mapped[date]
    name: Mapped[str] = mapped_column(String(100))
    uscc: Mapped[str] = mapped_column(String(18))


class BodyLicence(OfBody, Base):
    """A licence, permit or designation of a body; the last day is inclusive, None without end."""

    __tablename__ = "body_licence"
    whom = nobody("what a body is licensed for")
    __table_args__ = (UniqueConstraint("body_id", "kind", "number"),)

    kind: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(60))
    issued_by: Mapped[str] = mapped_column(String(100))
    issued_on: Mapped[date]
    expires_on: Mapped[date | None]


class Charge(OfBody, Base):
    """That a body answers for a person from a day on, until the next body does."""

    __tablename__ = "charge"
    whom = through("person_id")
    __table_args__ = (UniqueConstraint("person_id", "since"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[date]
