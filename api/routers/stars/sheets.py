"""Filling a sheet: answers one by one, evidence in parts, and its submission at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Header, Path, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool, model_validator
from sqlalchemy.orm import Session

from api.access import RatingRead, SheetFill, Visit, Visitor
from api.downloads import answers
from api.fields import LARGEST_ID, Coordinate, Measured, Moment, RecordId, View
from rukang.base.errors import ConflictError, NotAllowedError
from rukang.engines.rating import State, refuse_misfit
from rukang.stars.inspections import (
    FACT,
    PART_BYTES,
    Announced,
    Arrival,
    Given,
    Inspection,
    Standing,
    Written,
    announce,
    asked_facts,
    asked_of,
    contradictable_of,
    discard,
    edition_of,
    find_inspection,
    kind_of_file,
    late_entries,
    missing_parts,
    open_evidence,
    optional_of,
    own_evidence,
    own_sheet,
    readable_evidence,
    standing,
    submit,
    take_answer,
    take_fact,
    take_part,
    unrecorded_of,
)
from rukang.stars.inspections.records import Evidence, InspectionSheet, Part, SheetEntry
from rukang.stars.inspections.sheet.media import ACCEPTED

router = APIRouter(tags=["inspections"])


Criterion = Annotated[str, Path(pattern=r"^[A-Z][A-Z0-9.]{0,11}$", examples=["B1"])]
Sequence = Annotated[int, Field(ge=0, le=LARGEST_ID, strict=True)]
Number = Annotated[int, Path(ge=0, le=10_000, description="从 0 数起 Counted from 0")]


AccountNamed = Annotated[
    int | None, Header(alias="Rukang-Account", description="填写人的账号 Account of who fills it")
]
SheetNamed = Annotated[
    int | None, Header(alias="Rukang-Sheet", description="评分表编号 Id of the sheet")
]
Key = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,39}$", examples=["capacity"])]


class Content(BaseModel):
    """What an entry says of a criterion; ``state`` is null for a note without an answer.

    ``contradicts``: found otherwise than the home reports or the records say.
    """

    state: State | None
    value: str | None
    note: str
    contradicts: bool = False


class OtherAnswer(Content):
    """What another device wrote over something older: both are kept until somebody chooses."""

    entry: str
    written_at: datetime


class AnswerView(OtherAnswer):
    """What stands of a criterion, by the order of arrival; ``written_at`` is the device's time."""

    criterion: str
    sequence: int
    others: list[OtherAnswer]


class OtherFact(BaseModel):
    """What another device wrote of a figure over something older, or that it is unknown."""

    entry: str
    value: Decimal | None
    state: Literal[State.NO_DATA] | None = None
    written_at: datetime


class FactView(OtherFact):
    """What stands of a figure of the home; null if it was taken off."""

    key: str
    sequence: int
    others: list[OtherFact]


class LateView(BaseModel):
    """What came after submission: ``criterion`` or ``fact`` says of what; it changes nothing."""

    entry: str
    criterion: str | None
    fact: str | None
    content: dict[str, str | bool | None]
    written_at: datetime
    received_at: datetime


class TakenAnswer(BaseModel):
    """That an entry arrived, as number ``sequence``, what became of it, and what stands now."""

    entry: UUID
    sequence: int
    arrival: Arrival
    answer: AnswerView | None


class TakenFact(BaseModel):
    """Likewise of a figure of the home."""

    entry: UUID
    sequence: int
    arrival: Arrival
    fact: FactView | None


class EvidenceView(View):
    """A file of a sheet; it counts once ``complete_at`` is set, unless it is ``late``.

    ``sha256`` is of what was sent, ``kept_sha256`` of what is kept: pictures are kept bare.
    """

    id: int
    criterion: str
    name: str
    size: int
    sha256: str
    kept_sha256: str | None
    media_type: str | None
    complete_at: datetime | None
    late: bool


