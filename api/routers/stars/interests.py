"""Conflicts of interest between accounts and homes: declared, listed, ended."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from pydantic import Field

from api.access import RatingDecide
from api.fields import HomeCode, View
from api.paging import Page, WantedPage, page_of
from rukang.bodies.homes import find_home
from rukang.stars.interests import interests_query

router = APIRouter(prefix="/homes/{code}/interests", tags=["inspections"])


class InterestView(View):
    """A conflict of interest; days are inclusive, an open end is still so."""

    id: int
    inspector: str = Field(validation_alias="email")
    words: str
    since: date = Field(validation_alias="held_from")
    until: date | None = Field(validation_alias="held_to")


@router.get("", summary="回避名单 Conflicts of interest")
def list_home_interests(
    code: HomeCode, session: RatingDecide, wanted: WantedPage
) -> Page[InterestView]:
    """Return what was declared about a home, the latest first."""
    interests = interests_query(find_home(session, code))
    return page_of(session, interests, wanted, InterestView.model_validate)
