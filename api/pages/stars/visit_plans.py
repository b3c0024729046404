"""Plans of visits: who goes where when, how good the plan is, and what inspectors take along."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from api.access import RatingDecide, Visitor
from api.downloads import attached, packed
from api.fields import RecordId
from api.pages.templates import render
from api.paging import PageNumber, leaf_in
from rukang.base.papers.file_names import safe_name
from rukang.bodies.homes import find_home
from rukang.engines.visits import PlanProblem, check
from rukang.forms.kinds import Day
from rukang.stars.inspections.steps.planning import apply_plan, find_plan, list_plans
from rukang.stars.visit_papers import HomeNotes, write_calendar, write_day_sheets

router = APIRouter()


@router.get("/visit-plans")
def all_plans(
    request: Request, session: RatingDecide, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show the plans of which the visitor may see every home, the newest first."""
    plans = leaf_in(list_plans(session), page)
    return render(request, "visit_plans.html", visit=visit, plans=plans)


@router.get("/visit-plans/{plan_id}")
def one_plan(
    request: Request, plan_id: RecordId, session: RatingDecide, visit: Visitor
) -> Response:
    """Show a plan day by day, with its gap and what an independent check says of it."""
    kept, problem, plan = find_plan(session, plan_id)
    return render(
        request,
        "visit_plan.html",
        visit=visit,
        kept=kept,
        problem=problem,
        plan=plan,
        violations=check(problem, plan),
    )


@router.post("/visit-plans/{plan_id}/apply")
def apply_one_plan(
    plan_id: RecordId, session: RatingDecide, since: Annotated[Day, Form()]
) -> Response:
    """Set day and pair of every visit of a plan from a day on."""
    kept, _, _ = find_plan(session, plan_id)
    apply_plan(session, kept, since)
    return RedirectResponse(f"/visit-plans/{plan_id}", 303)


@router.get("/visit-plans/{plan_id}/papers.zip")
def papers(plan_id: RecordId, session: RatingDecide) -> Response:
    """Return the day sheets to print and the inspectors' calendar files, packed together."""
    kept, problem, plan = find_plan(session, plan_id)
    notes = _notes(session, problem)
    with TemporaryDirectory() as folder:
        written = write_day_sheets(problem, plan, notes, Path(folder))
        for one in problem.inspectors:
            if plan.of(one.code):
                path = Path(folder) / f"{safe_name(one.name)}.ics"
                written.append(write_calendar(problem, plan, one.code, notes, path, kept.made_at))
        content = packed(written)
    return attached(content, f"上门计划-{plan_id}.zip")


def _notes(session: Session, problem: PlanProblem) -> dict[str, HomeNotes]:
    codes = (home.code for home in problem.homes)
    return {code: HomeNotes(address=find_home(session, code).address) for code in codes}
