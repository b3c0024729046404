"""Conflicts of interest between accounts and homes: declared, listed, ended."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.access import RatingDecide, Visitor
from api.fields import HomeCode, RecordId, View
from api.paging import Page, WantedPage, page_of
from rukang.bodies.homes import find_home
from rukang.forms.kinds import Day, Words
from rukang.stars.interests import declare, end, find_interest, interests_query

router = APIRouter(prefix="/homes/{code}/interests", tags=["inspections"])


class InterestDeclared(BaseModel):
    """Whose account may not act on a home, why, and from when until when (inclusive)."""

    model_config = ConfigDict(extra="forbid")

    inspector: Annotated[Words, Field(min_length=1, max_length=320)]
    words: Annotated[Words, Field(min_length=1, max_length=200)]
    since: Day
    until: Day | None = None


class InterestEnded(BaseModel):
    """The last day on which it holds."""

    model_config = ConfigDict(extra="forbid")

    until: Day


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


@router.post(
    "",
    status_code=201,
    response_model=InterestView,
    summary="登记回避 Declare a conflict of interest",
)
def create_interest(code: HomeCode, said: InterestDeclared, session: RatingDecide) -> Any:
    """Bar an account from inspecting a home and from deciding on it."""
    home = find_home(session, code)
    return declare(session, home, said.inspector, said.words, said.since, said.until)


@router.post(
    "/{interest_id}/end",
    response_model=InterestView,
    summary="结束回避 End a conflict of interest",
)
def end_interest(
    code: HomeCode,
    interest_id: RecordId,
    said: InterestEnded,
    session: RatingDecide,
    visit: Visitor,
) -> Any:
    """Set its last day; nobody ends their own."""
    home = find_home(session, code)
    interest = find_interest(session, home, interest_id)
    end(session, home, interest, said.until, visit.caller.name)
    return interest
