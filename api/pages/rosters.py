"""Asking for a month's roster, and the roster as a table."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access import RosterRead, RosterWrite, Visitor
from api.fields import HomeCode, RecordId
from api.pages.templates import render
from api.routers.rosters import WantedDay, WantedShift
from rukang.base.jobs import JobKind, enqueue
from rukang.bodies.homes import find_home
from rukang.forms.kinds import Month
from rukang.rosters import (
    RosterTable,
    find_plan,
    publish,
    request_roster,
    roster_table,
    who_can_cover,
)

router = APIRouter()

PALETTE = 7
"""Colours the style sheet has for day shifts, beside ``night``; the code in the cell says which."""


@router.post("/homes/{code}/rosters")
def ask_for_roster(
    code: HomeCode, month: Annotated[Month, Form()], session: RosterWrite, visit: Visitor
) -> Response:
    """Queue the solve and show how far it is."""
    home = find_home(session, code)
    plan = request_roster(session, home, month)
    job = enqueue(session, JobKind.SOLVE_ROSTER, home, plan.id, visit.caller.name, plan.time_limit)
    return RedirectResponse(f"/jobs/{job.id}", 303)


@router.get("/rosters/{roster_id}")
def one_roster(
    request: Request, roster_id: RecordId, session: RosterRead, visit: Visitor
) -> Response:
    """Show a roster."""
    plan = find_plan(session, roster_id)
    table = roster_table(session, plan)
    colours = _colours(table)
    return render(request, "roster.html", visit=visit, plan=plan, table=table, colours=colours)


@router.get("/rosters/{roster_id}/cover")
def who_covers(
    request: Request,
    roster_id: RecordId,
    session: RosterRead,
    visit: Visitor,
    day: WantedDay,
    shift: WantedShift,
) -> Response:
    """Show who could take a shift that somebody cannot come for."""
    plan = find_plan(session, roster_id)
    found = who_can_cover(plan, day, shift)
    asked: dict[str, Any] = {"day": day, "shift": shift, "found": found}
    table = roster_table(session, plan)
    return render(request, "cover.html", visit=visit, plan=plan, table=table, **asked)


@router.post("/rosters/{roster_id}/publish")
def publish_roster(roster_id: RecordId, session: RosterWrite) -> Response:
    """Publish a draft and show it."""
    publish(session, find_plan(session, roster_id))
    return RedirectResponse(f"/rosters/{roster_id}", 303)


def _colours(table: RosterTable) -> dict[str, str]:
    days = [key.code for key in table.legend if not key.is_night]
    numbered = {code: str(index % PALETTE) for index, code in enumerate(days)}
    return numbered | {key.code: "night" for key in table.legend if key.is_night}
