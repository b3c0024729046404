"""Shift types, the home's own ratios, leave and wishes, rosters and worked shifts."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rukang.base.database.about import nobody, through
from rukang.base.database.base import Base, OfHome
from rukang.base.database.types import UtcDateTime, one_of
from rukang.people.records import Staff


class HomeShift(OfHome, Base):
    """A shift type of the home: start in minutes after midnight, lengths in minutes."""

    __tablename__ = "home_shift"
    whom = nobody("a shift type of the home")
    __table_args__ = (UniqueConstraint("home_id", "code"),)

    code: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(40))
    skill: Mapped[str] = mapped_column(String(40))
    start: Mapped[int]
    minutes: Mapped[int]
    paid_minutes: Mapped[int]
    is_night: Mapped[bool]


class Attendees(enum.StrEnum):
    """Which expected heads a ratio counts."""

    DAY_CARE = "日间照料"
    WORKSHOP = "工坊"
    OVERNIGHT = "夜间"


class CareRatio(OfHome, Base):
    """The home's own setting: one of a shift for so many heads, and never fewer than a minimum.

    No official ratio was found in the texts we have, so it is the home's to set.
    """

    __tablename__ = "care_ratio"
    whom = nobody("a setting of the home")
    __table_args__ = (UniqueConstraint("home_id", "shift_code"),)

    shift_code: Mapped[str] = mapped_column(String(10))
    attendees: Mapped[Attendees] = mapped_column(one_of(Attendees))
    heads_per_staff: Mapped[int]
    at_least: Mapped[int]


class LeaveDay(OfHome, Base):
    """A day on which a member of staff may not be asked to work."""

    __tablename__ = "leave_day"
    whom = through("staff_id")
    __table_args__ = (UniqueConstraint("staff_id", "day"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
    staff: Mapped[Staff] = relationship(lazy="joined")


class Wish(OfHome, Base):
    """A wish for a day: a shift (or, without a code, any work) wanted or not, with its weight."""

    __tablename__ = "wish"
    whom = through("staff_id")

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    day: Mapped[date]
    shift_code: Mapped[str | None] = mapped_column(String(10))
    wanted: Mapped[bool]
    weight: Mapped[int]
    staff: Mapped[Staff] = relationship(lazy="joined")


class WorkedShift(OfHome, Base):
    """A shift of a published roster, or of the weeks before the home used this software."""

    __tablename__ = "worked_shift"
    whom = through("staff_id")
    __table_args__ = (UniqueConstraint("staff_id", "day"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    shift_code: Mapped[str] = mapped_column(String(10))
    staff: Mapped[Staff] = relationship(lazy="joined")


class ConfirmedShift(OfHome, Base):
    """What somebody worked on a day, confirmed after it; frozen, whatever shift types become.

    ``planned_code`` is the published shift and ``shift_code`` the one worked, None for none.
    Minutes are paid minutes, ``…_after_midnight`` those among them worked on the next day.
    """

    __tablename__ = "confirmed_shift"
    whom = through("staff_id")
    __table_args__ = (UniqueConstraint("staff_id", "day"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    planned_code: Mapped[str | None] = mapped_column(String(10))
    planned_minutes: Mapped[int]
    planned_after_midnight: Mapped[int]
    shift_code: Mapped[str | None] = mapped_column(String(10))
    minutes: Mapped[int]
    minutes_after_midnight: Mapped[int]
    note: Mapped[str] = mapped_column(String(200))
    confirmed_by: Mapped[str] = mapped_column(String(320))
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff: Mapped[Staff] = relationship(lazy="joined")


class RosterState(enum.StrEnum):
    """Life of a roster: asked for, solved, shown to staff; or impossible, or stopped."""

    REQUESTED = "requested"
    DRAFT = "draft"
    IMPOSSIBLE = "impossible"
    PUBLISHED = "published"
    STOPPED = "stopped"


class RosterPlan(OfHome, Base):
    """A month's roster; ``shifts`` maps staff code → day (ISO) → shift code.

    ``problem`` keeps the solved problem in the JSON form of ``rostering.Problem``, so that the
    checker can recount the roster at any time. ``findings`` holds relaxations in words,
    ``time_limit`` the seconds a solve may take.
    """

    __tablename__ = "roster_plan"
    whom = nobody("many at once: who works stands in it by code", "problem", "shifts", "findings")

    month: Mapped[date] = mapped_column(index=True)
    state: Mapped[RosterState] = mapped_column(one_of(RosterState))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    time_limit: Mapped[int]
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    shifts: Mapped[dict[str, dict[str, str]] | None] = mapped_column(JSON)
    status: Mapped[str | None] = mapped_column(String(20))
    cost: Mapped[int | None]
    bound: Mapped[int | None]
    seconds: Mapped[float | None]
    findings: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
