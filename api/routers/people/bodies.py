"""Bodies: homes, institutions, offices, companies and shops, and what is dated of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from api.access import BodiesWrite, HomesRead
from api.fields import BodyCode, View
from api.paging import Page, WantedPage, page_of
from rukang.base.database.context import today
from rukang.bodies import (
    Body,
    BodyCapacity,
    BodyKind,
    BodyOperator,
    BodyState,
    State,
    bodies_query,
    find_body,
    history,
    licences,
    state_on,
)
from rukang.doors.closing import what_holds

router = APIRouter(prefix="/bodies", tags=["bodies"])

OfKind = Annotated[BodyKind | None, Query(description="种类 Only of this kind")]


class BodyView(View):
    """A body: what it is, where it is, and whose credit code answers for it."""

    code: str
    kind: BodyKind
    name: str
    county: str
    address: str
    legal_person: str
    uscc: str


class StateView(View):
    """A state from a day on."""

    since: date
    state: State
    words: str


class CapacityView(View):
    """For how many people a body is registered from a day on."""

    since: date
    heads: int


class OperatorView(View):
    """Who runs a body from a day on."""

    since: date
    name: str
    uscc: str


class LicenceView(View):
    """A licence; without a last day it has no end."""

    kind: str
    number: str
    issued_by: str
    issued_on: date
    expires_on: date | None


class ChargeView(View):
    """That a body answers for a person from a day on."""

    since: date
    person_id: int


class WholeBody(BodyView):
    """A body with its state today, and what is dated of it, the newest first."""

    state: State
    states: list[StateView]
    capacities: list[CapacityView]
    operators: list[OperatorView]
    licences: list[LicenceView]


class HeldView(View):
    """What still holds a body, in both languages, and how much of it."""

    zh: str
    en: str
    count: int


@router.get("", summary="机构名录 Bodies")
def list_bodies(session: HomesRead, wanted: WantedPage, kind: OfKind = None) -> Page[BodyView]:
    """Return the bodies the caller may see, of a kind or of all, by code."""
    return page_of(session, bodies_query(kind), wanted, BodyView.model_validate)


@router.get("/{body_code}", summary="一家机构 One body")
def show_body(body_code: BodyCode, session: HomesRead) -> WholeBody:
    """Return a body with its states, capacities, operators and licences."""
    return whole(session, find_body(session, body_code))


@router.get("/{body_code}/holds", summary="关闭前还有什么未了 What still holds a body")
def list_body_holds(body_code: BodyCode, session: BodiesWrite) -> list[HeldView]:
    """Return what has no other place yet and is not done either, as of today."""
    body = find_body(session, body_code)
    return [HeldView.model_validate(one) for one in what_holds(session, body, today(session))]


def whole(session: Session, body: Body) -> WholeBody:
    """Return a body with what is dated of it."""
    dated: dict[str, Any] = {
        "states": history(session, BodyState, body),
        "capacities": history(session, BodyCapacity, body),
        "operators": history(session, BodyOperator, body),
        "licences": licences(session, body),
        "state": state_on(session, body, today(session)),
    }
    names = BodyView.model_fields
    return WholeBody.model_validate({name: getattr(body, name) for name in names} | dated)
