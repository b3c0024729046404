"""Presence: expected heads for the roster, real days and pieces for the wages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Composite, Mapped, composite, mapped_column, relationship

from rukang.base.database.about import nobody, through
from rukang.base.database.base import Base, OfHome
from rukang.base.database.types import ExactDecimal, one_of
from rukang.care.attendance.cells import Marks
from rukang.care.attendance.marks import DayMarks, Presence
from rukang.forms import Field, Reference, column, told
from rukang.forms.field import money, piece_rate
from rukang.forms.workbooks.written import Written
from rukang.numbers import uscc
from rukang.people.named import RESIDENT_CODE
from rukang.people.records import Resident

NONE = Decimal(0)
PAYER = Field(
    "统一社会信用代码",
    "whose, if that is not plain",
    "同时有多家单位时必填",
    refers=Reference("用工单位", "employer", by="uscc", tidy=uscc.compact, told=False),
)
"""That somebody worked for whom a row names is a rule of the sheet, and told by it."""


class ExpectedAttendance(OfHome, Base):
    """How many residents are expected in each part of the home on one day."""

    __tablename__ = "expected_attendance"
    whom = nobody("heads a day, without names")
    __table_args__ = (UniqueConstraint("home_id", "day"),)

    day: Mapped[date] = column(Field("日期", "day", "本月每天一行", "one row for every day"))
    day_care: Mapped[int] = column(
        Field("日间照料", "heads in day care", "需要生活照料的人数", least=0)
    )
    workshop: Mapped[int] = column(
        Field("工坊", "heads in the workshop", "在工坊劳动的人数", least=0)
    )
    overnight: Mapped[int] = column(Field("夜间", "heads overnight", "过夜人数", least=0))


class AttendanceDay(OfHome, Base):
    """One resident on one day: a mark for the morning and one for the afternoon."""

    __tablename__ = "attendance_day"
    whom = through("resident_id")
    __table_args__ = (UniqueConstraint("resident_id", "day"),)

    resident_id: Mapped[int] = column(RESIDENT_CODE, ForeignKey("resident.id"), index=True)
    day: Mapped[date] = column(Field("日期", "day"), index=True)
    morning: Mapped[Presence] = mapped_column(one_of(Presence))
    afternoon: Mapped[Presence] = mapped_column(one_of(Presence))
    marks: Composite[DayMarks] = composite(
        DayMarks,
        "morning",
        "afternoon",
        info=told(
            Field(
                "记号",
                "mark",
                "全天一个记号，如 出；上午、下午不同的写两个，如 出/事；空格是没有记录，不等于缺勤",
                "two where morning and afternoon differ; an empty cell is no record",
                cell=Written(Marks, str, choices=[*Presence]),
            )
        ),
    )
    resident: Mapped[Resident] = relationship(lazy="joined")


class HoursWorked(OfHome, Base):
    """Hours of one resident on one day: paid by the hour, or beyond normal time.

    ``lieu`` are those of the overtime made up by time off. ``employer_id`` says for whom, where
    that is not plain.
    """

    __tablename__ = "hours_worked"
    whom = through("resident_id")
    __table_args__ = (UniqueConstraint("resident_id", "day", "employer_id"),)

    resident_id: Mapped[int] = column(RESIDENT_CODE, ForeignKey("resident.id"), index=True)
    day: Mapped[date] = column(
        Field("日期", "a day attended, for a half at least", "当日须有出勤（半天也可）"), index=True
    )
    normal: Mapped[Decimal] = column(
        Field("正常小时", "all hours of part-time work", "非全日制的全部小时", empty=NONE),
        ExactDecimal,
    )
    overtime: Mapped[Decimal] = column(
        Field("加班小时", "of a labour contract", "劳动合同", empty=NONE), ExactDecimal
    )
    lieu: Mapped[Decimal] = column(
        Field("其中补休小时", "made up by time off, rest days only", "只限休息日加班", empty=NONE),
        ExactDecimal,
    )
    employer_id: Mapped[int | None] = column(PAYER, ForeignKey("employer.id"))
    resident: Mapped[Resident] = relationship(lazy="joined")


class PieceWork(OfHome, Base):
    """Pieces of one item made by a resident within a month, or on one of its days.

    The rate is yuan per piece; it may be finer than a fen (0.035 yuan a piece), so it is an exact
    decimal. ``quality_deduction_fen`` is taken off the pay of the item for faults.
    """

    __tablename__ = "piece_work"
    whom = through("resident_id")
    __table_args__ = (UniqueConstraint("resident_id", "month", "item", "day"),)

    resident_id: Mapped[int] = column(RESIDENT_CODE, ForeignKey("resident.id"), index=True)
    month: Mapped[date] = mapped_column(index=True)
    item: Mapped[str] = column(Field("产品", "item", "每人每种一行"), String(60))
    quantity: Mapped[int] = column(Field("合格数量", "accepted pieces", least=0, most=10**7))
    rate: Mapped[Decimal] = column(piece_rate("最多四位小数，可小于一分"), ExactDecimal)
    day: Mapped[date | None] = column(
        Field(
            "日期",
            "day, attended",
            "可不填；填了，当日须有出勤（半天也可），每人每种每日一行",
            within=True,
        )
    )
    quality_deduction_fen: Mapped[int] = column(
        money("质量扣减（元）", "taken off for faults", "可不填；从该项计件工资中扣", empty=0)
    )
    resident: Mapped[Resident] = relationship(lazy="joined")
