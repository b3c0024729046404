"""The working calendar of a year, as everybody who is signed in may see it."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request, Response

from api.access import Visitor
from api.pages.templates import render
from api.routers.rosters.calendar import Year
from rukang.base.calendar import FIRST_YEAR, LAST_YEAR

router = APIRouter()


@router.get("/calendar/{year}")
def calendar_of_year(request: Request, year: Year, visit: Visitor) -> Response:
    """Show a year's days off and make-up workdays, and the mark of a year without a notice."""
    calendar = visit.database.calendar()
    return render(
        request,
        "calendar.html",
        visit=visit,
        year=year,
        before=year - 1 if year > FIRST_YEAR else None,
        after=year + 1 if year < LAST_YEAR else None,
        mark=calendar.mark([date(year, 7, 1)]),
        days=calendar.special_days(year),
    )
