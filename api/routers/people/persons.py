"""What is held on a person: told, handed out and erased, by whose office it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.access import PersonAnswer
from api.fields import HomeCode, PersonCode, View
from api.paging import Page, WantedPage, page_in
from rukang.base.clock import in_shanghai
from rukang.base.database import context
from rukang.bodies.homes import find_home
from rukang.doors import privacy
from rukang.doors.privacy import load_periods
from rukang.forms.kinds import Words
from rukang.people import find_person

router = APIRouter(tags=["people"])

PERSON = "/homes/{code}/people/{person_code}"


class Reason(BaseModel):
    """Why it is asked for, such as the person's own wish; it goes into the record and the trail."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[Words, Field(min_length=1, max_length=500)]


class KeptView(View):
    """What has to be kept, until which day (inclusive), and by which article, in words."""

    kind: str
    until: date | None
    zh: str
    en: str


class ErasureView(View):
    """An erasure that was asked for: ``due_on`` is the first day on which it may be done."""

    person_id: int
    person: str
    asked_by: str
    asked_at: datetime
    reason: str
    due_on: date
    done_at: datetime | None
    kept: list[KeptView]


class StandingView(View):
    """What is held on a person, by table, and what of it has to be kept.

    ``free_on`` is the first day on which nothing has to be kept, none while that is not known.
    """

    person_id: int
    held: dict[str, int]
    kept: list[KeptView]
    free_on: date | None
    asked: ErasureView | None


class HeldView(BaseModel):
    """All that is held on a person, by table, numbers in clear; and the trail about them."""

    person: int
    as_of: datetime
    held: dict[str, list[dict[str, Any]]]


class ErasedView(View):
    """Whether a person is erased now; if not, from which day on, and what is kept until then."""

    person_id: int
    done: bool
    due_on: date
    kept: list[KeptView]


@router.get(PERSON, summary="持有某人的哪些信息 What is held on a person")
def show_standing(
    request: Request, code: HomeCode, person_code: PersonCode, session: PersonAnswer
) -> StandingView:
    """Return how much is held, what has to be kept until when, and whether erasure was asked."""
    state = request.app.state
    home = find_home(session, code)
    database, person_id = privacy.whole_person(session, state.database, home, person_code)
    periods = load_periods(state.settings.retention)
    with database.session() as whole:
        found = privacy.standing_of(whole, database.person_keys, person_id, periods)
    return StandingView.model_validate(found)


@router.post(f"{PERSON}/export", summary="导出某人的全部信息 All that is held on a person")
def export_person(
    request: Request,
    code: HomeCode,
    person_code: PersonCode,
    wanted: Reason,
    session: PersonAnswer,
) -> HeldView:
    """Hand out everything; who asked, when and why goes into the audit trail."""
    home = find_home(session, code)
    database, person_id = privacy.whole_person(
        session, request.app.state.database, home, person_code
    )
    with database.session() as whole:
        person = find_person(whole, str(person_id))
        held = privacy.held_on(whole, person, wanted.reason)
        return HeldView(person=person_id, as_of=in_shanghai(context.now(whole)), held=held)


@router.post(f"{PERSON}/erasure", summary="删除某人的信息 Erase a person")
def erase_person(
    request: Request,
    code: HomeCode,
    person_code: PersonCode,
    wanted: Reason,
    session: PersonAnswer,
) -> ErasedView:
    """Erase now, or record that it is asked for and when it will be done.

    Refused with day and article while how long something has to be kept is not known.
    """
    state = request.app.state
    home = find_home(session, code)
    database, person_id = privacy.whole_person(session, state.database, home, person_code)
    periods = load_periods(state.settings.retention)
    return ErasedView.model_validate(privacy.erase(database, person_id, wanted.reason, periods))


@router.get("/erasures", summary="删除申请 Erasures asked for")
def list_erasures(
    request: Request,
    session: PersonAnswer,
    wanted: WantedPage,
    due: Annotated[bool, Query(description="只列已到期的 Only those whose day has come")] = False,
) -> Page[ErasureView]:
    """Return the erasures asked for of people in the caller's homes, oldest first."""
    found = privacy.erasures(session, request.app.state.database.person_keys)
    if due:
        today = context.today(session)
        found = [one for one in found if one.is_due(today)]
    return page_in(found, wanted, ErasureView.model_validate)
