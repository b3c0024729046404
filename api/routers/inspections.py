"""The life of an inspection, one operation for each step."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from api.access import RatingAnswer, RatingDecide, RatingRead, RatingWrite, Visitor
from api.fields import HomeCode, RecordId, View, Words
from rukang.homes import find_home
from rukang.inspections import (
    Part,
    Reason,
    Stage,
    apply_for,
    confirm,
    decide,
    declare,
    desk_check,
    find_action,
    find_inspection,
    find_inspectors,
    find_objection,
    list_inspections,
    moderate,
    object_to,
    open_inspection,
    plan_visit,
    propose,
    publish,
    report,
    signs,
    start_sheet,
    today,
    withdraw,
)
from rukang.inspections.records import Inspection
from rukang.rating import Answer, Text, load_edition
from rukang.register import lower

router = APIRouter(tags=["inspections"])

Note = Annotated[Words, Field(max_length=500)]


class StepView(View):
    """One step: from which stage to which, when and by whom."""

    before: Stage | None
    after: Stage
    at: datetime
    by: str
    note: str


class ObjectionView(View):
    """What was said against a proposal; ``upheld`` is null while undecided."""

    id: int
    made_on: date
    by: str
    words: str
    upheld: bool | None
    decided_on: date | None
    decision: str | None


class ActionView(View):
    """What has to be mended, by when, and whether somebody saw it mended."""

    id: int
    criterion: str
    words: str
    due_on: date
    reported_on: date | None
    reported: str | None
    confirmed_on: date | None


class InspectionView(View):
    """An inspection in a list."""

    id: int
    home: str
    reason: Reason
    stage: Stage
    edition: str
    opened_on: date
    due_on: date
    visit_on: date | None
    objections_until: date | None
    publish_by: date | None
    closed_on: date | None
    rating_id: int | None


class InspectionDetail(InspectionView):
    """An inspection with its steps, objections and what is to be mended."""

    words: str
    steps: list[StepView]
    objections: list[ObjectionView]
    actions: list[ActionView]


class Application(BaseModel):
    """A home asks to be rated; ``due_on`` is the last day that suits it for the visit."""

    model_config = ConfigDict(extra="forbid")

    edition: Annotated[str, Field(max_length=40)]
    due_on: date
    words: Note = ""


class Opening(Application):
    """The federation opens an inspection: because one is due, to revisit, or to review."""

    reason: Reason


class NoteGiven(BaseModel):
    """What is said with a step."""

    model_config = ConfigDict(extra="forbid")

    note: Note = ""


class DeskCheck(NoteGiven):
    """Accepted, or given back with what has to be completed."""

    accepted: bool


class VisitPlanned(BaseModel):
    """The day of the visit and the addresses of the two who go."""

    model_config = ConfigDict(extra="forbid")

    day: date
    inspectors: Annotated[list[str], Field(min_length=2, max_length=2)]


class ThirdNamed(BaseModel):
    """Who judges what the two saw differently."""

    model_config = ConfigDict(extra="forbid")

    inspector: str


class Said(BaseModel):
    """An objection, or a report of what was mended."""

    model_config = ConfigDict(extra="forbid")

    words: Annotated[Words, Field(min_length=1, max_length=2000)]


class Decision(BaseModel):
    """Why, and the answers that put things right; without any the objection is rejected."""

    model_config = ConfigDict(extra="forbid")

    decision: Annotated[Words, Field(min_length=1, max_length=2000)]
    changes: list[Answer] = []


class InterestDeclared(BaseModel):
    """Why somebody may not inspect a home, and from when until when (inclusive)."""

    model_config = ConfigDict(extra="forbid")

    inspector: Annotated[str, Field(max_length=320)]
    words: Annotated[Words, Field(min_length=1, max_length=200)]
    since: date
    until: date | None = None


def view_of(inspection: Inspection) -> dict[str, Any]:
    """Return an inspection's fields, with the codes of its home and edition."""
    fields = {
        name: getattr(inspection, name)
        for name in InspectionDetail.model_fields
        if name not in {"home", "edition"}
    }
    return {**fields, "home": inspection.home.code, "edition": inspection.edition_text.edition}


@router.get("/inspections", response_model=list[InspectionView], summary="评定列表 Inspections")
def list_all_inspections(
    session: RatingRead,
    stage: Annotated[Stage | None, Query()] = None,
    home: Annotated[str | None, Query(max_length=20)] = None,
) -> Any:
    """Return the inspections of the caller's places, the newest first."""
    return [view_of(one) for one in list_inspections(session, stage, home)]


