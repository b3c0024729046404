"""Filling a sheet: answers one by one, evidence in parts, and its submission at the end."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Body, Path, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from api.access import RatingRead, SheetFill, Visitor
from api.fields import RecordId, View
from rukang.access import Caller
from rukang.errors import NotFoundError
from rukang.inspections import (
    PART_BYTES,
    Announced,
    announce,
    asked_of,
    discard,
    edition_of,
    eyes_of,
    find_evidence,
    find_inspection,
    missing_parts,
    open_evidence,
    optional_of,
    own_sheet,
    readable,
    save_answer,
    save_facts,
    submit,
    take_part,
)
from rukang.inspections.records import Evidence, InspectionSheet, Part
from rukang.rating import Answer, State

router = APIRouter(tags=["inspections"])

FILE = {"type": "string", "format": "binary"}

Criterion = Annotated[str, Path(pattern=r"^[A-Z][A-Z0-9.]{0,11}$", examples=["B1"])]
Number = Annotated[int, Path(ge=0, le=10_000, description="从 0 数起 Counted from 0")]


class AnswerView(View):
    """An answer as it is kept; ``written_at`` is the device's time."""

    criterion: str
    state: State
    value: str | None
    note: str
    written_at: datetime


class EvidenceView(View):
    """A file of a sheet; it counts once ``complete_at`` is set."""

    id: int
    criterion: str
    name: str
    size: int
    sha256: str
    media_type: str | None
    complete_at: datetime | None


class SheetView(View):
    """A sheet with what it asks and what it holds; ``now`` sets the device's clock right."""

    id: int
    inspection_id: int
    part: Part
    name: str
    asked: list[str]
    optional: list[str]
    facts: dict[str, Decimal]
    answers: list[AnswerView]
    evidence: list[EvidenceView]
    submitted_at: datetime | None
    now: datetime


class AnswerGiven(BaseModel):
    """One answer; ``not_applicable`` needs its reason in the note."""

    model_config = ConfigDict(extra="forbid")

    state: State
    value: Decimal | str | None = None
    note: Annotated[str, Field(max_length=1000)] = ""
    written_at: AwareDatetime


