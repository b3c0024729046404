"""Presence: expected heads for the roster, real days and pieces for the wages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Composite, Mapped, composite, mapped_column, relationship

from rukang.base.database.about import nobody, through
from rukang.base.database.base import Base, OfHome
from rukang.base.database.types import ExactDecimal, one_of
from rukang.care.attendance.marks import DayMarks, Presence
from rukang.people.records import Resident


class ExpectedAttendance(OfHome, Base):
    """How many residents are expected in each part of the home on one day."""

    __tablename__ = "expected_attendance"
    whom = nobody("heads a day, without names")
    __table_args__ = (UniqueConstraint("home_id", "day"),)

    day: Mapped[date]
    day_care: Mapped[int]
    workshop: Mapped[int]
    overnight: Mapped[int]


class AttendanceDay(OfHome, Base):
    """One resident on one day: a mark for the morning and one for the afternoon."""

    __tablename__ = "attendance_day"
    whom = through("resident_id")
    __table_args__ = (UniqueConstraint("resident_id", "day"),)

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    morning: Mapped[Presence] = mapped_column(one_of(Presence))
    afternoon: Mapped[Presence] = mapped_column(one_of(Presence))
    marks: Composite[DayMarks] = composite(DayMarks, "morning", "afternoon")
    resident: Mapped[Resident] = relationship(lazy="joined")


class HoursWorked(OfHome, Base):
    """Hours of one resident on one day: paid by the hour, or beyond normal time.

    ``lieu`` are those of the overtime made up by time off. ``employer_id`` says for whom, where
    that is not plain.
    """

    __tablename__ = "hours_worked"
    whom = through("resident_id")
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
    whom = through("resident_id")
    __table_args__ = (UniqueConstraint("resident_id", "month", "item", "day"),)

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    month: Mapped[date] = mapped_column(index=True)
    item: Mapped[str] = mapped_column(String(60))
    day: Mapped[date | None]
    quantity: Mapped[int]
    quality_deduction_fen: Mapped[int]
    rate: Mapped[Decimal] = mapped_column(ExactDecimal)
    resident: Mapped[Resident] = relationship(lazy="joined")
