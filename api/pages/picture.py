"""The picture of a city or province: tables and bars, for those who oversee its homes."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request, Response

from api.access import RatingRead, Visitor
from api.pages.templates import render
from api.routers.picture import Since
from api.routers.register import OnDay, Place
from payroll.policy import places as divisions
from rukang.inspections import today
from rukang.picture import agreed, failings, late, picture
from rukang.rating import editions, load_edition
from rukang.register import MOST_STARS, places, require_place

router = APIRouter()

YEAR = timedelta(days=365)
MOST_LATE = 30
"""Late matters on the page; the API has all."""


@router.get("/picture")
def show_picture_page(
    request: Request,
    session: RatingRead,
    visit: Visitor,
    on: OnDay = None,
    since: Since = None,
    region: Place = "",
) -> Response:
    """Show stars by county and edition, changes, what is late, failings and agreement."""
    require_place(session, region)
    day = on or today(session)
    before = since or day - YEAR
    in_force = [one for one in map(load_edition, editions()) if one.in_force(day)]
    overdue = late(session, day, region)
    return render(
        request,
        "picture.html",
        visit=visit,
        on=day,
        since=before,
        region=region,
        picture=picture(session, day, before, region),
        failings=failings(session, day, region),
        late=overdue[:MOST_LATE],
        late_count=len(overdue),
        agreements=[(one, agreed(session, one, before, day, region)) for one in in_force],
        places=places(session),
        stars=range(MOST_STARS, -1, -1),
        division=divisions.name,
    )
