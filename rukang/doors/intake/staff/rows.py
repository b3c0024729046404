"""The sheets of 03-员工与排班: what a row of each holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field, create_model

from rostering.sheets import Clock, Day, Hours, ListOfText, SheetRow, Text, Whole, YesNo
from rukang.doors.intake.numbers import CITIZEN_ID
from rukang.people import HoursSystem, Sex
from rukang.rosters.records import Attendees

STAFF = "员工与合同"
SHIFTS = "班次"
RATIOS = "照护配比"
LEAVE = "休假"
WISHES = "意愿"
LAST_WEEK = "上周班表"
EXPECTED = "预计出勤"

TAIL_DAYS = 7
"""Days of the running roster before the month that the workbook shows."""


class StaffRow(SheetRow):
    """One member of staff with the contract."""

    code: Text = Field(alias="编号", max_length=20)
    name: Text = Field(alias="姓名", max_length=60)
    sex: Sex = Field(alias="性别")
    citizen_id: Text = Field(alias=CITIZEN_ID)
    post: Text = Field(alias="岗位", max_length=40)
    skills: ListOfText = Field(alias="可任岗位")
    qualified: YesNo = Field(alias="持证")
    hours_system: HoursSystem = Field(alias="工时制度")
    weekly_hours: Hours = Field(alias="周工时（小时）", gt=0, le=40)
    max_consecutive_days: Whole = Field(alias="最多连续工作天数", ge=1, le=6)
    max_weekends: Whole = Field(alias="每月最多周末数", ge=0, le=5)
    night_allowed: YesNo = Field(alias="可排夜班")
    protected: YesNo = Field(alias="孕期满七个月或哺乳期")
    contract_from: Day = Field(alias="合同开始")
    contract_to: Day | None = Field(alias="合同结束", default=None)
    # The first day of work in life: annual leave goes by the years since then.
    working_since: Day | None = Field(alias="参加工作日期", default=None)


class ShiftRow(SheetRow):
    """A shift type; one that ends at or before its start ends on the next day."""

    code: Text = Field(alias="班次", max_length=10)
    name: Text = Field(alias="名称", max_length=40)
    skill: Text = Field(alias="所需岗位", max_length=40)
    start: Clock = Field(alias="开始")
    end: Clock = Field(alias="结束")
    minutes: Whole = Field(alias="时长（分钟）", ge=1, le=1440)
    paid_minutes: Whole = Field(alias="计薪时长（分钟）", ge=0)
    is_night: YesNo = Field(alias="夜班")


class RatioRow(SheetRow):
    """The home's own ratio for a shift."""

    shift_code: Text = Field(alias="班次")
    attendees: Attendees = Field(alias="照护对象")
    heads_per_staff: Whole = Field(alias="每名员工照护人数", ge=1)
    at_least: Whole = Field(alias="至少员工数", ge=0)


class LeaveRow(SheetRow):
    """Days, both ends included, on which a member of staff may not be asked to work."""

    staff: Text = Field(alias="员工编号")
    first: Day = Field(alias="开始日期")
    last: Day = Field(alias="结束日期")
    kind: Text = Field(alias="类别", max_length=20)


class WishRow(SheetRow):
    """A wish for a day; without a shift it is about working at all."""

    staff: Text = Field(alias="员工编号")
    day: Day = Field(alias="日期")
    shift_code: Text | None = Field(alias="班次", default=None)
    wanted: Literal["想上", "不想上"] = Field(alias="意愿")
    weight: Whole = Field(alias="程度", ge=1, le=10)


class ExpectedRow(SheetRow):
    """Heads expected on a day."""

    day: Day = Field(alias="日期")
    day_care: Whole = Field(alias="日间照料", ge=0)
    workshop: Whole = Field(alias="工坊", ge=0)
    overnight: Whole = Field(alias="夜间", ge=0)


class WeekRow(SheetRow):
    """Somebody's last days before the month; a field each day is added for the month at hand."""

    staff: Text = Field(alias="员工编号")
    name: Text = Field(alias="姓名")

    def shift(self, day: date) -> str | None:
        """Return the shift of a day, or None when off."""
        worked: str | None = getattr(self, _field(day))
        return worked


def tail_of(month: date) -> list[date]:
    """Return the days before a month that 上周班表 shows, in order."""
    return [month - timedelta(days=back) for back in range(TAIL_DAYS, 0, -1)]


def day_header(day: date) -> str:
    """Return the header of a day's column: 9月24日."""
    return f"{day.month}月{day.day}日"


def week_row(month: date) -> type[WeekRow]:
    """Return the row model of 上周班表 for a month: a required column for each of seven days."""
    fields: dict[str, Any] = {
        _field(day): (Text | None, Field(alias=day_header(day), default=None))
        for day in tail_of(month)
    }
    return create_model("WeekRowOfMonth", __base__=WeekRow, **fields)


def _field(day: date) -> str:
    return f"day_{day:%m%d}"
