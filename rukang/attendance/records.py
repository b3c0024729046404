"""Presence: expected heads for the roster, real days and pieces for the wages."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rukang.database.base import Base, OfHome
from rukang.database.types import ExactDecimal, one_of
from rukang.people.records import Resident


class ExpectedAttendance(OfHome, Base):
    """How many residents are expected in each part of the home on one day."""

    __tablename__ = "expected_attendance"
    __table_args__ = (UniqueConstraint("home_id", "day"),)

    day: Mapped[date]
    day_care: Mapped[int]
    workshop: Mapped[int]
    overnight: Mapped[int]


class Presence(enum.StrEnum):
    """A mark of the month's attendance sheet. A blank cell is no record, which is not absence."""

    PRESENT = "出"
    ANNUAL_LEAVE = "年"
    SICK_LEAVE = "病"
    INJURY_LEAVE = "工"
    PERSONAL_LEAVE = "事"
    ABSENT = "旷"
    MARRIAGE_LEAVE = "婚"
    BEREAVEMENT_LEAVE = "丧"
    MATERNITY_LEAVE = "产"
    IN_LIEU = "补"
    HOLIDAY = "假"
    REST = "休"


class AttendanceDay(OfHome, Base):
    """One resident on one day."""

    __tablename__ = "attendance_day"
    __table_args__ = (UniqueConstraint("resident_id", "day"),)

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    presence: Mapped[Presence] = mapped_column(one_of(Presence))
    resident: Mapped[Resident] = relationship(lazy="joined")


class HoursWorked(OfHome, Base):
    """Hours of one resident on one day: paid by the hour, or beyond normal time.

    ``lieu`` are those of the overtime made up by time off. ``employer_id`` says for whom, where
    that is not plain.
    """

    __tablename__ = "hours_worked"
    __table_args__ = (UniqueConstraint("resident_id", "day", "employer_id"),)

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"))
    day: Mapped[date] = mapped_column(index=True)
    normal: Mapped[Decimal] = mapped_column(ExactDecimal)
    overtime: Mapped[Decimal] = mapped_column(ExactDecimal)
    lieu: Mapped[Decimal] = mapped_column(ExactDecimal)
    resident: Mapped[Resident] = relationship(lazy="joined")


class PieceWork(OfHome, Base):
    """Pieces of one item made by a resident within a month, or on one of its days.

    The rate is yuan per piece; it may be finer than a fen (0.035 yuan a piece), so it is an exact
    decimal. ``quality_deduction_fen`` is taken off the pay of the item for faults.
    """

    __tablename__ = "piece_work"
    __table_args__ = (UniqueConstraint("resident_id", "month", "item", "day"),)

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    month: Mapped[date] = mapped_column(index=True)
    item: Mapped[str] = mapped_column(String(60))
    day: Mapped[date | None]
    quantity: Mapped[int]
    quality_deduction_fen: Mapped[int]
    rate: Mapped[Decimal] = mapped_column(ExactDecimal)
    resident: Mapped[Resident] = relationship(lazy="joined")
