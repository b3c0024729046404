"""A star rating with its path."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access import RatingRead, Visitor
from api.fields import RecordId
from api.pages.templates import render
from rukang.bodies.homes import Home
from rukang.engines.rating import Rating
from rukang.stars.inspections.steps.improvement import decisive_of, improvement_of
from rukang.stars.ratings.service import find_rating

router = APIRouter()


@router.get("/ratings/{rating_id}")
def one_rating(
    request: Request, rating_id: RecordId, session: RatingRead, visit: Visitor
) -> Response:
    """Show a rating: the star, the path to it, and every criterion's reason."""
    record = find_rating(session, rating_id)
    rating = Rating.model_validate(record.result)
    home = session.get_one(Home, record.home_id)
    return render(request, "rating.html", visit=visit, home=home, rating=rating, record=record)


@router.get("/ratings/{rating_id}/improvement")
def one_improvement(
    request: Request,
    rating_id: RecordId,
    session: RatingRead,
    visit: Visitor,
    within_days: Annotated[int | None, Query(ge=0, le=10_000)] = None,
) -> Response:
    """Show what would raise the star at the least effort, and what the star hangs on."""
    record = find_rating(session, rating_id)
    return render(
        request,
        "improvement.html",
        visit=visit,
        home=session.get_one(Home, record.home_id),
        rating=Rating.model_validate(record.result),
        record=record,
        improvement=improvement_of(session, record, within_days=within_days),
        decisive=decisive_of(session, record),
        within_days=within_days,
    )
