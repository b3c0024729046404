"""A home's attendance of a month as a table."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access import PeopleRead, Visitor
from api.fields import HomeCode
from api.pages.templates import render
from rukang.base.calendar import calendar_of
from rukang.base.clock import days_of_month
from rukang.base.database import context
from rukang.bodies.homes import find_home
from rukang.care.attendance import Presence, attendance_of
from rukang.forms.kinds import Month

router = APIRouter(prefix="/homes/{code}/attendance")


@router.get("")
def attendance_of_month(
    request: Request,
    code: HomeCode,
    session: PeopleRead,
    visit: Visitor,
    month: Annotated[Month | None, Query()] = None,
) -> Response:
    """Show everybody's marks of a month, last month's where none is asked for."""
    home, today = find_home(session, code), context.today(session)
    wanted = month or (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    calendar = calendar_of(session)
    return render(
        request,
        "attendance.html",
        visit=visit,
        home=home,
        month=wanted,
        days=[(day, calendar.kind_of(day)) for day in days_of_month(wanted)],
        rows=attendance_of(session, home, wanted),
        present=Presence.PRESENT,
    )
