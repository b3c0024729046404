"""What a team made together within a month, and its members with their weights."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rukang.base.database.about import nobody, through
from rukang.base.database.base import Base, OfHome
from rukang.base.database.types import ExactDecimal, one_of
from rukang.people.records import Resident


class MadeDuring(enum.StrEnum):
    """In which hours something was made; overtime pays the rate at its multiple."""

    NORMAL = "正常"
    WORKDAY = "工作日加班"
    REST_DAY = "休息日加班"
    HOLIDAY = "法定休假日加班"


class TeamWork(OfHome, Base):
    """Pieces of one item that a whole team made within a month, or on one of its days.

    Rate, quantity and deduction are as in ``PieceWork``, of all members together. ``team`` names
    the members of the month whose weights share it out.
    """

    __tablename__ = "team_work"
    whom = nobody("what several made together; who they were stands with the members")
    __table_args__ = (UniqueConstraint("home_id", "month", "team", "item", "day", "made_during"),)

    month: Mapped[date] = mapped_column(index=True)
    team: Mapped[str] = mapped_column(String(60))
    item: Mapped[str] = mapped_column(String(60))
    day: Mapped[date | None]
    made_during: Mapped[MadeDuring] = mapped_column(one_of(MadeDuring))
    quantity: Mapped[int]
    quality_deduction_fen: Mapped[int]
    rate: Mapped[Decimal] = mapped_column(ExactDecimal)


class TeamMember(OfHome, Base):
    """A resident in a team of a month; ``weight`` is hours or points, alike within a team."""

    __tablename__ = "team_member"
    whom = through("resident_id")
    __table_args__ = (UniqueConstraint("home_id", "month", "team", "resident_id"),)

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    month: Mapped[date] = mapped_column(index=True)
    team: Mapped[str] = mapped_column(String(60))
    weight: Mapped[Decimal] = mapped_column(ExactDecimal)
    resident: Mapped[Resident] = relationship(lazy="joined")
