"""Conflicts of interest of a home: declared, listed, ended."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.access import RatingDecide, Visitor
from api.fields import HomeCode
from api.pages.acts import offer_of
from api.pages.templates import render
from api.paging import PageNumber, leaf_of
from rukang.base.database.context import today
from rukang.bodies.homes import find_home
from rukang.stars.acts import DECLARE, END
from rukang.stars.interests import interests_query

router = APIRouter()


@router.get("/homes/{code}/interests")
def all_interests(
    request: Request, code: HomeCode, session: RatingDecide, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show what was declared about a home, with the forms to declare and to end."""
    home, keys = find_home(session, code), {"code": code}
    interests = leaf_of(session, interests_query(home), page)
    return render(
        request,
        "interests.html",
        visit=visit,
        home=home,
        interests=interests,
        today=today(session),
        declaring=[offer_of(session, DECLARE, home, keys)],
        ending={
            one.id: offer_of(session, END, one, keys | {"interest_id": one.id})
            for one in interests.items
        },
    )
