"""A home's attendance of a month, by halves of days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query

from api.access import PeopleRead
from api.fields import HomeCode, View
from rukang.bodies.homes import find_home
from rukang.care.attendance import AttendanceRow, Presence, attendance_of
from rukang.forms.kinds import Month

router = APIRouter(prefix="/homes/{code}/attendance", tags=["people"])

WantedMonth = Annotated[Month, Query(description="月份 The month, 2026-10")]


class DayView(View):
    """How one day was spent, by its halves."""

    day: date
    morning: Presence
    afternoon: Presence


class AttendanceRowView(View):
    """One resident's month: the days on record, and how many days have each mark."""

    code: str
    name: str
    marks: list[DayView]
    days: dict[Presence, Decimal]

    @classmethod
    def of(cls, row: AttendanceRow) -> AttendanceRowView:
        """Return what is shown of a resident's month."""
        marks = [
            DayView(day=day, morning=of.morning, afternoon=of.afternoon)
            for day, of in row.marks.items()
        ]
        return cls(code=row.code, name=row.name, marks=marks, days=row.days)


class AttendanceView(View):
    """A home's month of attendance."""

    code: str
    home: str
    month: Month
    rows: list[AttendanceRowView]


@router.get("", summary="月考勤 Attendance of a month")
def show_attendance(code: HomeCode, month: WantedMonth, session: PeopleRead) -> AttendanceView:
    """Return everybody's marks by halves of days, and their days of each mark."""
    home = find_home(session, code)
    rows = [AttendanceRowView.of(row) for row in attendance_of(session, home, month)]
    return AttendanceView(code=home.code, home=home.name, month=month, rows=rows)
