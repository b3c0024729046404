"""The public register of stars: open to everybody, and about no person."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BeforeValidator, Field, WithJsonSchema

from api.access import RegisterRead
from api.fields import HomeCode, View
from api.paging import Page, WantedPage
from rukang.base.definitions import Text
from rukang.forms.kinds import Day
from rukang.stars.inspections import today
from rukang.stars.register import (
    MOST_STARS,
    EventKind,
    Filter,
    find_registered,
    history,
    require_place,
    search,
    summary,
)

router = APIRouter(tags=["register"])


def none_if_blank(value: Any) -> Any:
    """Return nothing for the empty text that a form sends of a field left open."""
    return None if value == "" else value


BLANK: dict[str, Any] = {"type": "string", "maxLength": 0}
DayOrBlank = Annotated[
    Day | None,
    BeforeValidator(none_if_blank),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, BLANK]}),
]
OnDay = Annotated[DayOrBlank, Query(description="截至哪天，默认今天 As of, today by default")]
StarWanted = Annotated[
    Annotated[int, Field(ge=1, le=MOST_STARS)] | None,
    BeforeValidator(none_if_blank),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1, "maximum": MOST_STARS}, BLANK]}),
]
Place = Annotated[str, Query(pattern=r"^(\d{6})?$", description="行政区划代码 Division code")]


class EntryView(View):
    """A home with the star it holds; days are inclusive."""

    code: str
    name: str
    county: str
    address: str
    services: list[str]
    capacity: int
    star: int
    edition: str
    kind: EventKind
    since: date
    until: date
    words: str


class EventView(View):
    """An entry as it was made: the star held from a day on, until when, and the public reason."""

    id: int
    kind: EventKind
    star: int
    edition: str
    effective_on: date
    valid_until: date
    words: str
    corrects_id: int | None


class ToldView(View):
    """One entry about a home; it held until a day, or never where another corrects it."""

    id: int
    kind: EventKind
    star: int
    edition: str
    effective_on: date
    until: date | None
    words: str
    entered_on: date
    corrects: int | None
    corrected_by: int | None


class HistoryView(View):
    """A home with everything ever entered about it."""

    code: str
    name: str
    county: str
    address: str
    services: list[str]
    entries: list[ToldView]


class SummaryView(View):
    """How many homes hold each star on a day, and the line of a briefing."""

    on: date
    homes: int
    rated: int
    by_star: dict[int, int]
    words: Text


def wanted_of(
    region: Place = "",
    star: Annotated[StarWanted, Query(description="星级 Star")] = None,
    service: Annotated[str, Query(max_length=40)] = "",
    text: Annotated[str, Query(max_length=60)] = "",
) -> Filter:
    """Return what is looked for."""
    return Filter(region=region, star=star, service=service, text=text.strip())


Wanted = Annotated[Filter, Depends(wanted_of)]


@router.get("/register", summary="公开名册 The public register")
def list_register(
    session: RegisterRead, wanted: Wanted, paging: WantedPage, on: OnDay = None
) -> Page[EntryView]:
    """Return the homes that hold a star on a day, the highest first."""
    require_place(session, wanted.region)
    begin = (paging.page - 1) * paging.size
    found, total = search(session, on or today(session), wanted, paging.size, begin)
    items = [EntryView.model_validate(one) for one in found]
    return Page(items=items, page=paging.page, size=paging.size, total=total)


@router.get("/register/summary", response_model=SummaryView, summary="各星级家数 Homes by star")
def show_summary(session: RegisterRead, on: OnDay = None, region: Place = "") -> Any:
    """Return the line of a briefing as of a day: so many homes of each star."""
    require_place(session, region)
    return summary(session, on or today(session), region)


@router.get("/register/{code}", summary="一个机构的星级历史 A home's history")
def show_registered(code: HomeCode, session: RegisterRead) -> HistoryView:
    """Return every entry about a home, the newest first; corrected ones stay."""
    home = find_registered(session, code)
    return HistoryView(
        code=home.code,
        name=home.name,
        county=home.county,
        address=home.address,
        services=home.services,
        entries=[ToldView.model_validate(one) for one in history(session, home)],
    )
