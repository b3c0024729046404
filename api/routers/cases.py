"""Cases: listed, shown with timeline and clocks, told on, and what is late of whom."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from api.access import CaseHandle, CaseRead
from api.fields import RecordId, View
from api.paging import Page, WantedPage, page_of
from api.routers.stars.register import OnDay
from rukang.base.database import context
from rukang.base.definitions import Text
from rukang.base.divisions import lies_in
from rukang.base.errors import InvalidError
from rukang.bodies.homes import Home, find_home
from rukang.cases import (
    CaseFile,
    Opening,
    Wanted,
    act,
    cases_query,
    courses,
    find_case,
    late_page,
    letter_of,
    move_words,
    offered_moves,
    open_case,
    organs,
    read_case,
    seen_case,
    titles,
    untimed_query,
)
from rukang.cases.acting import ACTS
from rukang.cases.organs import refuse_stranger
from rukang.casework import Ground, Happened, Of
from rukang.doors.closing import ENDS
from rukang.forms.kinds import Day, Email, Words

router = APIRouter(prefix="/cases", tags=["cases"])

NAME = r"^[a-z][a-z0-9_-]{0,59}$"
Name = Annotated[str, Field(pattern=NAME, examples=["complaint"])]
Organ = Annotated[str, Field(max_length=30, examples=["place:371681"])]
Reason = Annotated[Words, Field(max_length=500)]
CourseName = Annotated[str | None, Query(pattern=NAME, description="流程 Course")]
Holder = Annotated[str | None, Query(max_length=30, description="承办单位 Organ, home:ZP001")]
Region = Annotated[str, Query(pattern=r"^(\d{6})?$", description="区划代码 Division code")]
PerhapsHome = Annotated[
    str | None, Query(pattern=r"^[\w-]{1,20}$", description="机构编号 Code of a home")
]
IsOver = Annotated[bool | None, Query(description="已结束的 Those that ended, or did not")]
StepName = Annotated[
    str, Path(pattern=r"^[a-z0-9_-]{1,60}$", description="步骤 Step", examples=["mend"])
]
Kind = Annotated[str, Field(json_schema_extra={"enum": [one.value for one in ACTS]})]


class CaseOpened(BaseModel):
    """A case to open: course, place, the organ that opens it, and organs by role."""

    model_config = ConfigDict(extra="forbid")

    course: Name
    organ: Organ
    place: Annotated[str, Field(pattern=r"^\d{6,12}$", examples=["371681"])]
    home: Annotated[str, Field(pattern=r"^[\w-]{1,20}$")] | None = None
    organs: Annotated[dict[Name, Organ], Field(max_length=20)] = Field(default_factory=dict)
    on: Day | None = None
    backdated: Reason | None = None
    papers: Annotated[tuple[Name, ...], Field(max_length=40)] = ()


class CaseTold(BaseModel):
    """Something to tell of a case; what each kind needs stands in docs/casework.md."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    on: Day | None = None
    step: Name | None = None
    outcome: Name | None = None
    reason: Reason | None = None
    backdated: Reason | None = None
    to: Organ | None = None
    person: Email | None = None
    persons: Annotated[tuple[Email, ...], Field(max_length=9)] = ()
    checker: Email | None = None
    approver: Email | None = None
    where: Name | None = None
    papers: Annotated[tuple[Name, ...], Field(max_length=40)] = ()
    ground: Ground | None = None
    name: Name | None = None
    day: Day | None = None
    upheld: bool | None = None
    corrects: Annotated[int, Field(ge=1, le=100_000)] | None = None


class CaseView(View):
    """A case in a list."""

    id: int
    course: str
    title: Text
    edition: str
    place: str
    home: str | None
    home_name: str | None
    opened_on: date
    ended_on: date | None


class StepView(View):
    """A step that has begun: in what state, and who is responsible."""

    step: str
    title: Text
    round: int
    state: str
    state_title: Text
    organ: str
    organ_title: Text
    offered_to: Text | None
    assignee: str | None
    entered: date | None
    finished: date | None
    outcome: Text | None
    reason: str | None
    letter: bool


class DayView(View):
    """A day of a clock: its number if it counts, and why or why not."""

    day: date
    number: int | None
    why: Text


class ClockView(View):
    """A clock with every day it was counted by; without a due day none is known."""

    step: str
    title: Text
    of: Of
    of_title: Text
    holder: Text
    started: date
    due: date | None
    late: bool
    stopped: bool
    age: int
    provisional: Text | None
    source: Text | None
    days: list[DayView]


class EventView(View):
    """Something that happened."""

    seq: int
    at: datetime
    on: date
    actor: str
    organ: Text
    kind: str
    kind_title: Text
    step: Text | None
    outcome: Text | None
    reason: str | None
    backdated: str | None
    corrects: int | None


class MoveView(View):
    """What the caller may tell next, what it needs, and what stands in its way."""

    kind: str
    step: str
    outcome: str | None
    title: Text
    needs: list[str]
    hindered: Text | None


class WholeCaseView(View):
    """A case with its steps, clocks, timeline and what may happen next."""

    id: int
    course: str
    title: Text
    edition: str
    place: str
    home: str | None
    home_name: str | None
    subject_kind: str | None
    subject_id: int | None
    opened_on: date
    ended_on: date | None
    endings: list[Text]
    steps: list[StepView]
    clocks: list[ClockView]
    timeline: list[EventView]
    moves: list[MoveView]


