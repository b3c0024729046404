"""My homes, and one home with its rosters, wages and ratings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from api.access import HomesRead, Visit, Visitor
from api.fields import HomeCode
from api.pages.acts import offers
from api.pages.templates import render
from api.paging import Leaf, PageNumber, leaf_of
from rukang.base.access import Permission
from rukang.base.errors import NotFoundError
from rukang.bodies.homes import HOME, Home, find_home, homes_query
from rukang.doors.intake.kinds import BOOKS
from rukang.engines.rating import Edition
from rukang.pay import PayRun, runs_query
from rukang.rosters import RosterPlan, plans_query
from rukang.stars.inspections import Found, editions_for, signs, today
from rukang.stars.ratings.records import RatingRecord
from rukang.stars.ratings.service import ratings_query

router = APIRouter()

Listed = TypeVar("Listed")


@router.get("/")
def my_homes(
    request: Request, session: HomesRead, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show the homes of the visitor."""
    homes = leaf_of(session, homes_query(), page)
    return render(request, "homes.html", visit=visit, homes=homes)


@router.get("/homes/{code}")
def one_home(
    request: Request, code: HomeCode, session: HomesRead, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show a home with what the visitor may see of it; older entries stand on further pages."""
    home = find_home(session, code)
    plans = _seen(visit, code, Permission.ROSTER_READ, partial(_plans, page=page))
    runs = _seen(visit, code, Permission.PAY_READ, partial(_runs, page=page))
    ratings = _seen(visit, code, Permission.RATING_READ, partial(_ratings, page=page))
    leaves: list[Leaf[Any]] = [leaf for leaf in (plans, runs, ratings) if leaf is not None]
    return render(
        request,
        "home.html",
        visit=visit,
        home=home,
        books=BOOKS.values(),
        plans=plans,
        runs=runs,
        ratings=ratings,
        longest=max(leaves, key=lambda leaf: leaf.pages, default=None),
        editions=_seen(visit, code, Permission.RATING_ANSWER, _in_force),
        signs=_seen(visit, code, Permission.RATING_DECIDE, _signs),
        offers=offers(session, visit, home, HOME, home, {"code": code}),
    )


def _seen(
    visit: Visit, code: str, permission: Permission, listing: Callable[[Session, Home], Listed]
) -> Listed | None:
    """Return a listing of a home, or None if the visitor's roles do not open it there."""
    if not visit.caller.may(permission):
        return None
    with visit.session(permission) as session:
        try:
            home = find_home(session, code)
        except NotFoundError:
            return None
        return listing(session, home)


def _plans(session: Session, home: Home, page: int) -> Leaf[RosterPlan]:
    return leaf_of(session, plans_query(home), page)


def _runs(session: Session, home: Home, page: int) -> Leaf[PayRun]:
    return leaf_of(session, runs_query(home), page)


def _ratings(session: Session, home: Home, page: int) -> Leaf[RatingRecord]:
    return leaf_of(session, ratings_query(home), page)


def _in_force(session: Session, home: Home) -> list[Edition]:
    """Return the editions a home is rated under today."""
    return editions_for(home, today(session))


def _signs(session: Session, home: Home) -> list[Found]:
    """Return what happened in a home that asks for a review, by the editions in force."""
    now = today(session)
    in_force = _in_force(session, home)
    return [found for edition in in_force for found in signs(session, home, edition, now)]
