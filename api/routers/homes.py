"""The register of homes."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter

from api.access import HomesRead
from api.fields import HomeCode, View
from rukang.homes import find_home, list_homes

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


@router.get("", response_model=list[HomeView], summary="我的机构 My homes")
def list_my_homes(session: HomesRead) -> Any:
    """Return the homes the caller may see, by code."""
    return list_homes(session)


@router.get("/{code}", response_model=HomeView, summary="机构信息 One home")
def show_home(code: HomeCode, session: HomesRead) -> Any:
    """Return one home."""
    return find_home(session, code)
