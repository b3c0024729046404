"""From two sheets to a published star: settling, proposal, objections, publication."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.access import RatingAnswer, RatingDecide, Visitor
from api.fields import Measured, RecordId, Words
from api.routers.inspection_views import InspectionDetail, NoteGiven, ObjectionView, Said, view_of
from rukang.engines.rating import Answer
from rukang.stars.inspections import (
    decide,
    find_inspection,
    find_objection,
    moderate,
    object_to,
    propose,
    publish,
    take_back,
)

router = APIRouter(tags=["inspections"])

FactKey = Annotated[str, Field(max_length=40, pattern=r"^[a-z][a-z0-9_]*$", examples=["capacity"])]


class Decision(BaseModel):
    """Why, and what puts things right; without answers and facts the objection is rejected.

    Answers may be of measured criteria; ``facts`` are figures of the home by key, null for unknown.
    """

    model_config = ConfigDict(extra="forbid")

    decision: Annotated[Words, Field(min_length=1, max_length=2000)]
    changes: list[Answer] = []
    facts: dict[FactKey, Measured | None] = {}


@router.post(
    "/inspections/{inspection_id}/moderation",
    response_model=InspectionDetail,
    summary="合议 Settle the two sheets",
)
def moderate_one(
    inspection_id: RecordId, said: NoteGiven, session: RatingDecide, visit: Visitor
) -> Any:
    """Settle every criterion; refused while something is disputed."""
    inspection = find_inspection(session, inspection_id)
    moderate(session, inspection, visit.caller.name, said.note)
    return view_of(session, inspection)


@router.post(
    "/inspections/{inspection_id}/moderation/withdrawal",
    response_model=InspectionDetail,
    summary="退回合议 Take moderation back",
)
def take_moderation_back(
    inspection_id: RecordId, said: NoteGiven, session: RatingDecide, visit: Visitor
) -> Any:
    """Open the settled sheets again, with the reason; a third can be named anew."""
    inspection = find_inspection(session, inspection_id)
    take_back(session, inspection, visit.caller.name, said.note)
    return view_of(session, inspection)


@router.post(
    "/inspections/{inspection_id}/proposal",
    response_model=InspectionDetail,
    summary="公示 Propose the result",
)
def propose_one(
    inspection_id: RecordId, said: NoteGiven, session: RatingDecide, visit: Visitor
) -> Any:
    """Rate the settled sheet with what the records say, and open the time for objections."""
    inspection = find_inspection(session, inspection_id)
    propose(session, inspection, visit.caller.name, said.note)
    return view_of(session, inspection)


@router.post(
    "/inspections/{inspection_id}/objections",
    status_code=201,
    response_model=ObjectionView,
    summary="提出异议 Object",
)
def create_objection(
    inspection_id: RecordId, said: Said, session: RatingAnswer, visit: Visitor
) -> Any:
    """Say what is wrong with a proposed result, within the window."""
    return object_to(
        session, find_inspection(session, inspection_id), visit.caller.name, said.words
    )


@router.post(
    "/inspections/{inspection_id}/objections/{objection_id}/decision",
    response_model=ObjectionView,
    summary="处理异议 Decide an objection",
)
def decide_objection(
    inspection_id: RecordId,
    objection_id: RecordId,
    said: Decision,
    session: RatingDecide,
    visit: Visitor,
) -> Any:
    """Uphold an objection with the right answers, or reject it."""
    inspection = find_inspection(session, inspection_id)
    objection = find_objection(session, inspection, objection_id)
    by = visit.caller.name
    decide(session, inspection, objection, by, said.decision, said.changes, said.facts)
    return objection


@router.post(
    "/inspections/{inspection_id}/publication",
    response_model=InspectionDetail,
    summary="公布 Publish",
)
def publish_one(
    inspection_id: RecordId, said: NoteGiven, session: RatingDecide, visit: Visitor
) -> Any:
    """Publish the result once the window is over, and enter it on the register."""
    inspection = find_inspection(session, inspection_id)
    publish(session, inspection, visit.caller.name, said.note)
    return view_of(session, inspection)
