"""The rows of a problem's workbook; the aliases are the headers of its sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from rostering.parts import Cover, Fixed, Request, ShiftType, Staff, Unavailable
from rostering.sheets import (
    Clock,
    Day,
    ListOfText,
    OptionalText,
    SheetRow,
    Text,
    Whole,
    YesNo,
    cell_error,
)


def limits_of(parts: Sequence[str]) -> dict[str, int]:
    """Return the shift limits in texts such as 夜=4."""
    found = [re.fullmatch(r"(.+?)\s*[=＝]\s*(\d+)", part) for part in parts]
    if None in found:
        raise cell_error("应写作“班次=次数”，例如 夜=4、早=0", "shift=times expected, e.g. 夜=4")
    return {match[1]: int(match[2]) for match in found if match}


def _limits(parts: tuple[str, ...]) -> tuple[str, ...]:
    limits_of(parts)
    return parts


ShiftLimits = Annotated[ListOfText, AfterValidator(_limits)]


class PeriodRow(SheetRow):
    """周期: one row about the period."""

    name: OptionalText = Field(alias="名称", default=None)
    start: Day = Field(alias="开始日期")
    days: Whole = Field(alias="天数", ge=1)


class ShiftRow(SheetRow):
    """班次: one row a shift type."""

    id: Text = Field(alias="班次")
    name: OptionalText = Field(alias="名称", default=None)
    start: Clock | None = Field(alias="开始时间", default=None)
    minutes: Whole = Field(alias="时长分钟", ge=0)
    paid_minutes: Whole = Field(alias="计薪分钟", ge=0)
    skill: OptionalText = Field(alias="所需技能", default=None)
    is_night: YesNo = Field(alias="夜班", default=False)
    forbidden_next: ListOfText = Field(alias="次日不可接", default=())

    def part(self) -> ShiftType:
        """Return the shift type."""
        return ShiftType.model_validate(self.model_dump() | {"name": self.name or ""})


class StaffRow(SheetRow):
    """人员: one row a person; an empty limit is no limit."""

    id: Text = Field(alias="工号")
    name: OptionalText = Field(alias="姓名", default=None)
    skills: ListOfText = Field(alias="技能", default=())
    shift_limits: ShiftLimits = Field(alias="班次上限", default=())
    min_minutes: Whole = Field(alias="最少分钟", default=0, ge=0)
    max_minutes: Whole | None = Field(alias="最多分钟", default=None, ge=0)
    max_week_minutes: Whole | None = Field(alias="每周最多分钟", default=None, ge=0)
    max_consecutive_days: Whole | None = Field(alias="最多连续工作天数", default=None, ge=1)
    min_consecutive_days: Whole = Field(alias="最少连续工作天数", default=1, ge=1)
    min_consecutive_days_off: Whole = Field(alias="最少连续休息天数", default=1, ge=1)
    max_weekends: Whole | None = Field(alias="最多周末", default=None, ge=0)
    min_rest_minutes: Whole | None = Field(alias="班间休息分钟", default=None, ge=0)
    no_night: YesNo = Field(alias="不上夜班", default=False)

    def part(self) -> Staff:
        """Return the person."""
        limits = {"shift_limits": limits_of(self.shift_limits)}
        return Staff.model_validate(self.model_dump() | {"name": self.name or ""} | limits)


class CoverRow(SheetRow):
    """需求: one row a day, shift type and skill; without 期望人数 only the limits speak."""

    day: Day = Field(alias="日期")
    shift: Text = Field(alias="班次")
    skill: OptionalText = Field(alias="技能", default=None)
    minimum: Whole = Field(alias="最少人数", default=0, ge=0)
    wanted: Whole | None = Field(alias="期望人数", default=None, ge=0)
    maximum: Whole | None = Field(alias="最多人数", default=None, ge=0)
    under_weight: Whole = Field(alias="缺员权重", default=100, ge=0)
    over_weight: Whole | None = Field(alias="超员权重", default=None, ge=0)
    price: Whole | None = Field(alias="少一人价", default=None, ge=1)
    last_price: Whole | None = Field(alias="最后一人价", default=None, ge=1)

    def part(self, start: date) -> Cover:
        """Return the requirement, its day counted from the start of the period."""
        given = self.model_dump(exclude_none=True)
        return Cover.model_validate(given | {"day": (self.day - start).days})


class RequestRow(SheetRow):
    """请求: one row a wish; without a shift type it is about working at all."""

    staff: Text = Field(alias="工号")
    day: Day = Field(alias="日期")
    shift: OptionalText = Field(alias="班次", default=None)
    wanted: YesNo = Field(alias="希望上班")
    weight: Whole = Field(alias="权重", default=1, ge=0)

    def part(self, start: date) -> Request:
        """Return the wish, its day counted from the start of the period."""
        return Request.model_validate(self.model_dump() | {"day": (self.day - start).days})


class LeaveRow(SheetRow):
    """休假: one row a day on which a person may not work."""

    staff: Text = Field(alias="工号")
    day: Day = Field(alias="日期")
    from_midnight: YesNo = Field(alias="从零点起", default=False)

    def part(self, start: date) -> Unavailable:
        """Return the day of leave, its day counted from the start of the period."""
        return Unavailable.model_validate(self.model_dump() | {"day": (self.day - start).days})


class FixedRow(SheetRow):
    """固定: one row a pinned cell; without a shift type, a day off."""

    staff: Text = Field(alias="工号")
    day: Day = Field(alias="日期")
    shift: OptionalText = Field(alias="班次", default=None)

    def part(self, start: date) -> Fixed:
        """Return the pinned cell, its day counted from the start of the period."""
        return Fixed.model_validate(self.model_dump() | {"day": (self.day - start).days})


class HistoryRow(SheetRow):
    """历史: one row a person and day before the period; without a shift type, a day off."""

    staff: Text = Field(alias="工号")
    day: Day = Field(alias="日期")
    shift: OptionalText = Field(alias="班次", default=None)