class FileAnnounced(BaseModel):
    """A file to come: its size in bytes, its hash, when and (if the device lets it) where taken."""

    model_config = ConfigDict(extra="forbid")

    criterion: Annotated[str, Field(max_length=12)]
    name: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00/\\]+$")]
    size: Annotated[int, Field(ge=0, le=2**31 - 1)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    taken_at: AwareDatetime | None = None
    latitude: Annotated[Decimal | None, Field(ge=-90, le=90)] = None
    longitude: Annotated[Decimal | None, Field(ge=-180, le=180)] = None


class Awaited(BaseModel):
    """The parts of a file that are still to come, each of ``part_bytes`` but the last."""

    id: int
    missing: list[int]
    part_bytes: int = PART_BYTES


class Seen(BaseModel):
    """When each answer the device holds was written; what differs has not arrived."""

    model_config = ConfigDict(extra="forbid")

    answers: dict[str, AwareDatetime]


def view_of(session: Session, sheet: InspectionSheet) -> SheetView:
    """Return a sheet with what it asks."""
    edition = edition_of(sheet.inspection)
    return SheetView(
        id=sheet.id,
        inspection_id=sheet.inspection_id,
        part=sheet.part,
        name=sheet.name,
        asked=list(asked_of(sheet, edition)),
        optional=list(optional_of(sheet, edition)),
        facts={key: Decimal(value) for key, value in sheet.facts.items()},
        answers=[AnswerView.model_validate(one) for one in sheet.answers],
        evidence=[EvidenceView.model_validate(one) for one in sheet.evidence],
        submitted_at=sheet.submitted_at,
        now=session.info["clock"](),
    )


@router.get("/inspections/{inspection_id}/sheet", summary="我的评分表 My sheet of an inspection")
def my_sheet(inspection_id: RecordId, session: SheetFill, visit: Visitor) -> SheetView:
    """Return the caller's own sheet."""
    return view_of(session, own_sheet(find_inspection(session, inspection_id), visit.caller.name))


@router.put(
    "/inspections/{inspection_id}/sheet/answers/{criterion}",
    response_model=AnswerView,
    summary="保存一项答案 Save one answer",
)
def put_answer(
    inspection_id: RecordId,
    criterion: Criterion,
    given: AnswerGiven,
    session: SheetFill,
    visit: Visitor,
) -> Any:
    """Keep an answer; the one written last holds, whatever the order in which they arrive."""
    sheet = own_sheet(find_inspection(session, inspection_id), visit.caller.name)
    answer = Answer(criterion=criterion, state=given.state, value=given.value, evidence=given.note)
    return save_answer(session, sheet, answer, given.written_at)


@router.put(
    "/inspections/{inspection_id}/sheet/facts", summary="保存基本情况 Save the home's figures"
)
def put_facts(
    inspection_id: RecordId, facts: dict[str, Decimal], session: SheetFill, visit: Visitor
) -> SheetView:
    """Keep the figures of the home, in place of those before."""
    sheet = own_sheet(find_inspection(session, inspection_id), visit.caller.name)
    save_facts(session, sheet, facts)
    return view_of(session, sheet)


@router.post("/inspections/{inspection_id}/sheet/evidence", summary="登记佐证材料 Announce a file")
def announce_file(
    inspection_id: RecordId, file: FileAnnounced, session: SheetFill, visit: Visitor
) -> Awaited:
    """Say that a file will come, and learn which of its parts are missing; may be repeated."""
    sheet = own_sheet(find_inspection(session, inspection_id), visit.caller.name)
    evidence = announce(session, sheet, Announced(**file.model_dump()))
    return Awaited(id=evidence.id, missing=missing_parts(session, evidence))


@router.put("/evidence/{evidence_id}/parts/{number}", summary="上传一段 Send a part of a file")
def put_part(
    evidence_id: RecordId,
    number: Number,
    content: Annotated[bytes, Body(media_type="application/octet-stream")],
    session: SheetFill,
    visit: Visitor,
) -> Awaited:
    """Keep a part and learn which are still missing; a part may be sent again."""
    evidence = _own(find_evidence(session, evidence_id), visit.caller.name)
    return Awaited(id=evidence.id, missing=take_part(session, evidence, number, content))


@router.delete("/evidence/{evidence_id}", status_code=204, summary="删除佐证材料 Take a file off")
def delete_evidence(evidence_id: RecordId, session: SheetFill, visit: Visitor) -> None:
    """Take a file off a sheet that is not submitted."""
    discard(session, _own(find_evidence(session, evidence_id), visit.caller.name))


@router.post("/inspections/{inspection_id}/sheet/submission", summary="提交评分表 Submit my sheet")
def submit_sheet(
    inspection_id: RecordId, seen: Seen, session: SheetFill, visit: Visitor
) -> SheetView:
    """Submit the sheet if all the device holds has arrived; afterwards it never changes."""
    sheet = own_sheet(find_inspection(session, inspection_id), visit.caller.name)
    return view_of(session, submit(session, sheet, seen.answers, visit.caller.name))


@router.get(
    "/evidence/{evidence_id}/content",
    response_class=Response,
    summary="查看佐证材料 Open a file",
    responses={200: {"content": {"application/octet-stream": {"schema": FILE}}}},
)
def evidence_content(evidence_id: RecordId, session: RatingRead, visit: Visitor) -> Response:
    """Return a file whose sheet the caller may read; that it was opened is written down."""
    evidence = _readable(find_evidence(session, evidence_id), visit.caller)
    content = open_evidence(session, evidence)
    return Response(content, media_type=evidence.media_type, headers=_as_file(evidence))


def _own(evidence: Evidence, email: str) -> Evidence:
    if evidence.sheet.filled_by != email:
        raise _absent(evidence)
    return evidence


def _readable(evidence: Evidence, caller: Caller) -> Evidence:
    inspection = evidence.sheet.inspection
    eyes = eyes_of(caller, inspection.home)
    if evidence.sheet not in readable(inspection, caller.name, eyes):
        raise _absent(evidence)
    return evidence


def _as_file(evidence: Evidence) -> dict[str, str]:
    """Return the header that names the file; its name may be Chinese (RFC 6266)."""
    return {"Content-Disposition": f"inline; filename*=UTF-8''{quote(evidence.name)}"}


def _absent(evidence: Evidence) -> NotFoundError:
    # Whoever may not read a sheet learns no more than that there is nothing.
    return NotFoundError(
        f"没有佐证材料 {evidence.id}。", f"There is no piece of evidence {evidence.id}."
    )
