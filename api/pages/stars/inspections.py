"""Inspections: my sheets, one inspection with its next step, and the sheet on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import FileResponse, RedirectResponse
from pydantic import Field
from sqlalchemy.orm import Session

from api.access import ClientGone, RatingDecide, RatingRead, SheetFill, Visit, Visitor
from api.downloads import attached
from api.fields import RecordId
from api.pages.acts import offers
from api.pages.templates import render
from api.paging import PageNumber, leaf_of
from api.routers.stars.sheets import filler_of
from rostering.sheets import WorkbookReader
from rukang.base.database import context
from rukang.doors.intake.answers.inspection_sheet import import_workbook, write_blank
from rukang.engines.rating import Answer, Compared, ComparedFact, Edition
from rukang.engines.rating.criteria.edition import Section
from rukang.engines.rating.report import STATES
from rukang.forms.kinds import Statement
from rukang.stars.inspections import (
    ACTION,
    DECIDE,
    INSPECTION,
    OBJECTION,
    PARTS,
    REASONS,
    STAGES,
    Decision,
    Eyes,
    Inspection,
    Stage,
    asked_facts,
    asked_of,
    contradictable_of,
    disputed,
    disputed_facts,
    edition_of,
    eyes_of,
    find_inspection,
    inspections_query,
    late_entries,
    optional_of,
    own_sheet,
    readable,
    sheets_of,
    to_replace,
    unrecorded_of,
    words_of,
)
from rukang.stars.inspections.sheet.typed import put_right_by

router = APIRouter()

Said = Annotated[Statement, Form()]
Named = Annotated[Sequence[Annotated[str, Field(max_length=40)]], Form()]
"""A column of a form's rows, in their order."""

WORKER = Path(__file__).parents[1] / "static" / "sheet-worker.js"


