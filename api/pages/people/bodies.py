"""The register of bodies as pages: a list, and one body with what may be changed of it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.access import HomesRead, Visit, Visitor
from api.fields import BodyCode
from api.pages.acts import offer_of, offers
from api.pages.templates import render
from api.paging import PageNumber, leaf_of
from api.routers.people.bodies import OfKind
from rukang.base.access import Permission
from rukang.base.database.context import today
from rukang.bodies import (
    BodyCapacity,
    BodyKind,
    BodyOperator,
    BodyState,
    bodies_query,
    charges_query,
    find_body,
    history,
    licences,
    possible_duplicates,
    state_on,
    states_on,
)
from rukang.bodies.acts import BODY, REGISTER
from rukang.doors.closing import BEGIN_CLOSING, CLOSE_BODY, OF_CLOSING, Held, closing_of, what_holds

router = APIRouter()


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
    may_write = visit.caller.may(REGISTER.permission)
    return render(
        request,
        "bodies.html",
        visit=visit,
        bodies=bodies,
        states=states_on(session, bodies.items, today(session)),
        duplicates=possible_duplicates(session),
        kind=kind,
        kinds=list(BodyKind),
        offers=[offer_of(session, REGISTER, None, {})] if may_write else [],
    )


@router.get("/bodies/{body_code}")
def one_body(request: Request, body_code: BodyCode, session: HomesRead, visit: Visitor) -> Response:
    """Show a body with what is dated of it, and to who keeps the register what may change."""
    body, now = find_body(session, body_code), today(session)
    offered = offers(session, visit, body, BODY, body, {"body_code": body_code})
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
        changes=[offer for offer in offered if offer.act not in OF_CLOSING],
        closing=[offer for offer in offered if offer.act is CLOSE_BODY],
        begin=[offer for offer in offered if offer.act is BEGIN_CLOSING],
        under_way=_under_way(visit, body_code) if offered else None,
        holds=_holds(visit, body_code) if offered else [],
        today=now,
    )


def _under_way(visit: Visit, code: str) -> int | None:
    """Return the number of the case that closes a body, for who sees cases."""
    if not visit.caller.may(Permission.CASE_READ):
        return None
    with visit.session(Permission.CASE_READ) as session:
        file = closing_of(session, find_body(session, code))
        return None if file is None else file.id


def _holds(visit: Visit, code: str) -> list[Held]:
    """Return what still holds a body, as who keeps its register sees it."""
    with visit.session(Permission.BODIES_WRITE) as session:
        return what_holds(session, find_body(session, code), today(session))
