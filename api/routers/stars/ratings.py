"""Star ratings of a home; a stored rating never changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.access import RatingRead, RatingWrite
from api.fields import HomeCode, RecordId, View
from api.paging import Page, WantedPage, page_of
from rostering.sheets.masking import shown
from rukang.base.errors import InvalidError
from rukang.bodies.homes import find_home
from rukang.engines.rating import (
    Effort,
    Improvement,
    Rating,
    ScoreSheet,
)
from rukang.stars.inspections import edition_for
from rukang.stars.inspections.steps.improvement import improvement_of
from rukang.stars.ratings.service import find_rating, ratings_query, store_rating

router = APIRouter(tags=["ratings"])


class RatingView(View):
    """A rating; ``star`` is null when data were missing, 0 when no star was reached."""

    id: int
    edition: str
    rated_on: date
    recorded_at: datetime
    star: int | None
    digest: str


@router.get("/homes/{code}/ratings", summary="评定记录 Ratings of a home")
def list_home_ratings(code: HomeCode, session: RatingRead, wanted: WantedPage) -> Page[RatingView]:
    """Return a home's ratings, newest first."""
    ratings = ratings_query(find_home(session, code))
    return page_of(session, ratings, wanted, RatingView.model_validate)


@router.post(
    "/homes/{code}/ratings",
    status_code=201,
    response_model=RatingView,
    summary="提交评分表 Rate a score sheet",
)
def create_rating(code: HomeCode, sheet: ScoreSheet, session: RatingWrite) -> Any:
    """Rate a filled sheet and keep the result; the same sheet is kept once."""
    home = find_home(session, code)
    if sheet.home != home.code:
        raise InvalidError(
            f"评分表是机构 {shown(sheet.home)} 的，不能提交给 {home.code}。",
            f"The sheet is about home {shown(sheet.home)}; it cannot be kept for {home.code}.",
        )
    return store_rating(session, home, edition_for(home, sheet.on, sheet.edition), sheet)


@router.get("/ratings/{rating_id}", summary="评定结果 One rating with its path")
def show_rating(rating_id: RecordId, session: RatingRead) -> Rating:
    """Return every criterion's score and reason, and the path to the star."""
    return Rating.model_validate(find_rating(session, rating_id).result)


class Wish(BaseModel):
    """Costs and lead times of the home itself, by criterion, and the longest it wants to wait."""

    model_config = ConfigDict(extra="forbid")

    efforts: dict[str, Effort] = {}
    within_days: Annotated[int | None, Field(ge=0, le=10_000, strict=True)] = None


@router.post("/ratings/{rating_id}/improvement", summary="怎样升星 What would raise the star")
def show_improvement(rating_id: RecordId, wish: Wish, session: RatingRead) -> Improvement:
    """Return the cheapest changes to the next star, by the home's own costs where it has any."""
    rating = find_rating(session, rating_id)
    return improvement_of(session, rating, wish.efforts, wish.within_days)