class SheetView(View):
    """A sheet with what it asks, what stands in it, and what came late.

    ``unrecorded`` are measured criteria that no record answers and without which there is no
    rating: they have to be answered before submission.
    """

    id: int
    inspection_id: int
    part: Part
    name: str
    asked: list[str]
    optional: list[str]
    unrecorded: list[str]
    contradictable: list[str]
    asked_facts: list[str]
    facts: list[FactView]
    answers: list[AnswerView]
    evidence: list[EvidenceView]
    late: list[LateView]
    submitted_at: datetime | None


class EntryGiven(BaseModel):
    """An entry as a device sends it.

    ``entry`` is the device's own id for it: what is sent again is kept once. ``base`` is the
    sequence of what it was written over, 0 for nothing. ``settles`` names the entries between which
    it chooses. ``written_at`` is the device's clock and decides nothing.
    """

    model_config = ConfigDict(extra="forbid")

    entry: UUID
    base: Sequence = 0
    settles: Annotated[list[UUID], Field(max_length=50)] = []
    written_at: AwareDatetime

    def written(self) -> Written:
        """Return it as the services take it."""
        settles = [str(one) for one in self.settles]
        return Written(str(self.entry), self.base, self.written_at, settles)


class AnswerGiven(EntryGiven):
    """What was written of a criterion; ``not_applicable`` needs its reason in the note.

    So has ``contradicts``: an inspector found otherwise than the home reports or the records say;
    it needs a piece of evidence by submission.

    Without a state it is a note to go on with, and no answer yet.
    """

    state: State | None = None
    value: Measured | Annotated[str, Field(max_length=40)] | None = None
    note: Annotated[str, Field(max_length=1000)] = ""
    contradicts: StrictBool = False

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.state is not None:
            refuse_misfit(self.state, self.value, self.note)
        return self


class FactGiven(EntryGiven):
    """A figure of the home; null takes it off, with ``no_data`` it could not be found out."""

    value: Measured | None = None
    state: Literal[State.NO_DATA] | None = None


class FileAnnounced(BaseModel):
    """A file to come: its size in bytes, its hash, when and (if the device lets it) where taken."""

    model_config = ConfigDict(extra="forbid")

    criterion: Annotated[str, Field(max_length=12)]
    name: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^/\\]+$")]
    size: Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    taken_at: Moment | None = None
    latitude: Annotated[Coordinate | None, Field(ge=-90, le=90)] = None
    longitude: Annotated[Coordinate | None, Field(ge=-180, le=180)] = None


class Awaited(BaseModel):
    """The parts of a file that are still to come, each of ``part_bytes`` but the last."""

    id: int
    sha256: str
    missing: list[int]
    part_bytes: int = PART_BYTES


class Seen(BaseModel):
    """What the device saw standing, by sequence, and the entries it holds; what differs is told."""

    model_config = ConfigDict(extra="forbid")

    answers: dict[str, Sequence]
    facts: dict[str, Sequence] = {}
    entries: Annotated[list[UUID], Field(max_length=1000)] = []

    def fields(self) -> dict[str, int]:
        """Return the sequences by field."""
        return {**self.answers, **{FACT + key: number for key, number in self.facts.items()}}


@dataclass(frozen=True)
class Filler:
    """Who fills a sheet, and which: a request names both, so that nothing goes astray.

    On a shared device one person's page may send while another is signed in.
    """

    email: str
    sheet_id: int | None

    def sheet(self, session: Session, inspection: Inspection) -> InspectionSheet:
        """Return the caller's sheet of an inspection, if it is the one named."""
        return self.named(own_sheet(session, inspection, self.email))

    def evidence(self, session: Session, evidence_id: int) -> Evidence:
        """Return a file of the caller's, if it is of the sheet named."""
        evidence = own_evidence(session, evidence_id, self.email)
        self.named(evidence.sheet)
        return evidence

    def named(self, sheet: InspectionSheet) -> InspectionSheet:
        """Return a sheet if it is the one the request names.

        Raises
        ------
        ConflictError
            If it names another, or none.
        """
        if sheet.id != self.sheet_id:
            raise ConflictError(
                f"请求里写的评分表是 {self.sheet_id or '（没有写）'}，您在这次评定中的评分表是"
                f" {sheet.id}；服务器没有收下。请重新打开自己的评分表。",
                f"The request names sheet {self.sheet_id or '(none)'}, yours in this inspection is"
                f" {sheet.id}; the server did not take it. Open your own sheet again.",
            )
        return sheet


