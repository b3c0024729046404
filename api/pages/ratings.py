"""A star rating with its path."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.access import RatingRead, Visitor
from api.fields import RecordId
from api.pages.templates import render
from rukang.homes import Home
from rukang.rating import Rating
from rukang.rating.service import find_rating

router = APIRouter()


@router.get("/ratings/{rating_id}")
def one_rating(
    request: Request, rating_id: RecordId, session: RatingRead, visit: Visitor
) -> Response:
    """Show a rating: the star, the path to it, and every criterion's reason."""
    record = find_rating(session, rating_id)
    rating = Rating.model_validate(record.result)
    home = session.get_one(Home, record.home_id)
    return render(request, "rating.html", visit=visit, home=home, rating=rating)
