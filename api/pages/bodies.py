"""The register of bodies as pages: a list, and one body with the forms that change it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from api.access import BodiesWrite, HomesRead, Visit, Visitor
from api.pages.templates import render
from api.paging import PageNumber, leaf_of
from api.routers.bodies import BodyCode, BodyWanted, OfKind, create_body
from api.routers.register import DayOrBlank
from rukang.base.access import Permission
from rukang.base.database.context import today
from rukang.bodies import (
    Body,
    BodyCapacity,
    BodyKind,
    BodyOperator,
    BodyState,
    State,
    add_licence,
    bodies_query,
    charges_query,
    enter_state,
    find_body,
    history,
    licences,
    possible_duplicates,
    set_capacity,
    set_operator,
    state_on,
    states_on,
)
from rukang.doors.closing import Held, close_body, what_holds
from rukang.forms.kinds import Day, Words

router = APIRouter()

Name = Annotated[Words, Form(min_length=1, max_length=100)]
Short = Annotated[Words, Form(min_length=1, max_length=60)]
CreditCode = Annotated[Words, Form(min_length=1, max_length=40, examples=["91371681MA3EXAMP0X"])]
OnDay = Annotated[Day, Form()]
Heads = Annotated[int, Form(ge=1, le=100_000)]
ToBe = Annotated[State, Form()]
Why = Annotated[Words, Form(min_length=1, max_length=200)]
PerhapsDay = Annotated[DayOrBlank, Form()]
PerhapsWords = Annotated[Words, Form(max_length=200)]


@router.get("/bodies")
def all_bodies(
    request: Request,
    session: HomesRead,
    visit: Visitor,
    page: PageNumber = 1,
    kind: OfKind = None,
) -> Response:
    """Show the bodies of the visitor, and what may be on the register twice."""
    bodies = leaf_of(session, bodies_query(kind), page)
    return render(
        request,
        "bodies.html",
        visit=visit,
        bodies=bodies,
        states=states_on(session, bodies.items, today(session)),
        duplicates=possible_duplicates(session),
        kind=kind,
        kinds=list(BodyKind),
        state_choices=[one for one in State if one is not State.CLOSED],
        may_write=visit.caller.may(Permission.BODIES_WRITE),
    )


@router.post("/bodies")
def register_here(session: BodiesWrite, wanted: Annotated[BodyWanted, Form()]) -> Response:
    """Put a body on the register."""
    made = create_body(wanted, session)
    return RedirectResponse(f"/bodies/{made.code}", 303)


@router.get("/bodies/{body_code}")
def one_body(request: Request, body_code: BodyCode, session: HomesRead, visit: Visitor) -> Response:
    """Show a body with what is dated of it, and to who keeps the register the forms."""
    body, now = find_body(session, body_code), today(session)
    return render(
        request,
        "body.html",
        visit=visit,
        body=body,
        state=state_on(session, body, now),
        states=history(session, BodyState, body),
        capacities=history(session, BodyCapacity, body),
        operators=history(session, BodyOperator, body),
        licences=licences(session, body),
        charges=leaf_of(session, charges_query(body, now), 1).total,
        holds=_holds(visit, body_code),
        state_choices=[one for one in State if one is not State.CLOSED],
        today=now,
    )


@router.post("/bodies/{body_code}/states")
def enter_here(
    body_code: BodyCode, session: BodiesWrite, state: ToBe, since: OnDay, words: PerhapsWords = ""
) -> Response:
    """Enter a state."""
    enter_state(session, find_body(session, body_code), state, since, words)
    return _back(body_code)


@router.post("/bodies/{body_code}/capacities")
def set_capacity_here(
    body_code: BodyCode, session: BodiesWrite, heads: Heads, since: OnDay
) -> Response:
    """Set for how many people the body is registered."""
    set_capacity(session, find_body(session, body_code), heads, since)
    return _back(body_code)


@router.post("/bodies/{body_code}/operators")
def set_operator_here(
    body_code: BodyCode, session: BodiesWrite, name: Name, uscc: CreditCode, since: OnDay
) -> Response:
    """Set who runs the body."""
    set_operator(session, find_body(session, body_code), name, uscc, since)
    return _back(body_code)


@router.post("/bodies/{body_code}/licences")
def add_licence_here(
    body_code: BodyCode,
    session: BodiesWrite,
    kind: Short,
    number: Short,
    issued_by: Name,
    issued_on: OnDay,
    expires_on: PerhapsDay = None,
) -> Response:
    """Add a licence."""
    values: dict[str, Any] = {
        "kind": kind,
        "number": number,
        "issued_by": issued_by,
        "issued_on": issued_on,
        "expires_on": expires_on,
    }
    add_licence(session, find_body(session, body_code), values)
    return _back(body_code)


@router.post("/bodies/{body_code}/closing")
def close_here(body_code: BodyCode, session: BodiesWrite, since: OnDay, words: Why) -> Response:
    """Close the body, once nothing holds it."""
    close_body(session, find_body(session, body_code), since, words)
    return _back(body_code)


def _holds(visit: Visit, code: str) -> list[Held] | None:
    """Return what still holds a body; None for who does not keep its register."""
    if not visit.caller.may(Permission.BODIES_WRITE):
        return None
    with visit.session(Permission.BODIES_WRITE) as session:
        body = _perhaps(session, code)
        return None if body is None else what_holds(session, body, today(session))


def _perhaps(session: Session, code: str) -> Body | None:
    return session.scalar(bodies_query().where(Body.code == code))


def _back(code: str) -> Response:
    return RedirectResponse(f"/bodies/{code}", 303)
