"""The sheets of 05-出勤与计件: what a row of each holds."""

from __future__ import annotations

from typing import Any

from pydantic import Field, create_model

from rostering.sheets import Day, Rate, SheetRow, Text, Whole, YuanFen
from rukang.attendance import Presence

ATTENDANCE = "考勤"
PIECES = "计件"
LONGEST_MONTH = 31


class NamedRow(SheetRow):
    """Somebody's attendance; a field each day of a month is added below."""

    resident: Text = Field(alias="人员编号")
    name: Text = Field(alias="姓名")

    def mark(self, day: int) -> Presence | None:
        """Return the mark of a day of the month; None is no record, which is not absence."""
        mark: Presence | None = getattr(self, f"day_{day}")
        return mark


_DAYS: dict[str, Any] = {
    f"day_{day}": (Presence | None, Field(alias=str(day), default=None))
    for day in range(1, LONGEST_MONTH + 1)
}


def attendance_row() -> type[NamedRow]:
    """Return the row model of 考勤: a column for each day of the longest month."""
    return create_model("AttendanceRow", __base__=NamedRow, **_DAYS)


class PieceRow(SheetRow):
    """Pieces of one item that somebody made within the month; the rate is yuan a piece.

    A row may be of one day; it is taken for work of that day then.
    """

    resident: Text = Field(alias="人员编号")
    name: Text = Field(alias="姓名")
    item: Text = Field(alias="产品", max_length=60)
    quantity: Whole = Field(alias="合格数量", ge=0, le=10**7)
    rate: Rate = Field(alias="单价（元/件）", gt=0, le=10**6, decimal_places=4)
    day: Day | None = Field(alias="日期", default=None)
    quality_deduction_fen: YuanFen = Field(alias="质量扣减（元）", default=0, ge=0)
