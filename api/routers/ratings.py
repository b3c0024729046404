"""Star ratings of a home; a stored rating never changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.access import RatingRead, RatingWrite
from api.fields import HomeCode, RecordId, View
from rukang.errors import InvalidError
from rukang.homes import find_home
from rukang.inspections.improvement import improvement_of
from rukang.rating import (
    Edition,
    Effort,
    Improvement,
    Rating,
    ScoreSheet,
    editions,
    load_edition,
)
from rukang.rating.service import find_rating, keep_rating, list_ratings

router = APIRouter(tags=["ratings"])


class RatingView(View):
    """A rating; ``star`` is null when data were missing, 0 when no star was reached."""

    id: int
    edition: str
    rated_on: date
    recorded_at: datetime
    star: int | None
    digest: str


@router.get("/rating-editions", summary="评定标准版本 Editions of the criteria")
def list_rating_editions(_: RatingRead) -> list[str]:
    """Return the ids of the editions a sheet may name."""
    return editions()


@router.get(
    "/homes/{code}/ratings", response_model=list[RatingView], summary="评定记录 Ratings of a home"
)
def list_home_ratings(code: HomeCode, session: RatingRead) -> Any:
    """Return a home's ratings, newest first."""
    return list_ratings(session, find_home(session, code))


@router.post(
    "/homes/{code}/ratings",
    status_code=201,
    response_model=RatingView,
    summary="提交评分表 Rate a score sheet",
)
def create_rating(code: HomeCode, sheet: ScoreSheet, session: RatingWrite) -> Any:
    """Rate a filled sheet and keep the result; the same sheet is kept once."""
    home = find_home(session, code)
    return keep_rating(session, home, _edition(sheet, home.code), sheet)


@router.get("/ratings/{rating_id}", summary="评定结果 One rating with its path")
def show_rating(rating_id: RecordId, session: RatingRead) -> Rating:
    """Return every criterion's score and reason, and the path to the star."""
    return Rating.model_validate(find_rating(session, rating_id).result)


class Wish(BaseModel):
    """Costs and lead times of the home itself, by criterion, and the longest it wants to wait."""

    model_config = ConfigDict(extra="forbid")

    efforts: dict[str, Effort] = {}
    within_days: Annotated[int | None, Field(ge=0, le=10_000)] = None


@router.post("/ratings/{rating_id}/improvement", summary="怎样升星 What would raise the star")
def show_improvement(rating_id: RecordId, wish: Wish, session: RatingRead) -> Improvement:
    """Return the cheapest changes to the next star, by the home's own costs where it has any."""
    rating = find_rating(session, rating_id)
    return improvement_of(session, rating, wish.efforts, wish.within_days)


def _edition(sheet: ScoreSheet, code: str) -> Edition:
    """Return the sheet's edition: one shipped here, for a path from outside must open no file."""
    if sheet.home != code:
        raise InvalidError(
            f"评分表是机构 {sheet.home!r} 的，不能提交给 {code}。",
            f"The sheet is about home {sheet.home!r}; it cannot be kept for {code}.",
        )
    if sheet.edition not in editions():
        raise InvalidError(
            f"没有评定标准 {sheet.edition!r}，现有：{'、'.join(editions())}。",
            f"There is no edition {sheet.edition!r}; there are {', '.join(editions())}.",
        )
    return load_edition(sheet.edition)
