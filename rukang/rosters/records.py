"""Shift types, the home's own ratios, leave and wishes, rosters and worked shifts."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

import rostering
from rukang.base.database.about import nobody, through
from rukang.base.database.base import Base, OfHome
from rukang.base.database.types import UtcDateTime, one_of
from rukang.base.words import Strict, Text, Worded
from rukang.forms import Derived, Field, column
from rukang.forms.workbooks.written import CLOCK, either
from rukang.people.named import STAFF_CODE, STAFF_NAMED
from rukang.people.records import Staff

DAY_MINUTES = 24 * 60


class HomeShift(OfHome, Base):
    """A shift type of the home: start in minutes after midnight, lengths in minutes."""

    __tablename__ = "home_shift"
    whom = nobody("a shift type of the home")
    __table_args__ = (UniqueConstraint("home_id", "code"),)

    code: Mapped[str] = column(Field("班次", "code", "一两个字的代号"), String(10))
    name: Mapped[str] = column(Field("名称", "name"), String(40))
    skill: Mapped[str] = column(
        Field("所需岗位", "skill asked for", "员工的“可任岗位”之一"), String(40)
    )
    start: Mapped[int] = column(Field("开始", "start", "如 21:00", cell=CLOCK))
    end = Derived(
        Field("结束", "end", "早于开始即为次日", "past midnight is the next day", cell=CLOCK),
        int,
        lambda of: (of.start + of.minutes) % DAY_MINUTES,
    )
    minutes: Mapped[int] = column(
        Field(
            "时长（分钟）",
            "minutes on duty",
            "从开始到结束的在岗时间，须与钟点相符",
            "has to agree with the clock",
            least=1,
            most=DAY_MINUTES,
        )
    )
    paid_minutes: Mapped[int] = column(
        Field("计薪时长（分钟）", "paid minutes", "不含休息", "without breaks", least=0)
    )
    is_night: Mapped[bool] = column(Field("夜班", "whether it is a night"))


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

    shift_code: Mapped[str] = column(
        Field("班次", "shift", "每个班次一行", "one row a shift"), String(10)
    )
    attendees: Mapped[Attendees] = column(
        Field("照护对象", "which expected heads count"), choices=Attendees
    )
    heads_per_staff: Mapped[int] = column(
        Field("每名员工照护人数", "heads for one of the staff", "尽量满足", "wanted", least=1)
    )
    at_least: Mapped[int] = column(
        Field("至少员工数", "never fewer", "只要有人在园就必须满足", least=0)
    )


class LeaveDay(OfHome, Base):
    """A day on which a member of staff may not be asked to work."""

    __tablename__ = "leave_day"
    whom = through("staff_id")
    __table_args__ = (UniqueConstraint("staff_id", "day"),)

    staff_id: Mapped[int] = column(STAFF_CODE, ForeignKey("staff.id"), index=True)
    day: Mapped[date] = column(Field("日期", "day"))
    kind: Mapped[str] = column(Field("类别", "kind", "如年休假"), String(20))
    staff: Mapped[Staff] = relationship(lazy="joined")


class Wish(OfHome, Base):
    """A wish for a day: a shift (or, without a code, any work) wanted or not, with its weight."""

    __tablename__ = "wish"
    whom = through("staff_id")

    staff_id: Mapped[int] = column(STAFF_CODE, ForeignKey("staff.id"), index=True)
    day: Mapped[date] = column(Field("日期", "day", "在本月之内", "within the month"))
    shift_code: Mapped[str | None] = column(
        Field("班次", "shift", "空表示当天上不上班", "empty means any work"), String(10)
    )
    wanted: Mapped[bool] = column(Field("意愿", "wanted or not", cell=either("想上", "不想上")))
    weight: Mapped[int] = column(Field("程度", "weight", least=1, most=10))
    staff: Mapped[Staff] = relationship(lazy="joined")


class WorkedShift(OfHome, Base):
    """A shift of a published roster, or of the weeks before the home used this software."""

    __tablename__ = "worked_shift"
    whom = through("staff_id")
    __table_args__ = (UniqueConstraint("staff_id", "day"),)

    staff_id: Mapped[int] = column(STAFF_NAMED, ForeignKey("staff.id"), index=True)
    day: Mapped[date] = column(Field("日期", "day"), index=True)
    shift_code: Mapped[str] = column(
        Field("班次", "shift", "休息留空", "empty when off"), String(10)
    )
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


class RosterState(Worded):
    """Life of a roster: asked for, solved, shown to staff, replaced by its next version.

    Or impossible, or stopped.
    """

    REQUESTED = "requested", "等待排班", "waiting"
    DRAFT = "draft", "草稿", "draft"
    IMPOSSIBLE = "impossible", "无法排出", "impossible"
    PUBLISHED = "published", "已发布", "published"
    REPLACED = "replaced", "已有新版", "replaced by a newer version"
    STOPPED = "stopped", "未得出班表", "stopped without a roster"


class Collision(Strict):
    """Rules that cannot hold together, in words: what is proven of them, then each of them."""

    verdict: rostering.Verdict
    zh: str
    en: str
    rules: tuple[Text, ...] = ()

    @classmethod
    def of(cls, found: rostering.Conflict) -> Collision:
        """Return what the engine found, in words."""
        opening, *rules = (Text(zh=said.zh, en=said.en) for said in found.sentences())
        return cls(verdict=found.verdict, zh=opening.zh, en=opening.en, rules=tuple(rules))


class RosterPlan(OfHome, Base):
    """A month's roster; ``shifts`` maps staff code → day (ISO) → shift code.

    ``problem`` keeps the solved problem in the JSON form of ``rostering.Problem``, so that the
    checker can recount the roster at any time. ``findings`` holds relaxations in words,
    ``time_limit`` the seconds a solve may take. ``replaces_id`` is the version before, of which
    the findings tell what changed. ``conflicts`` holds what collides where there is no roster
    (`Collision`); None where nobody looked.
    """

    __tablename__ = "roster_plan"
    whom = nobody(
        "many at once: who works stands in it by code", "problem", "shifts", "findings", "conflicts"
    )

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
    conflicts: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("roster_plan.id"))