def filler_of(visit: Visit, account: int | None, sheet: int | None) -> Filler:
    """Return who fills a sheet, if the account a request names is the one signed in.

    Raises
    ------
    NotAllowedError
        If it names another, or none.
    """
    if account != visit.account_id:
        raise NotAllowedError(
            f"这台设备现在登录的是 {visit.name}，内容是另一个账号填写的，服务器没有收下；"
            "请填写的人重新登录。",
            f"{visit.name} is signed in now, another account wrote this; the server did not take"
            " it. Whoever wrote it has to sign in again.",
        )
    return Filler(visit.caller.name, sheet)


def _filler(visit: Visitor, account: AccountNamed = None, sheet: SheetNamed = None) -> Filler:
    return filler_of(visit, account, sheet)


Filling = Annotated[Filler, Depends(_filler)]


def view_of(session: Session, sheet: InspectionSheet) -> SheetView:
    """Return a sheet with what it asks."""
    edition = edition_of(sheet.inspection)
    stands = standing(sheet)
    return SheetView(
        id=sheet.id,
        inspection_id=sheet.inspection_id,
        part=sheet.part,
        name=sheet.name,
        asked=list(asked_of(sheet, edition)),
        optional=list(optional_of(sheet, edition)),
        unrecorded=list(unrecorded_of(session, sheet, edition)),
        contradictable=list(contradictable_of(sheet, edition)),
        asked_facts=list(asked_facts(sheet, edition)),
        facts=[_fact(name, one) for name, one in stands.items() if name.startswith(FACT)],
        answers=[_answer(one) for name, one in stands.items() if not name.startswith(FACT)],
        evidence=[EvidenceView.model_validate(one) for one in sheet.evidence],
        late=[_late(one) for one in late_entries(sheet)],
        submitted_at=sheet.submitted_at,
    )


def _taken(entry: SheetEntry) -> dict[str, Any]:
    return {"entry": entry.entry, "sequence": entry.sequence, "arrival": entry.arrival}


def _said(entry: SheetEntry) -> dict[str, Any]:
    return {"entry": entry.entry, "written_at": entry.written_at, **entry.value}


def _answer(stands: Standing) -> AnswerView:
    entry = stands.entry
    others = [OtherAnswer(**_said(other)) for other in stands.others]
    return AnswerView(criterion=entry.field, sequence=entry.sequence, others=others, **_said(entry))


def _fact(name: str, stands: Standing) -> FactView:
    entry, key = stands.entry, name.removeprefix(FACT)
    others = [OtherFact(**_said(other)) for other in stands.others]
    return FactView(key=key, sequence=entry.sequence, others=others, **_said(entry))


def _late(entry: SheetEntry) -> LateView:
    is_fact = entry.field.startswith(FACT)
    return LateView(
        entry=entry.entry,
        criterion=None if is_fact else entry.field,
        fact=entry.field.removeprefix(FACT) if is_fact else None,
        content=entry.value,
        written_at=entry.written_at,
        received_at=entry.received_at,
    )


@router.get("/inspections/{inspection_id}/sheet", summary="我的评分表 My sheet of an inspection")
def my_sheet(
    inspection_id: RecordId,
    session: SheetFill,
    visit: Visitor,
    account: AccountNamed = None,
    sheet: SheetNamed = None,
) -> SheetView:
    """Return the caller's own sheet; a device that names one gets that one or a refusal."""
    inspection = find_inspection(session, inspection_id)
    if account is None and sheet is None:
        return view_of(session, own_sheet(session, inspection, visit.caller.name))
    return view_of(session, filler_of(visit, account, sheet).sheet(session, inspection))


@router.put(
    "/inspections/{inspection_id}/sheet/answers/{criterion}", summary="保存一项答案 Save one answer"
)
def put_answer(
    inspection_id: RecordId,
    criterion: Criterion,
    given: AnswerGiven,
    session: SheetFill,
    filler: Filling,
) -> TakenAnswer:
    """Keep an entry, once however often it comes; an older one never replaces what stands."""
    sheet = filler.sheet(session, find_inspection(session, inspection_id))
    written = Given(criterion, given.state, given.value, given.note, given.contradicts)
    entry = take_answer(session, sheet, written, given.written())
    stands = standing(sheet).get(criterion)
    return TakenAnswer(**_taken(entry), answer=_answer(stands) if stands else None)


