"""Asking for a month's roster, and the roster as a table."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access import RosterRead, RosterWrite, Visitor
from api.fields import HomeCode, Month, RecordId
from api.pages.templates import render
from rukang.homes import find_home
from rukang.jobs import JobKind, enqueue
from rukang.rosters import find_plan, request_roster, roster_table

router = APIRouter()

PALETTE = 6
"""Colours the style sheet has for shifts; the code in the cell says which it is."""


@router.post("/homes/{code}/rosters")
def ask_for_roster(
    code: HomeCode, month: Annotated[Month, Form()], session: RosterWrite, visit: Visitor
) -> Response:
    """Queue the solve and show how far it is."""
    home = find_home(session, code)
    plan = request_roster(session, home, month)
    job = enqueue(session, JobKind.SOLVE_ROSTER, home, plan.id, visit.caller.name)
    return RedirectResponse(f"/jobs/{job.id}", 303)


@router.get("/rosters/{roster_id}")
def one_roster(
    request: Request, roster_id: RecordId, session: RosterRead, visit: Visitor
) -> Response:
    """Show a roster."""
    plan = find_plan(session, roster_id)
    table = roster_table(session, plan)
    colours = {key.code: index % PALETTE for index, key in enumerate(table.legend)}
    return render(request, "roster.html", visit=visit, plan=plan, table=table, colours=colours)
