"""The sheets of 05-出勤与计件: what a row of each holds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import Field, create_model

from rostering.sheets import Day, Hours, Rate, SheetRow, Text, Whole, YesNo, YuanFen
from rukang.care.attendance import DayMarks
from rukang.doors.intake.attendance.cells import Marks
from rukang.doors.intake.numbers import USCC
from rukang.pay import PayItemKind

ATTENDANCE = "考勤"
PIECES = "计件"
HOURS = "工时"
ITEMS = "津贴与扣款"
LONGEST_MONTH = 31


class NamedRow(SheetRow):
    """A row about somebody, with the name as a guard against a slipped row."""

    resident: Text = Field(alias="人员编号")
    name: Text = Field(alias="姓名")


class MarksRow(NamedRow):
    """Somebody's attendance; a field each day of a month is added below."""

    def of_day(self, day: int) -> DayMarks | None:
        """Return the marks of a day of the month; None is no record, which is not absence."""
        marks: DayMarks | None = getattr(self, f"day_{day}")
        return marks


_DAYS: dict[str, Any] = {
    f"day_{day}": (Marks | None, Field(alias=str(day), default=None))
    for day in range(1, LONGEST_MONTH + 1)
}


def attendance_row() -> type[MarksRow]:
    """Return the row model of 考勤: a column for each day of the longest month."""
    return create_model("AttendanceRow", __base__=MarksRow, **_DAYS)


class PieceRow(NamedRow):
    """Pieces of one item that somebody made within the month; the rate is yuan a piece.

    A row may be of one day; it is taken for work of that day then.
    """

    item: Text = Field(alias="产品", max_length=60)
    quantity: Whole = Field(alias="合格数量", ge=0, le=10**7)
    rate: Rate = Field(alias="单价（元/件）", gt=0, le=10**6, decimal_places=4)
    day: Day | None = Field(alias="日期", default=None)
    quality_deduction_fen: YuanFen = Field(alias="质量扣减（元）", default=0, ge=0)


class HoursRow(NamedRow):
    """Hours of somebody on a day: paid by the hour, or beyond normal time."""

    day: Day = Field(alias="日期")
    normal: Hours = Field(alias="正常小时", default=Decimal(0))
    overtime: Hours = Field(alias="加班小时", default=Decimal(0))
    lieu: Hours = Field(alias="其中补休小时", default=Decimal(0))
    uscc: Text | None = Field(alias=USCC, default=None)


class ItemRow(NamedRow):
    """One amount of somebody's month, beside wages, hours and pieces."""

    kind: PayItemKind = Field(alias="项目")
    item: Text = Field(alias="名称", max_length=60, default="")
    amount_fen: YuanFen = Field(alias="金额（元）", gt=0)
    exempt: YesNo = Field(alias="免税", default=False)
    uscc: Text | None = Field(alias=USCC, default=None)
