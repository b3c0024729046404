"""Conflicts of interest of a home: declared, listed, ended."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access import RatingDecide, Visitor
from api.fields import HomeCode, RecordId
from api.pages.templates import render
from api.paging import PageNumber, leaf_of
from api.routers.register import DayOrBlank
from rukang.base.database.context import today
from rukang.bodies.homes import find_home
from rukang.forms.kinds import Day, Words
from rukang.stars.interests import declare, end, find_interest, interests_query

router = APIRouter()

PerhapsDay = Annotated[DayOrBlank, Form()]


@router.get("/homes/{code}/interests")
def all_interests(
    request: Request, code: HomeCode, session: RatingDecide, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show what was declared about a home, with the forms to declare and to end."""
    home = find_home(session, code)
    return render(
        request,
        "interests.html",
        visit=visit,
        home=home,
        interests=leaf_of(session, interests_query(home), page),
        today=today(session),
    )


@router.post("/homes/{code}/interests")
def declare_here(
    code: HomeCode,
    session: RatingDecide,
    inspector: Annotated[Words, Form(min_length=1, max_length=320)],
    words: Annotated[Words, Form(min_length=1, max_length=200)],
    since: Annotated[Day, Form()],
    until: PerhapsDay = None,
) -> Response:
    """Bar an account from acting on a home."""
    declare(session, find_home(session, code), inspector, words, since, until)
    return RedirectResponse(f"/homes/{code}/interests", 303)


@router.post("/homes/{code}/interests/{interest_id}/end")
def end_here(
    code: HomeCode,
    interest_id: RecordId,
    session: RatingDecide,
    visit: Visitor,
    until: Annotated[Day, Form()],
) -> Response:
    """Set the last day of a conflict of interest."""
    home = find_home(session, code)
    end(session, home, find_interest(session, home, interest_id), until, visit.caller.name)
    return RedirectResponse(f"/homes/{code}/interests", 303)