@router.get(
    "/inspections/{inspection_id}",
    response_model=InspectionDetail,
    summary="一次评定 One inspection",
)
def show_inspection(inspection_id: RecordId, session: RatingRead) -> Any:
    """Return an inspection with its steps."""
    return view_of(find_inspection(session, inspection_id))


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
    home, edition = find_home(session, code), load_edition(asked.edition)
    return view_of(
        apply_for(session, home, edition, asked.due_on, visit.caller.name, visit.name, asked.words)
    )


@router.post(
    "/homes/{code}/inspections",
    status_code=201,
    response_model=InspectionDetail,
    summary="发起评定 Open an inspection",
)
def create_inspection(code: HomeCode, asked: Opening, session: RatingDecide, visit: Visitor) -> Any:
    """Open an inspection because one is due, to revisit, or to review what happened."""
    home, edition = find_home(session, code), load_edition(asked.edition)
    return view_of(
        open_inspection(
            session, home, edition, asked.reason, asked.due_on, visit.caller.name, asked.words
        )
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
    return view_of(inspection)


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
    return view_of(inspection)


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
    plan_visit(session, inspection, planned.day, pair, visit.caller.name)
    return view_of(inspection)


@router.post(
    "/inspections/{inspection_id}/third",
    response_model=InspectionDetail,
    summary="指定第三评定员 Name a third inspector",
)
def name_third(inspection_id: RecordId, named: ThirdNamed, session: RatingDecide) -> Any:
    """Give a third the sheet of what is disputed."""
    inspection = find_inspection(session, inspection_id)
    (third,) = find_inspectors(session, [named.inspector])
    start_sheet(session, inspection, Part.THIRD, third.email, third.name)
    return view_of(inspection)


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
    return view_of(inspection)


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
    return view_of(inspection)


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
    "/objections/{objection_id}/decision",
    response_model=ObjectionView,
    summary="处理异议 Decide an objection",
)
def decide_objection(
    objection_id: RecordId, said: Decision, session: RatingDecide, visit: Visitor
) -> Any:
    """Uphold an objection with the right answers, or reject it."""
    objection = find_objection(session, objection_id)
    inspection = find_inspection(session, objection.inspection_id)
    decide(session, inspection, objection, visit.caller.name, said.decision, said.changes)
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
    return view_of(inspection)


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
    return view_of(inspection)


@router.post(
    "/actions/{action_id}/report", response_model=ActionView, summary="报告整改 Report mending"
)
def report_action(action_id: RecordId, said: Said, session: RatingAnswer) -> Any:
    """Say how something was mended."""
    action = find_action(session, action_id)
    report(session, action, said.words)
    return action


@router.post(
    "/actions/{action_id}/confirmation",
    response_model=ActionView,
    summary="确认整改 Confirm mending",
)
def confirm_action(action_id: RecordId, session: RatingWrite, visit: Visitor) -> Any:
    """Keep that an inspector saw it mended."""
    action = find_action(session, action_id)
    confirm(session, action, find_inspection(session, action.inspection_id).home, visit.caller.name)
    return action


@router.post(
    "/homes/{code}/interests", status_code=201, summary="登记回避 Declare a conflict of interest"
)
def create_interest(
    code: HomeCode, said: InterestDeclared, session: RatingDecide
) -> InterestDeclared:
    """Bar somebody from inspecting a home."""
    declare(session, find_home(session, code), said.inspector, said.words, said.since, said.until)
    return said


class SignView(BaseModel):
    """Something that asks for a review: the edition's rule, how often, and where it was read."""

    rule: str
    title: Text
    count: int
    evidence: Text


class Lowering(BaseModel):
    """The lower star, 0 for none, and the public reason, which names no person."""

    model_config = ConfigDict(extra="forbid")

    star: Annotated[int, Field(ge=0, le=9)]
    words: Annotated[Words, Field(min_length=1, max_length=500)]


@router.get("/homes/{code}/signs", summary="动态管理提示 What asks for a review")
def list_signs(
    code: HomeCode, session: RatingRead, edition: str = "example-2026"
) -> list[SignView]:
    """Return what happened in a home that asks for a review of its star, by an edition."""
    home = find_home(session, code)
    return [
        SignView(rule=one.rule.id, title=one.rule.title, count=one.count, evidence=one.evidence)
        for one in signs(session, home, load_edition(edition), today(session))
    ]


@router.post("/homes/{code}/lowering", status_code=204, summary="降星或摘星 Lower or remove a star")
def lower_star(code: HomeCode, said: Lowering, session: RatingDecide) -> None:
    """Enter a lower star on the register from today on, with its public reason."""
    lower(session, find_home(session, code), said.star, today(session), said.words)
