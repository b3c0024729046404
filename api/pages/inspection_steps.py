"""The steps of an inspection as forms post them; each shows the inspection again."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from api.access import RatingAnswer, RatingDecide, RatingWrite, Visitor
from api.fields import HomeCode, RecordId, Words
from rukang.homes import find_home
from rukang.inspections import (
    Part,
    apply_for,
    confirm,
    decide,
    desk_check,
    find_action,
    find_inspection,
    find_inspectors,
    find_objection,
    moderate,
    object_to,
    plan_visit,
    propose,
    publish,
    report,
    start_sheet,
    withdraw,
)
from rukang.rating import load_edition

router = APIRouter()

Note = Annotated[Words, Form(max_length=500)]
Said = Annotated[Words, Form(min_length=1, max_length=2000)]


def _shown(inspection_id: int) -> Response:
    return RedirectResponse(f"/inspections/{inspection_id}", 303)


@router.post("/homes/{code}/applications")
def apply_here(
    code: HomeCode,
    session: RatingAnswer,
    visit: Visitor,
    edition: Annotated[str, Form()],
    due_on: Annotated[date, Form()],
    words: Note = "",
) -> Response:
    """Apply for a rating of the home."""
    home = find_home(session, code)
    who = (visit.caller.name, visit.name)
    opened = apply_for(session, home, load_edition(edition), due_on, *who, words)
    return _shown(opened.id)


@router.post("/inspections/{inspection_id}/self-report")
def report_here(inspection_id: RecordId, session: RatingAnswer, visit: Visitor) -> Response:
    """Begin the home's own report and open its sheet."""
    inspection = find_inspection(session, inspection_id)
    start_sheet(session, inspection, Part.SELF, visit.caller.name, visit.name)
    return RedirectResponse(f"/inspections/{inspection_id}/sheet", 303)


@router.post("/inspections/{inspection_id}/desk-check")
def accept_report(
    inspection_id: RecordId, session: RatingDecide, visit: Visitor, note: Note = ""
) -> Response:
    """Accept the home's report."""
    inspection = find_inspection(session, inspection_id)
    desk_check(session, inspection, visit.caller.name, accepted=True, note=note)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/give-back")
def give_back_report(
    inspection_id: RecordId, session: RatingDecide, visit: Visitor, note: Note = ""
) -> Response:
    """Give the home's report back to be completed."""
    inspection = find_inspection(session, inspection_id)
    desk_check(session, inspection, visit.caller.name, accepted=False, note=note)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/visit")
def plan_here(
    inspection_id: RecordId,
    session: RatingDecide,
    visit: Visitor,
    day: Annotated[date, Form()],
    inspector_1: Annotated[str, Form()],
    inspector_2: Annotated[str, Form()],
) -> Response:
    """Set the day of the visit and who goes."""
    inspection = find_inspection(session, inspection_id)
    pair = find_inspectors(session, [inspector_1, inspector_2])
    plan_visit(session, inspection, day, pair, visit.caller.name)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/third")
def name_third_here(
    inspection_id: RecordId, session: RatingDecide, inspector: Annotated[str, Form()]
) -> Response:
    """Give a third the sheet of what is disputed."""
    inspection = find_inspection(session, inspection_id)
    (third,) = find_inspectors(session, [inspector])
    start_sheet(session, inspection, Part.THIRD, third.email, third.name)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/moderation")
def moderate_here(
    inspection_id: RecordId, session: RatingDecide, visit: Visitor, note: Note = ""
) -> Response:
    """Settle the two sheets."""
    moderate(session, find_inspection(session, inspection_id), visit.caller.name, note)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/proposal")
def propose_here(
    inspection_id: RecordId, session: RatingDecide, visit: Visitor, note: Note = ""
) -> Response:
    """Rate the settled sheet and open the time for objections."""
    propose(session, find_inspection(session, inspection_id), visit.caller.name, note)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/objections")
def object_here(
    inspection_id: RecordId, session: RatingAnswer, visit: Visitor, words: Said
) -> Response:
    """Object to a proposed result."""
    object_to(session, find_inspection(session, inspection_id), visit.caller.name, words)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/objections/{objection_id}")
def reject_objection(
    inspection_id: RecordId,
    objection_id: RecordId,
    session: RatingDecide,
    visit: Visitor,
    decision: Said,
) -> Response:
    """Reject an objection with the reason; upholding one names the right answers (by the API)."""
    inspection = find_inspection(session, inspection_id)
    objection = find_objection(session, objection_id)
    decide(session, inspection, objection, visit.caller.name, decision)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/publication")
def publish_here(
    inspection_id: RecordId, session: RatingDecide, visit: Visitor, note: Note = ""
) -> Response:
    """Publish the result and enter it on the register."""
    publish(session, find_inspection(session, inspection_id), visit.caller.name, note)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/withdrawal")
def withdraw_here(
    inspection_id: RecordId, session: RatingDecide, visit: Visitor, note: Note = ""
) -> Response:
    """End the inspection without a result."""
    withdraw(session, find_inspection(session, inspection_id), visit.caller.name, note)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/actions/{action_id}/report")
def report_mending(
    inspection_id: RecordId, action_id: RecordId, session: RatingAnswer, words: Said
) -> Response:
    """Say how something was mended."""
    report(session, find_action(session, action_id), words)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/actions/{action_id}/confirmation")
def confirm_mending(
    inspection_id: RecordId, action_id: RecordId, session: RatingWrite, visit: Visitor
) -> Response:
    """Keep that an inspector saw it mended."""
    home = find_inspection(session, inspection_id).home
    confirm(session, find_action(session, action_id), home, visit.caller.name)
    return _shown(inspection_id)
