"""My homes, and one home with its rosters, wages and ratings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pendulum
from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from api.access import HomesRead, Visit, Visitor
from api.fields import HomeCode
from api.pages.templates import render
from rukang.access import Permission
from rukang.clock import in_shanghai
from rukang.errors import NotFoundError
from rukang.homes import Home, find_home, list_homes
from rukang.inspections import Found, signs, today
from rukang.pay import list_runs
from rukang.rating import Edition, editions, load_edition
from rukang.rating.service import list_ratings
from rukang.rosters import list_plans

router = APIRouter()

Listed = TypeVar("Listed")

MONTHS_AHEAD = 4
"""Months offered for a roster: this one and those after it."""


@router.get("/")
def my_homes(request: Request, session: HomesRead, visit: Visitor) -> Response:
    """Show the homes of the visitor."""
    return render(request, "homes.html", visit=visit, homes=list_homes(session))


@router.get("/homes/{code}")
def one_home(request: Request, code: HomeCode, session: HomesRead, visit: Visitor) -> Response:
    """Show a home with what the visitor may see of it."""
    return render(
        request,
        "home.html",
        visit=visit,
        home=find_home(session, code),
        plans=_seen(visit, code, Permission.ROSTER_READ, list_plans),
        runs=_seen(visit, code, Permission.PAY_READ, list_runs),
        ratings=_seen(visit, code, Permission.RATING_READ, list_ratings),
        months=_seen(visit, code, Permission.ROSTER_WRITE, _months),
        editions=_seen(visit, code, Permission.RATING_ANSWER, _in_force),
        signs=_seen(visit, code, Permission.RATING_DECIDE, _signs),
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


def _months(session: Session, _: Home) -> list[date]:
    """Return the months for which a roster may be asked, this one first."""
    today = in_shanghai(session.info["clock"]())
    first = pendulum.date(today.year, today.month, 1)
    return [first.add(months=ahead) for ahead in range(MONTHS_AHEAD)]


def _in_force(session: Session, _: Home) -> list[Edition]:
    """Return the editions a home may apply under today."""
    return [one for name in editions() if (one := load_edition(name)).in_force(today(session))]


def _signs(session: Session, home: Home) -> list[Found]:
    """Return what happened in a home that asks for a review, by the editions in force."""
    now = today(session)
    in_force = _in_force(session, home)
    return [found for edition in in_force for found in signs(session, home, edition, now)]
