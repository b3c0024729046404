"""The picture of a city or province: tables and bars, for those who oversee its homes."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from api.access import RatingRead, Visit, Visitor
from api.pages.templates import render
from api.routers.stars.picture import Asked, AskedOf
from payroll.policy import places as divisions
from rukang.base.access import Permission
from rukang.engines.rating import Agreement, Edition
from rukang.engines.rating.inspectors.agreement import InspectorLean
from rukang.stars.inspections import today
from rukang.stars.picture import agreed, failings, judged_edition, judged_editions, late, picture
from rukang.stars.register import MOST_STARS, places

router = APIRouter()

MOST_LATE = 30
"""Late matters on the page; the API has all."""


@router.get("/picture")
def show_picture_page(
    request: Request, session: RatingRead, visit: Visitor, asked: AskedOf
) -> Response:
    """Show stars by county and edition, changes, what is late, failings and agreement."""
    # What is still not done is known as of today at the earliest.
    late_on = max(asked.on, today(session))
    overdue = late(session, late_on, asked.region)
    agreements = _agreements(session, asked)
    return render(
        request,
        "picture.html",
        visit=visit,
        asked=asked,
        picture=picture(session, asked.on, asked.since, asked.region),
        failings=failings(session, asked.on, asked.region),
        late=overdue[:MOST_LATE],
        late_count=len(overdue),
        late_on=late_on,
        agreements=agreements,
        leans=_leans(visit, asked, [edition for edition, _ in agreements]),
        places=places(session),
        stars=range(MOST_STARS, -1, -1),
        division=divisions.name,
    )


def _agreements(session: Session, asked: Asked) -> list[tuple[Edition, Agreement]]:
    """Return the agreement under every edition that two inspectors judged under in the time."""
    judged = [judged_edition(session, one) for one in judged_editions(session)]
    found = [(one, agreed(session, one, asked.since, asked.on, asked.region)) for one in judged]
    return [(edition, agreement) for edition, agreement in found if agreement.criteria]


def _leans(
    visit: Visit, asked: Asked, judged: Sequence[Edition]
) -> dict[str, Sequence[InspectorLean]]:
    """Return how each inspector judges, by edition; nothing for who does not decide on ratings."""
    if not visit.caller.may(Permission.RATING_DECIDE):
        return {}
    with visit.session(Permission.RATING_DECIDE) as session:
        return {
            one.id: agreed(session, one, asked.since, asked.on, asked.region).inspectors
            for one in judged
        }