@router.put(
    "/inspections/{inspection_id}/sheet/facts/{key}",
    summary="保存基本情况 Save a figure of the home",
)
def put_fact(
    inspection_id: RecordId, key: Key, given: FactGiven, session: SheetFill, filler: Filling
) -> TakenFact:
    """Keep an entry of one figure, like an answer; the other figures stay as they are."""
    sheet = filler.sheet(session, find_inspection(session, inspection_id))
    unknown = given.state is State.NO_DATA
    entry = take_fact(session, sheet, key, given.value, given.written(), unknown=unknown)
    stands = standing(sheet).get(FACT + key)
    return TakenFact(**_taken(entry), fact=_fact(FACT + key, stands) if stands else None)


@router.post("/inspections/{inspection_id}/sheet/evidence", summary="登记佐证材料 Announce a file")
def announce_file(
    inspection_id: RecordId, file: FileAnnounced, session: SheetFill, filler: Filling
) -> Awaited:
    """Say that a file will come, and learn which of its parts are missing; may be repeated."""
    sheet = filler.sheet(session, find_inspection(session, inspection_id))
    evidence = announce(session, sheet, Announced(**file.model_dump()))
    return _awaited(evidence, missing_parts(session, evidence))


@router.put("/evidence/{evidence_id}/parts/{number}", summary="上传一段 Send a part of a file")
def put_part(
    evidence_id: RecordId,
    number: Number,
    content: Annotated[bytes, Body(media_type="application/octet-stream")],
    session: SheetFill,
    filler: Filling,
) -> Awaited:
    """Keep a part and learn which are still missing; a part may be sent again."""
    evidence = filler.evidence(session, evidence_id)
    return _awaited(evidence, take_part(session, evidence, number, content))


@router.delete("/evidence/{evidence_id}", status_code=204, summary="删除佐证材料 Take a file off")
def delete_evidence(evidence_id: RecordId, session: SheetFill, filler: Filling) -> None:
    """Take a file off a sheet that is not submitted."""
    discard(session, filler.evidence(session, evidence_id))


@router.post("/inspections/{inspection_id}/sheet/submission", summary="提交评分表 Submit my sheet")
def submit_sheet(
    inspection_id: RecordId, seen: Seen, session: SheetFill, filler: Filling
) -> SheetView:
    """Submit the sheet if all the device holds has arrived; afterwards it never changes."""
    sheet = filler.sheet(session, find_inspection(session, inspection_id))
    held = [str(one) for one in seen.entries]
    return view_of(session, submit(session, sheet, seen.fields(), held))


@router.get(
    "/evidence/{evidence_id}/content",
    response_class=Response,
    summary="查看佐证材料 Open a file",
    responses=answers(*ACCEPTED),
)
def evidence_content(evidence_id: RecordId, session: RatingRead, visit: Visitor) -> Response:
    """Return a file whose sheet the caller may read; that it was opened is written down."""
    evidence = readable_evidence(session, evidence_id, visit.caller)
    content = open_evidence(session, evidence)
    kind = evidence.media_type if evidence.kept_sha256 else kind_of_file(evidence.name, content)
    return Response(content, media_type=kind, headers=_as_file(evidence.name, kind))


def _awaited(evidence: Evidence, missing: list[int]) -> Awaited:
    return Awaited(id=evidence.id, sha256=evidence.sha256, missing=missing)


def _as_file(name: str, kind: str | None) -> dict[str, str]:
    """Return the header that names the file; its name may be Chinese (RFC 6266).

    A photograph that came as HEIC is kept as JPEG, and is named so.
    """
    stem, dot, ending = name.rpartition(".")
    if kind == "image/jpeg" and dot and ending.lower() in {"heic", "heif"}:
        name = f"{stem}.jpg"
    return {"Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}"}
