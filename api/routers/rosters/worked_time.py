"""Worked time of a home: shifts confirmed after they were worked, and the month's fold of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.access import RosterRead, RosterWrite
from api.fields import HomeCode, View
from rukang.bodies.homes import find_home
from rukang.doors.handlers import policy_of
from rukang.forms.kinds import Day, Month, Words
from rukang.rosters import Confirmation, confirm, confirm_as_planned, worked_time

router = APIRouter(tags=["rosters"])

Code = Annotated[str, Field(pattern=r"^[\w-]{1,20}$", examples=["S01"])]
ShiftCode = Annotated[Words, Field(min_length=1, max_length=10, examples=["白"])]
Minutes = Annotated[int, Field(ge=0, le=1440, strict=True)]
WantedMonth = Annotated[Month, Query(description="月份 The month, 2026-10")]


class Days(BaseModel):
    """Days, both included, whose published shifts were worked as planned."""

    model_config = ConfigDict(extra="forbid")

    first: Day
    last: Day


class Count(View):
    """How many shifts were confirmed; those confirmed before stay."""

    confirmed: int


class Worked(BaseModel):
    """What became of one person's day; ``shift`` null for nothing worked, minutes are paid ones."""

    model_config = ConfigDict(extra="forbid")

    staff: Code
    day: Day
    shift: ShiftCode | None
    minutes: Minutes | None = None
    note: Annotated[Words, Field(max_length=200)] = ""


class ConfirmedView(View):
    """A confirmed shift: planned and worked, in paid minutes, and who confirmed it when."""

    day: Day
    planned_code: str | None
    planned_minutes: int
    shift_code: str | None
    minutes: int
    minutes_after_midnight: int
    note: str
    confirmed_by: str
    confirmed_at: datetime


class OvertimeView(View):
    """Minutes beyond normal hours, by what they are paid as."""

    workday: int
    rest_day: int
    holiday: int
    total: int


class AnnualLeaveView(View):
    """Days of annual leave; ``entitled`` null while it is not known since when one has worked."""

    entitled: int | None
    taken: int
    left: int | None
    rule: str


class InLieuView(View):
    """Days in lieu of the year."""

    earned: int
    taken: int
    left: int


class WorkedRowView(View):
    """One person's month in paid minutes."""

    code: str
    name: str
    planned: int
    worked: int
    difference: int
    unconfirmed: int
    confirmed_by: list[str]
    overtime: OvertimeView
    limited: int = Field(description="Minutes of overtime that count towards the month's limit")
    overtime_limit: int
    over_limit: int
    annual_leave: AnnualLeaveView
    in_lieu: InLieuView


class WorkedTimeView(View):
    """A home's month of worked time."""

    code: str
    home: str
    month: Month
    rows: list[WorkedRowView]
    overtime_rule: str
    counted: list[str] = Field(description="Kinds of overtime that count towards the limit")
    counted_rule: str


@router.get(
    "/homes/{code}/worked-time",
    response_model=WorkedTimeView,
    summary="工时汇总 Worked time of a month",
)
def show_worked_time(
    code: HomeCode, month: WantedMonth, session: RosterRead, request: Request
) -> Any:
    """Return planned and worked time, overtime and its limit, days in lieu and annual leave."""
    policy = policy_of(request.app.state.settings)
    return worked_time(session, find_home(session, code), month, policy)


@router.post(
    "/homes/{code}/worked-time/as-planned",
    response_model=Count,
    summary="按排班确认 Confirm shifts as planned",
)
def confirm_days(code: HomeCode, days: Days, session: RosterWrite) -> Any:
    """Confirm the published shifts of some days that nobody confirmed yet."""
    home = find_home(session, code)
    return {"confirmed": confirm_as_planned(session, home, days.first, days.last)}


@router.post(
    "/homes/{code}/worked-time/shifts",
    response_model=ConfirmedView,
    summary="确认一人一天 Confirm what one person worked",
)
def confirm_one(code: HomeCode, given: Worked, session: RosterWrite) -> Any:
    """Confirm, or correct, what became of one person's day."""
    one = Confirmation(given.staff, given.day, given.shift, given.minutes, given.note)
    (found,) = confirm(session, find_home(session, code), [one])
    return found
