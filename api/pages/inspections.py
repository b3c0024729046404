"""Inspections: my sheets, one inspection with its next step, and the sheet on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response, UploadFile
from fastapi.responses import FileResponse, RedirectResponse
from sqlalchemy.orm import Session

from api.access import RatingRead, SheetFill, Visitor
from api.fields import RecordId
from api.pages.templates import render
from rukang.inspections import (
    PARTS,
    REASONS,
    STAGES,
    Inspection,
    Stage,
    asked_of,
    barred_from,
    disputed,
    edition_of,
    eyes_of,
    find_inspection,
    following,
    list_inspections,
    list_inspectors,
    optional_of,
    own_sheet,
    readable,
    sheets_of,
)
from rukang.intake.inspection_sheet import take_workbook, write_blank
from rukang.rating import Edition
from rukang.rating.edition import Section
from rukang.rating.report import STATES

router = APIRouter()

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORKER = Path(__file__).parent / "static" / "sheet-worker.js"


@router.get("/inspections")
def all_inspections(request: Request, session: RatingRead, visit: Visitor) -> Response:
    """Show the sheets the visitor has to fill, and the inspections of their places."""
    return render(
        request,
        "inspections.html",
        visit=visit,
        mine=sheets_of(session, visit.caller.name),
        inspections=list_inspections(session),
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
    eyes = eyes_of(visit.caller, inspection.home)
    edition = edition_of(inspection)
    return render(
        request,
        "inspection.html",
        visit=visit,
        inspection=inspection,
        edition=edition,
        eyes=eyes,
        sheets=readable(inspection, visit.caller.name, eyes),
        own=[one for one in inspection.sheets if one.filled_by == visit.caller.name],
        following=following(inspection),
        disputed=disputed(inspection, edition) if inspection.stage is Stage.VISITED else (),
        taken=[sheet.filled_by for sheet in inspection.sheets],
        stages=STAGES,
        reasons=REASONS,
        parts=PARTS,
        states=STATES,
        **_who_could_go(session, inspection),
    )


def _who_could_go(session: Session, inspection: Inspection) -> dict[str, Any]:
    """Return the inspectors, and those of them who may not inspect this home."""
    found = list_inspectors(session)
    on = inspection.visit_on or inspection.due_on
    emails = [one.email for one in found]
    return {"inspectors": found, "barred": barred_from(session, inspection.home, emails, on)}


@router.get("/inspections/{inspection_id}/sheet")
def one_sheet(
    request: Request, inspection_id: RecordId, session: SheetFill, visit: Visitor
) -> Response:
    """Show the visitor's own sheet, to be filled on a phone with or without a connection."""
    inspection = find_inspection(session, inspection_id)
    sheet = own_sheet(inspection, visit.caller.name)
    edition = edition_of(inspection)
    asked, optional = asked_of(sheet, edition), optional_of(sheet, edition)
    return render(
        request,
        "sheet.html",
        visit=visit,
        inspection=inspection,
        sheet=sheet,
        edition=edition,
        sections=_holding(edition, asked),
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
    sheet = own_sheet(find_inspection(session, inspection_id), visit.caller.name)
    with TemporaryDirectory() as folder:
        made_at = session.info["clock"]()
        content = write_blank(sheet, Path(folder) / "sheet.xlsx", made_at).read_bytes()
    name = quote(f"评分表-{sheet.inspection.home.code}.xlsx")
    header = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type=XLSX, headers=header)


@router.post("/inspections/{inspection_id}/sheet/workbook")
def take_sheet_workbook(
    inspection_id: RecordId, session: SheetFill, visit: Visitor, workbook: UploadFile
) -> Response:
    """Read a filled workbook into the visitor's sheet; all of it, or nothing."""
    sheet = own_sheet(find_inspection(session, inspection_id), visit.caller.name)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        path.write_bytes(workbook.file.read())
        take_workbook(session, sheet, path, session.info["clock"]())
    return RedirectResponse(f"/inspections/{inspection_id}/sheet", 303)
