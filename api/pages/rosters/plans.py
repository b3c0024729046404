"""Asking for a month's roster, and the roster as a table."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from api.access import RosterRead, Visitor
from api.fields import RecordId
from api.pages.acts import offers
from api.pages.templates import render
from api.routers.rosters.plans import WantedDay, WantedShift
from rukang.base.errors import ConflictError
from rukang.bodies.homes import Home
from rukang.rosters import (
    ROSTER,
    Explained,
    RosterPlan,
    RosterTable,
    conflicts_of,
    explained,
    find_plan,
    roster_table,
    who_can_cover,
)

router = APIRouter()

PALETTE = 7
"""Colours the style sheet has for day shifts, beside ``night``; the code in the cell says which."""


@router.get("/rosters/{roster_id}")
def one_roster(
    request: Request, roster_id: RecordId, session: RosterRead, visit: Visitor
) -> Response:
    """Show a roster."""
    plan = find_plan(session, roster_id)
    table = roster_table(session, plan)
    colours = _colours(table)
    home = session.get_one(Home, plan.home_id)
    return render(
        request,
        "roster.html",
        visit=visit,
        plan=plan,
        table=table,
        colours=colours,
        explained=_explained(plan),
        conflicts=conflicts_of(plan) if plan.conflicts else [],
        offers=offers(session, visit, home, ROSTER, plan, {"roster_id": plan.id}),
    )


def _explained(plan: RosterPlan) -> Explained | None:
    """Return what a roster costs and how fair it is, as far as that can be told of it."""
    try:
        return explained(plan)
    except ConflictError:
        return None


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


def _colours(table: RosterTable) -> dict[str, str]:
    days = [key.code for key in table.legend if not key.is_night]
    numbered = {code: str(index % PALETTE) for index, code in enumerate(days)}
    return numbered | {key.code: "night" for key in table.legend if key.is_night}
