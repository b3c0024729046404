"""01-机构: the register of homes."""

from __future__ import annotations

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll.policy import places
from rostering.sheets import (
    Day,
    Hours,
    ListOfText,
    Located,
    Rate,
    SheetRow,
    Text,
    Whole,
    WorkbookReader,
    YesNo,
    read_sheet,
    unique,
)
from rukang.base.database.keep import keep
from rukang.bodies.homes import Home
from rukang.doors.intake.numbers import USCC, check_number
from rukang.numbers import uscc

SHEET = "机构"
MINUTES = 60
WEEK = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


class HomeRow(SheetRow):
    """One home as its register states it."""

    code: Text = Field(alias="机构编号", max_length=20)
    name: Text = Field(alias="机构名称", max_length=100)
    county: Text = Field(alias="行政区划代码", pattern=r"^\d{6}$")
    address: Text = Field(alias="地址", max_length=200)
    legal_person: Text = Field(alias="法人单位", max_length=100)
    uscc: Text = Field(alias=USCC)
    capacity: Whole = Field(alias="设计容量", ge=1)
    floor_area: Whole = Field(alias="建筑面积（平方米）", ge=1)
    opened_on: Day = Field(alias="启用日期")
    opening_days: ListOfText = Field(alias="开放日")
    # The home's own setting: no law sets a rest between shifts in hours.
    rest_hours: Hours = Field(alias="班间休息（小时）", ge=0, le=24)
    # Whether a day of leave is free from 00:00 on, so that no night runs into it; 是 if left out.
    leave_from_midnight: YesNo = Field(alias="休假从零点起", default=True)
    services: ListOfText = Field(alias="服务内容")
    # Degrees; only planning visits needs them.
    latitude: Rate | None = Field(alias="纬度", default=None, ge=-90, le=90)
    longitude: Rate | None = Field(alias="经度", default=None, ge=-180, le=180)


def take_homes(book: WorkbookReader, session: Session) -> list[Home]:
    """Check the register whole and keep every home in it, by code."""
    rows = read_sheet(book, SHEET, HomeRow)
    unique(book, rows, "机构编号")
    for row in rows:
        _check(book, row)
    book.raise_findings()
    found = {home.code: home for home in session.scalars(select(Home))}
    kept = [keep(session, Home, found.get(r.value.code), _values(r.value)) for r in rows]
    session.flush()
    return kept


def _check(book: WorkbookReader, row: Located[HomeRow]) -> None:
    check_number(book, row, USCC, uscc.validate, row.value.uscc)
    if not places.is_code(row.value.county):
        book.report(
            row,
            "行政区划代码",
            zh="不是行政区划代码：前两位不是任何省份；例如邹平市为 371681",
            en="no division code, its first two digits are no province; 邹平市 is 371681",
        )
    if unknown := [day for day in row.value.opening_days if day not in WEEK]:
        book.report(
            row,
            "开放日",
            zh=f"不认识“{'、'.join(unknown)}”；请写成“周一、周二”这样",
            en=f"unknown: {', '.join(unknown)}; write weekdays like 周一、周二",
        )


def _values(row: HomeRow) -> dict[str, object]:
    values = row.model_dump(exclude={"rest_hours"})
    values["rest_minutes"] = int(row.rest_hours * MINUTES)
    values["uscc"] = uscc.compact(row.uscc)
    values["opening_days"] = sorted(WEEK.index(day) + 1 for day in row.opening_days)
    values["services"] = list(row.services)
    return values
