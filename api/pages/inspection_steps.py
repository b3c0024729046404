"""The steps of an inspection as forms post them; each shows the inspection again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse
from pydantic import Field

from api.access import RatingAnswer, RatingDecide, RatingWrite, Visitor
from api.fields import Day, Email, HomeCode, RecordId, Words
from rukang.bodies.homes import find_home
from rukang.stars.inspections import (
    Part,
    Reason,
    apply_for,
    confirm,
    decide,
    desk_check,
    edition_for,
    edition_in_force,
    edition_of,
    find_action,
    find_inspection,
    find_inspectors,
    find_objection,
    give_third,
    moderate,
    object_to,
    open_inspection,
    plan_visit,
    propose,
    publish,
    report,
    start_sheet,
    take_back,
    today,
    withdraw,
)
from rukang.stars.inspections.sheet.typed import put_right_by
from rukang.stars.register import MOST_STARS, lower

router = APIRouter()

Note = Annotated[Words, Form(max_length=500)]
Said = Annotated[Words, Form(min_length=1, max_length=2000)]
Named = Annotated[Sequence[Annotated[str, Field(max_length=40)]], Form()]
"""A column of a form's rows, in their order."""


def _shown(inspection_id: int) -> Response:
    return RedirectResponse(f"/inspections/{inspection_id}", 303)


@router.post("/homes/{code}/applications")
def apply_here(
    code: HomeCode,
    session: RatingAnswer,
    visit: Visitor,
    due_on: Annotated[Day, Form()],
    edition: Annotated[str | None, Form()] = None,
    words: Note = "",
) -> Response:
    """Apply for a rating of the home."""
    home = find_home(session, code)
    found = edition_in_force(home, today(session), edition)
    opened = apply_for(session, home, found, due_on, visit.caller.name, visit.name, words)
    return _shown(opened.id)


@router.post("/homes/{code}/inspections")
def open_here(
    code: HomeCode,
    session: RatingDecide,
    visit: Visitor,
    reason: Annotated[Reason, Form()],
    due_on: Annotated[Day, Form()],
    edition: Annotated[str | None, Form()] = None,
    words: Note = "",
) -> Response:
    """Open an inspection: because one is due, to revisit, or to review; the officer chooses."""
    home = find_home(session, code)
    found = edition_for(home, today(session), edition)
    opened = open_inspection(session, home, found, reason, due_on, visit.caller.name, words)
    return _shown(opened.id)


@router.post("/homes/{code}/lowering")
def lower_here(
    code: HomeCode,
    session: RatingDecide,
    star: Annotated[int, Form(ge=0, le=MOST_STARS)],
    words: Annotated[Words, Form(min_length=1, max_length=500)],
) -> Response:
    """Enter a lower star on the register from today on, with its public reason."""
    lower(session, find_home(session, code), star, today(session), words)
    return RedirectResponse(f"/register/{code}", 303)


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
    day: Annotated[Day, Form()],
    inspector_1: Annotated[Email, Form()],
    inspector_2: Annotated[Email, Form()],
    note: Note = "",
) -> Response:
    """Set the day of the visit and who goes."""
    inspection = find_inspection(session, inspection_id)
    pair = find_inspectors(session, [inspector_1, inspector_2])
    plan_visit(session, inspection, day, pair, visit.caller.name, note)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/third")
def name_third_here(
    inspection_id: RecordId,
    session: RatingDecide,
    visit: Visitor,
    inspector: Annotated[Email, Form()],
    note: Note = "",
) -> Response:
    """Give a third the sheet of what is disputed."""
    inspection = find_inspection(session, inspection_id)
    (third,) = find_inspectors(session, [inspector])
    give_third(session, inspection, third.email, third.name, visit.caller.name, note)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/moderation")
def moderate_here(
    inspection_id: RecordId, session: RatingDecide, visit: Visitor, note: Note = ""
) -> Response:
    """Settle the two sheets."""
    moderate(session, find_inspection(session, inspection_id), visit.caller.name, note)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/moderation/withdrawal")
def take_moderation_back_here(
    inspection_id: RecordId, session: RatingDecide, visit: Visitor, note: Note = ""
) -> Response:
    """Take moderation back, with the reason."""
    take_back(session, find_inspection(session, inspection_id), visit.caller.name, note)
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
    """Reject an objection with the reason."""
    inspection = find_inspection(session, inspection_id)
    objection = find_objection(session, inspection, objection_id)
    decide(session, inspection, objection, visit.caller.name, decision)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/objections/{objection_id}/upheld")
def uphold_objection(
    inspection_id: RecordId,
    objection_id: RecordId,
    session: RatingDecide,
    visit: Visitor,
    decision: Said,
    criterion: Named = (),
    state: Named = (),
    value: Named = (),
    fact: Named = (),
    figure: Named = (),
) -> Response:
    """Uphold an objection with what puts things right; rows without a name are left empty."""
    inspection = find_inspection(session, inspection_id)
    objection = find_objection(session, inspection, objection_id)
    right = put_right_by(
        edition_of(inspection), (criterion, state, value), (fact, figure), decision
    )
    decide(session, inspection, objection, visit.caller.name, decision, *right)
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
    inspection = find_inspection(session, inspection_id)
    report(session, inspection, find_action(session, inspection, action_id), words)
    return _shown(inspection_id)


@router.post("/inspections/{inspection_id}/actions/{action_id}/confirmation")
def confirm_mending(
    inspection_id: RecordId, action_id: RecordId, session: RatingWrite, visit: Visitor
) -> Response:
    """Keep that an inspector saw it mended."""
    inspection = find_inspection(session, inspection_id)
    action = find_action(session, inspection, action_id)
    confirm(session, inspection, action, visit.caller.name)
    return _shown(inspection_id)
