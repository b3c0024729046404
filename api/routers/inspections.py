"""An inspection from its opening to the visit, one operation for each step."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from api.access import RatingAnswer, RatingDecide, RatingRead, Visitor
from api.fields import Day, Email, HomeCode, RecordId
from api.paging import Page, WantedPage, page_of
from api.routers.inspection_views import (
    EditionNamed,
    InspectionDetail,
    InspectionView,
    Note,
    NoteGiven,
    listed,
    view_of,
)
from rukang.base.definitions import Text
from rukang.bodies.homes import find_home
from rukang.stars.inspections import (
    Part,
    Reason,
    Stage,
    apply_for,
    desk_check,
    edition_for,
    edition_in_force,
    find_inspection,
    find_inspectors,
    give_third,
    inspections_query,
    open_inspection,
    plan_visit,
    start_sheet,
    to_replace,
    today,
    withdraw,
)

router = APIRouter(tags=["inspections"])


class Application(BaseModel):
    """A home asks to be rated; ``due_on`` is the last day that suits it for the visit.

    The home does not choose its edition: place and day decide. ``edition`` may be left out; another
    than the one in force is refused.
    """

    model_config = ConfigDict(extra="forbid")

    edition: EditionNamed | None = None
    due_on: Day
    words: Note = ""


class Opening(Application):
    """The federation opens an inspection: because one is due, to revisit, or to review.

    ``edition`` is needed only where several are in force for the home.
    """

    reason: Reason


class DeskCheck(NoteGiven):
    """Accepted, or given back with what has to be completed."""

    accepted: StrictBool


class VisitPlanned(BaseModel):
    """The day of the visit and the addresses of the two who go.

    ``note`` says why, where somebody who has begun a sheet is replaced.
    """

    model_config = ConfigDict(extra="forbid")

    day: Day
    inspectors: Annotated[list[Email], Field(min_length=2, max_length=2)]
    note: Note = ""


class Replacement(BaseModel):
    """An inspector who is barred by now, and why: somebody else has to take their sheet."""

    inspector: str
    reason: Text


class ThirdNamed(BaseModel):
    """Who judges what the two saw differently; ``note`` where another third had begun."""

    model_config = ConfigDict(extra="forbid")

    inspector: Email
    note: Note = ""


@router.get("/inspections", summary="评定列表 Inspections")
def list_all_inspections(
    session: RatingRead,
    wanted: WantedPage,
    stage: Annotated[Stage | None, Query()] = None,
    home: Annotated[str | None, Query(max_length=20)] = None,
) -> Page[InspectionView]:
    """Return the inspections of the caller's places, the newest first."""
    return page_of(session, inspections_query(stage, home), wanted, listed)


@router.get(
    "/inspections/{inspection_id}",
    response_model=InspectionDetail,
    summary="一次评定 One inspection",
)
def show_inspection(inspection_id: RecordId, session: RatingRead) -> Any:
    """Return an inspection with its steps."""
    return view_of(session, find_inspection(session, inspection_id))


@router.post(
    "/homes/{code}/applications",
    status_code=201,
    response_model=InspectionDetail,
    summary="申请评定 Apply for a rating",
)
def apply_for_rating(
    code: HomeCode, asked: Application, session: RatingAnswer, visit: Visitor
) -> Any:
    """Open an inspection on the home's own application, with a sheet for its report."""
    home = find_home(session, code)
    edition = edition_in_force(home, today(session), asked.edition)
    who = (visit.caller.name, visit.name)
    return view_of(session, apply_for(session, home, edition, asked.due_on, *who, asked.words))


@router.post(
    "/homes/{code}/inspections",
    status_code=201,
    response_model=InspectionDetail,
    summary="发起评定 Open an inspection",
)
def create_inspection(code: HomeCode, asked: Opening, session: RatingDecide, visit: Visitor) -> Any:
    """Open an inspection because one is due, to revisit, or to review what happened."""
    home = find_home(session, code)
    edition = edition_for(home, today(session), asked.edition)
    by = visit.caller.name
    return view_of(
        session,
        open_inspection(session, home, edition, asked.reason, asked.due_on, by, asked.words),
    )


@router.post(
    "/inspections/{inspection_id}/self-report",
    status_code=201,
    response_model=InspectionDetail,
    summary="开始自评 Begin the home's report",
)
def begin_report(inspection_id: RecordId, session: RatingAnswer, visit: Visitor) -> Any:
    """Give the caller the sheet on which the home reports of itself."""
    inspection = find_inspection(session, inspection_id)
    start_sheet(session, inspection, Part.SELF, visit.caller.name, visit.name)
    return view_of(session, inspection)


@router.post(
    "/inspections/{inspection_id}/desk-check",
    response_model=InspectionDetail,
    summary="材料审核 Check the home's report",
)
def check_desk(
    inspection_id: RecordId, said: DeskCheck, session: RatingDecide, visit: Visitor
) -> Any:
    """Accept the home's report, or give it back."""
    inspection = find_inspection(session, inspection_id)
    desk_check(session, inspection, visit.caller.name, accepted=said.accepted, note=said.note)
    return view_of(session, inspection)


@router.post(
    "/inspections/{inspection_id}/visit",
    response_model=InspectionDetail,
    summary="排定上门 Plan the visit",
)
def plan_one_visit(
    inspection_id: RecordId, planned: VisitPlanned, session: RatingDecide, visit: Visitor
) -> Any:
    """Set the day of the visit and who goes; can be done anew until a sheet is begun."""
    inspection = find_inspection(session, inspection_id)
    pair = find_inspectors(session, planned.inspectors)
    plan_visit(session, inspection, planned.day, pair, visit.caller.name, planned.note)
    return view_of(session, inspection)


@router.get(
    "/inspections/{inspection_id}/replacements", summary="须换的评定员 Inspectors to replace"
)
def list_replacements(inspection_id: RecordId, session: RatingDecide) -> list[Replacement]:
    """Return who was sent and may not go any more; plan the visit anew with somebody else."""
    barred = to_replace(session, find_inspection(session, inspection_id))
    return [
        Replacement(inspector=email, reason=Text(zh=why.zh, en=why.en))
        for email, why in barred.items()
    ]


@router.post(
    "/inspections/{inspection_id}/third",
    response_model=InspectionDetail,
    summary="指定第三评定员 Name a third inspector",
)
def name_third(
    inspection_id: RecordId, named: ThirdNamed, session: RatingDecide, visit: Visitor
) -> Any:
    """Give a third the sheet of what is disputed."""
    inspection = find_inspection(session, inspection_id)
    (third,) = find_inspectors(session, [named.inspector])
    by = visit.caller.name
    give_third(session, inspection, third.email, third.name, by, named.note)
    return view_of(session, inspection)


@router.post(
    "/inspections/{inspection_id}/withdrawal",
    response_model=InspectionDetail,
    summary="撤回 Withdraw",
)
def withdraw_one(
    inspection_id: RecordId, said: NoteGiven, session: RatingDecide, visit: Visitor
) -> Any:
    """End an inspection without a result."""
    inspection = find_inspection(session, inspection_id)
    withdraw(session, inspection, visit.caller.name, said.note)
    return view_of(session, inspection)