class LateCaseView(View):
    """Something late: in which case, of whom, where, since when."""

    case_id: int
    course: str
    title: Text
    step: str
    step_title: Text
    of: Of
    holder: str
    holder_title: Text
    place: str
    home: str | None
    home_name: str | None
    due: date
    since: date
    days: int
    escalates: bool
    provisional: Text | None


class CourseView(View):
    """A course under which cases are opened, with the days of its edition."""

    id: str
    course: str
    edition: str
    title: Text
    document: Text
    place: str
    valid_from: date
    valid_to: date | None


def wanted_late(course: CourseName = None, holder: Holder = None, region: Region = "") -> Wanted:
    """Return which of what is late is asked for."""
    return Wanted(course, holder, region)


WantedLate = Annotated[Wanted, Depends(wanted_late)]


@router.get("", summary="案件 Cases")
def list_cases(
    session: CaseRead,
    wanted: WantedPage,
    course: CourseName = None,
    home: PerhapsHome = None,
    ended: IsOver = None,
) -> Page[CaseView]:
    """Return cases, the newest first."""
    of = find_home(session, home) if home else None
    view = partial(listed, titles(session))
    return page_of(session, cases_query(course, of, ended=ended), wanted, view)


@router.get("/late", summary="逾期 What is late")
def list_late_cases(
    session: CaseRead, wanted: WantedPage, asked: WantedLate, on: OnDay = None
) -> Page[LateCaseView]:
    """Return what is late on a day, of whom and where, the longest first."""
    day, begin = on or context.today(session), (wanted.page - 1) * wanted.size
    found, total = late_page(session, day, asked, wanted.size, begin)
    items = list(map(LateCaseView.model_validate, found))
    return Page(items=items, page=wanted.page, size=wanted.size, total=total)


@router.get("/without-term", summary="期限不明 Without a known term")
def list_cases_without_term(
    session: CaseRead, wanted: WantedPage, asked: WantedLate
) -> Page[CaseView]:
    """Return cases with a step of which no term is known, the oldest first; never "in time"."""
    view = partial(listed, titles(session))
    return page_of(session, untimed_query(asked), wanted, view)


@router.get("/courses", response_model=list[CourseView], summary="流程 Courses")
def list_courses(session: CaseRead) -> Any:
    """Return the editions of every course the house knows."""
    return sorted(courses(session).values(), key=lambda one: one.id)


@router.post(
    "",
    status_code=201,
    summary="立案 Open a case",
)
def open_one_case(opened: CaseOpened, session: CaseHandle) -> WholeCaseView:
    """Open a case under the edition of its day and place; papers that are there are taken along."""
    of = find_home(session, opened.home) if opened.home else None
    refuse_stranger(session, opened.organ)
    refuse_elsewhere(session, opened, of)
    given = opened.model_dump(exclude={"home"})
    return whole(session, open_case(session, Opening(**given, home=of)))


@router.get("/{case_id}", summary="案件 A case")
def show_case(case_id: RecordId, session: CaseRead) -> WholeCaseView:
    """Return a case with its timeline, its clocks day by day, and what may happen next."""
    return whole(session, find_case(session, case_id))


@router.post("/{case_id}/events", status_code=201, summary="办理 Tell what happened")
def tell_case(case_id: RecordId, told: CaseTold, session: CaseHandle) -> WholeCaseView:
    """Take a step, hand it over, answer an offer, stop, resume, correct or note."""
    file = find_case(session, case_id)
    given = told.model_dump(exclude={"kind", "on"})
    act(session, file, kind_of(told.kind), given, told.on, ENDS)
    return whole(session, file)


@router.get(
    "/{case_id}/letters/{step}",
    response_class=HTMLResponse,
    summary="文书 A letter to print",
)
def show_letter(case_id: RecordId, step: StepName, session: CaseRead) -> HTMLResponse:
    """Return the letter that goes with a step, as a page to print."""
    return HTMLResponse(letter_of(session, find_case(session, case_id), step))


def listed(named: dict[str, Text], file: CaseFile) -> CaseView:
    """Return a case as a list shows it."""
    return CaseView(
        id=file.id,
        course=file.course,
        title=named[file.edition],
        edition=file.edition,
        place=file.place,
        home=file.home.code if file.home else None,
        home_name=file.home.name if file.home else None,
        opened_on=file.opened_on,
        ended_on=file.ended_on,
    )


def whole(session: CaseRead, file: CaseFile) -> WholeCaseView:
    """Return a case with all that is known of it."""
    now, _ = read_case(session, file)
    moves = [
        MoveView(
            kind=one.kind.value,
            step=one.step,
            outcome=one.outcome,
            title=move_words(now, one),
            needs=list(one.needs),
            hindered=one.hindered,
        )
        for one in offered_moves(session, file, ENDS)
    ]
    seen = seen_case(session, file)
    return WholeCaseView.model_validate({**vars(seen), "moves": moves}, from_attributes=True)


def kind_of(name: str) -> Happened:
    """Return a kind by its name; the schema lists them."""
    return next((one for one in ACTS if one.value == name), Happened.OPENED)


def refuse_elsewhere(session: CaseHandle, opened: CaseOpened, home: Home | None) -> None:
    """Refuse a case in another place than its home, or than the organ that opens it."""
    organ = organs(session, [opened.organ])[opened.organ]
    refuse_place(opened.place, home.county if home else organ.place)


def refuse_place(place: str, within: str) -> None:
    """Refuse a place outside where somebody acts."""
    if not lies_in(place, within):
        raise InvalidError(
            f"地点 {place} 不在 {within} 范围内；请填承办单位或机构所在的区划。",
            f"The place {place} does not lie in {within}; give the division of the organ or home.",
        )