@router.get("/inspections")
def all_inspections(
    request: Request, session: RatingRead, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show the sheets the visitor has to fill, and the inspections of their places."""
    return render(
        request,
        "inspections.html",
        visit=visit,
        mine=sheets_of(session, visit.caller.name),
        inspections=leaf_of(session, inspections_query(), page),
        stages=STAGES,
        reasons=REASONS,
        parts=PARTS,
    )


@router.get("/inspections/sheet-worker.js")
def sheet_worker() -> Response:
    """Return the script that keeps an open sheet readable without a connection.

    It lies below ``/inspections/`` because a worker looks after its own folder only.
    """
    return FileResponse(WORKER, media_type="text/javascript")


@router.get("/inspections/{inspection_id}")
def one_inspection(
    request: Request, inspection_id: RecordId, session: RatingRead, visit: Visitor
) -> Response:
    """Show how far an inspection has come, its sheets as far as the visitor may read them."""
    inspection = find_inspection(session, inspection_id)
    eyes = eyes_of(session, visit.caller, inspection.home)
    edition = edition_of(inspection)
    return render(
        request,
        "inspection.html",
        visit=visit,
        inspection=inspection,
        words=words_of(session, inspection),
        edition=edition,
        eyes=eyes,
        sheets=readable(inspection, visit.caller.name, eyes),
        own=[
            one
            for one in inspection.sheets
            if one.filled_by == visit.caller.name and not one.part.has_left
        ],
        to_replace=to_replace(session, inspection) if eyes is Eyes.OFFICER else {},
        offers=_offers(session, visit, inspection),
        disputed=_disputed(inspection, edition) if inspection.stage is Stage.VISITED else (),
        stages=STAGES,
        reasons=REASONS,
        parts=PARTS,
        states=STATES,
        late=late_entries,
    )


def _disputed(inspection: Inspection, edition: Edition) -> tuple[Compared | ComparedFact, ...]:
    """Return the criteria and figures a third has yet to decide."""
    return (*disputed(inspection, edition), *disputed_facts(inspection, edition))


def _offers(session: Session, visit: Visit, inspection: Inspection) -> dict[str, Any]:
    """Return what the visitor may do: to the inspection, and to each action after it."""
    home, keys = inspection.home, {"inspection_id": inspection.id}
    return {
        "inspection": offers(session, visit, home, INSPECTION, inspection, keys),
        "actions": {
            one.id: offers(session, visit, home, ACTION, one, keys | {"action_id": one.id})
            for one in inspection.actions
        },
    }


@router.post("/inspections/{inspection_id}/objections/{objection_id}/decision")
def decide_objection(
    inspection_id: RecordId,
    objection_id: RecordId,
    session: RatingDecide,
    decision: Said,
    upheld: Annotated[bool, Form()] = False,
    criterion: Named = (),
    state: Named = (),
    value: Named = (),
    fact: Named = (),
    figure: Named = (),
) -> Response:
    """Reject an objection, or uphold it with what puts things right; rows may be left empty."""
    keys = {"inspection_id": inspection_id, "objection_id": objection_id}
    objection = OBJECTION.found(session, keys)
    changes: list[Answer] = []
    facts: dict[str, Decimal | None] = {}
    if upheld:
        edition = edition_of(objection.inspection)
        rows = (criterion, state, value), (fact, figure)
        changes, facts = put_right_by(edition, *rows, decision)
    DECIDE.run(session, keys, Decision(decision=decision, changes=changes, facts=facts))
    return RedirectResponse(f"/inspections/{inspection_id}", 303)


@router.get("/inspections/{inspection_id}/sheet")
def one_sheet(
    request: Request, inspection_id: RecordId, session: SheetFill, visit: Visitor
) -> Response:
    """Show the visitor's own sheet, to be filled on a phone with or without a connection."""
    inspection = find_inspection(session, inspection_id)
    sheet = own_sheet(session, inspection, visit.caller.name)
    edition = edition_of(inspection)
    asked, optional = asked_of(sheet, edition), optional_of(sheet, edition)
    contradictable = [one for one in contradictable_of(sheet, edition) if one not in optional]
    return render(
        request,
        "sheet.html",
        visit=visit,
        inspection=inspection,
        sheet=sheet,
        edition=edition,
        sections=_holding(edition, asked),
        contradictable_sections=_holding(edition, contradictable),
        unrecorded=unrecorded_of(session, sheet, edition),
        facts=[fact for fact in edition.facts if fact.key in asked_facts(sheet, edition)],
        optional_sections=_holding(edition, optional),
        part=PARTS[sheet.part],
    )


def _holding(edition: Edition, names: Sequence[str]) -> list[Section]:
    """Return the sections with those of their criteria that are asked; empty ones are left out."""
    kept = (
        (section, tuple(item for item in section.criteria if item.id in names))
        for section in edition.sections
    )
    return [part.model_copy(update={"criteria": items}) for part, items in kept if items]


@router.get("/inspections/{inspection_id}/sheet.xlsx")
def sheet_workbook(inspection_id: RecordId, session: SheetFill, visit: Visitor) -> Response:
    """Return the visitor's sheet as a workbook to print, or to fill without this page."""
    sheet = own_sheet(session, find_inspection(session, inspection_id), visit.caller.name)
    with TemporaryDirectory() as folder:
        made_at = context.now(session)
        content = write_blank(sheet, Path(folder) / "sheet.xlsx", made_at).read_bytes()
    return attached(content, f"评分表-{sheet.inspection.home.code}.xlsx")


@router.post("/inspections/{inspection_id}/sheet/workbook")
def import_sheet_workbook(
    inspection_id: RecordId,
    session: SheetFill,
    visit: Visitor,
    workbook: UploadFile,
    gone: ClientGone,
    account: Annotated[int | None, Form()] = None,
    sheet_id: Annotated[int | None, Form(alias="sheet")] = None,
) -> Response:
    """Read a filled workbook into the visitor's sheet; all of it, or nothing.

    Reading is held to time and memory, and ends when the visitor is gone.
    """
    inspection = find_inspection(session, inspection_id)
    sheet = filler_of(visit, account, sheet_id).sheet(session, inspection)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        path.write_bytes(workbook.file.read())
        import_workbook(session, sheet, WorkbookReader(path, gone), context.now(session))
    return RedirectResponse(f"/inspections/{inspection_id}/sheet", 303)
