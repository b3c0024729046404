"""Bodies: homes, institutions, offices, companies and shops, and what is dated of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from api.access import BodiesWrite, HomesRead
from api.fields import View
from api.paging import Page, WantedPage, page_of
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
    enter_state,
    find_body,
    history,
    licences,
    register_body,
    set_capacity,
    set_operator,
    state_on,
)
from rukang.doors.closing import close_body, what_holds
from rukang.forms.kinds import Day, Words

router = APIRouter(prefix="/bodies", tags=["bodies"])

BodyCode = Annotated[
    str, Path(pattern=r"^[\w-]{1,20}$", description="机构编号 Code of a body", examples=["ZP001"])
]
OfKind = Annotated[BodyKind | None, Query(description="种类 Only of this kind")]
Name = Annotated[Words, Field(min_length=1, max_length=100)]
CreditCode = Annotated[Words, Field(min_length=1, max_length=40, examples=["91371681MA3EXAMP0X"])]


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


class Wanted(BaseModel):
    """What is asked for knows no key beyond its own."""

    model_config = ConfigDict(extra="forbid")


class BodyWanted(Wanted):
    """A body to be put on the register; ``another`` where one looks the same and is not."""

    code: Annotated[str, Field(pattern=r"^[\w-]{1,20}$", examples=["FW001"])]
    kind: BodyKind
    name: Name
    county: Annotated[str, Field(pattern=r"^\d{6}$", examples=["371681"])]
    address: Annotated[Words, Field(min_length=1, max_length=200)]
    legal_person: Name
    uscc: CreditCode
    state: State = State.OPEN
    another: bool = False


class StateWanted(Wanted):
    """The state that a body is in from a day on."""

    state: State
    since: Day
    words: Annotated[Words, Field(max_length=200)] = ""


class CapacityWanted(Wanted):
    """For how many people a body is registered from a day on."""

    heads: Annotated[int, Field(ge=1, le=100_000, strict=True)]
    since: Day


class OperatorWanted(Wanted):
    """Who runs a body from a day on."""

    name: Name
    uscc: CreditCode
    since: Day


class LicenceWanted(Wanted):
    """A licence, permit or designation."""

    kind: Annotated[Words, Field(min_length=1, max_length=60)]
    number: Annotated[Words, Field(min_length=1, max_length=60)]
    issued_by: Name
    issued_on: Day
    expires_on: Day | None = None


class ClosingWanted(Wanted):
    """From which day on a body is closed, and why."""

    since: Day
    words: Annotated[Words, Field(min_length=1, max_length=200)]


@router.get("", summary="机构名录 Bodies")
def list_bodies(session: HomesRead, wanted: WantedPage, kind: OfKind = None) -> Page[BodyView]:
    """Return the bodies the caller may see, of a kind or of all, by code."""
    return page_of(session, bodies_query(kind), wanted, BodyView.model_validate)


@router.post("", status_code=201, summary="登记机构 Register a body")
def create_body(wanted: BodyWanted, session: BodiesWrite) -> WholeBody:
    """Put a body that is no home on the register; what looks the same as another is asked about."""
    given = wanted.model_dump()
    kind, code, state, another = (given.pop(k) for k in ("kind", "code", "state", "another"))
    body = register_body(session, kind, code, given, state=state, another=another)
    return whole(session, body)


@router.get("/{body_code}", summary="一家机构 One body")
def show_body(body_code: BodyCode, session: HomesRead) -> WholeBody:
    """Return a body with its states, capacities, operators and licences."""
    return whole(session, find_body(session, body_code))


@router.post("/{body_code}/states", status_code=201, summary="登记状态 Enter a state")
def create_body_state(body_code: BodyCode, wanted: StateWanted, session: BodiesWrite) -> StateView:
    """Keep that a body is in a state from a day on."""
    body = find_body(session, body_code)
    made = enter_state(session, body, wanted.state, wanted.since, wanted.words)
    return StateView.model_validate(made)


@router.post("/{body_code}/capacities", status_code=201, summary="登记核定人数 Set a capacity")
def create_body_capacity(
    body_code: BodyCode, wanted: CapacityWanted, session: BodiesWrite
) -> CapacityView:
    """Keep for how many people a body is registered from a day on."""
    made = set_capacity(session, find_body(session, body_code), wanted.heads, wanted.since)
    return CapacityView.model_validate(made)


@router.post("/{body_code}/operators", status_code=201, summary="登记运营单位 Set an operator")
def create_body_operator(
    body_code: BodyCode, wanted: OperatorWanted, session: BodiesWrite
) -> OperatorView:
    """Keep who runs a body from a day on."""
    body = find_body(session, body_code)
    made = set_operator(session, body, wanted.name, wanted.uscc, wanted.since)
    return OperatorView.model_validate(made)


@router.post("/{body_code}/licences", status_code=201, summary="登记证照 Add a licence")
def create_body_licence(
    body_code: BodyCode, wanted: LicenceWanted, session: BodiesWrite
) -> LicenceView:
    """Keep a licence of a body."""
    made = add_licence(session, find_body(session, body_code), wanted.model_dump())
    return LicenceView.model_validate(made)


@router.get("/{body_code}/holds", summary="关闭前还有什么未了 What still holds a body")
def list_body_holds(body_code: BodyCode, session: BodiesWrite) -> list[HeldView]:
    """Return what has no other place yet and is not done either, as of today."""
    body = find_body(session, body_code)
    return [HeldView.model_validate(one) for one in what_holds(session, body, today(session))]


@router.post("/{body_code}/closing", summary="关闭机构 Close a body")
def close_one_body(body_code: BodyCode, wanted: ClosingWanted, session: BodiesWrite) -> StateView:
    """Close a body for good; refused, with what holds it, until nothing does."""
    made = close_body(session, find_body(session, body_code), wanted.since, wanted.words)
    return StateView.model_validate(made)


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
