"""The register of homes."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter

from api.access import HomesRead
from api.fields import HomeCode, View
from api.paging import Page, WantedPage, page_of
from rukang.bodies.homes import find_home, homes_query

router = APIRouter(prefix="/homes", tags=["homes"])


class HomeView(View):
    """A home: opening days are ISO weekdays (1 is Monday), the floor area whole square metres."""

    code: str
    name: str
    county: str
    address: str
    legal_person: str
    uscc: str
    capacity: int
    floor_area: int
    opened_on: date
    opening_days: list[int]
    services: list[str]


@router.get("", summary="我的机构 My homes")
def list_my_homes(session: HomesRead, wanted: WantedPage) -> Page[HomeView]:
    """Return the homes the caller may see, by code."""
    return page_of(session, homes_query(), wanted, HomeView.model_validate)


@router.get("/{code}", response_model=HomeView, summary="机构信息 One home")
def show_home(code: HomeCode, session: HomesRead) -> Any:
    """Return one home."""
    return find_home(session, code)
