"""The working calendar of a year: days off, make-up workdays, and whether they are arranged."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel

from api.access import Visitor
from rukang.base.calendar import FIRST_YEAR, LAST_YEAR, YearDay

router = APIRouter(tags=["calendar"])

Year = Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR, examples=[2026])]


class DayView(BaseModel):
    """A day off with its holiday's name, or a make-up workday."""

    day: date
    works: bool
    zh: str
    en: str


class YearView(BaseModel):
    """A year; while it is ``provisional`` only the holidays fixed by law are known."""

    year: int
    provisional: bool
    days: list[DayView]


@router.get("/calendar/{year}", summary="工作日历 The working calendar")
def show_calendar(year: Year, visit: Visitor) -> YearView:
    """Return a year's days off (weekends beside them left out) and its make-up workdays."""
    calendar = visit.database.calendar()
    return YearView(
        year=year,
        provisional=calendar.is_provisional(date(year, 7, 1)),
        days=[_view(one) for one in calendar.special_days(year)],
    )


def _view(one: YearDay) -> DayView:
    return DayView(day=one.day, works=one.kind.works, zh=one.name[0], en=one.name[1])
