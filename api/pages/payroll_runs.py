"""A month's wages, and one payslip explained line by line."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access import PayApprove, PayRead, PayWrite, Visitor
from api.fields import HomeCode, Month, RecordId
from api.pages.templates import render
from api.paging import PageNumber, leaf_of
from api.routers.advances import LeftOut
from api.routers.payroll_runs import FurtherStep, StepWanted, explanation_of, queued
from rukang.bodies.homes import Home, find_home
from rukang.pay import (
    RULES,
    RunState,
    advance,
    find_payslip,
    find_run,
    findings,
    leave_out,
    month_before,
    payslip_of,
    payslips_query,
    receivables,
    reopen,
    team_shares_of,
    variances,
)
from rukang.pay.run.life import NEXT

router = APIRouter()


@router.post("/homes/{code}/payroll-runs")
def ask_for_wages(
    code: HomeCode, month: Annotated[Month, Form()], session: PayWrite, visit: Visitor
) -> Response:
    """Queue a month's wages and show how far they are."""
    job = queued(session, find_home(session, code), month, visit.caller.name)
    return RedirectResponse(f"/jobs/{job.id}", 303)


@router.get("/payroll-runs/{run_id}")
def one_run(
    request: Request, run_id: RecordId, session: PayRead, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show a run with everybody's totals."""
    run = find_run(session, run_id)
    home = session.get_one(Home, run.home_id)
    return render(
        request,
        "payroll_run.html",
        visit=visit,
        run=run,
        home=home,
        owed=[item for item in receivables(session, home) if item.open_fen],
        teams=team_shares_of(session, home, run.month),
        following=NEXT.get(run.state),
        payslips=leaf_of(session, payslips_query(run), page),
    )


@router.get("/payroll-runs/{run_id}/variance")
def one_variance(request: Request, run_id: RecordId, session: PayRead, visit: Visitor) -> Response:
    """Show what changed since the month before, and why: read before approving."""
    run = find_run(session, run_id)
    before = month_before(session, run)
    changes = variances(before, run)
    return render(request, "variance.html", visit=visit, run=run, before=before, changes=changes)


@router.get("/payroll-runs/{run_id}/findings")
def all_findings(request: Request, run_id: RecordId, session: PayRead, visit: Visitor) -> Response:
    """Show what makes a job of the month look not real, with the evidence."""
    run = find_run(session, run_id)
    found = findings(session, session.get_one(Home, run.home_id), run)
    return render(request, "findings.html", visit=visit, run=run, found=found, rules=RULES)


@router.post("/payroll-runs/{run_id}/approve")
def approve_run(
    run_id: RecordId, said: Annotated[StepWanted, Form()], session: PayApprove, visit: Visitor
) -> Response:
    """Approve a run and show it."""
    run = find_run(session, run_id)
    advance(session, run, RunState.APPROVED, visit.caller.name, said.note)
    return RedirectResponse(f"/payroll-runs/{run_id}", 303)


@router.post("/payroll-runs/{run_id}/advance")
def advance_run(
    run_id: RecordId, wanted: Annotated[FurtherStep, Form()], session: PayWrite, visit: Visitor
) -> Response:
    """Take a run to its next state and show it; approval has a way of its own."""
    advance(session, find_run(session, run_id), wanted.to, visit.caller.name, wanted.note)
    return RedirectResponse(f"/payroll-runs/{run_id}", 303)


@router.post("/payroll-runs/{run_id}/reopen")
def reopen_run(
    run_id: RecordId, session: PayWrite, visit: Visitor, reason: Annotated[str, Form()] = ""
) -> Response:
    """Take a run that is not locked back to a draft and show it."""
    reopen(session, find_run(session, run_id), visit.caller.name, reason)
    return RedirectResponse(f"/payroll-runs/{run_id}", 303)


@router.post("/payroll-runs/{run_id}/missing/{employment_id}/leave-out")
def leave_somebody_out(
    run_id: RecordId,
    employment_id: RecordId,
    said: Annotated[LeftOut, Form()],
    session: PayWrite,
    visit: Visitor,
) -> Response:
    """Leave somebody out of a month with a reason and show the run."""
    run = find_run(session, run_id)
    leave_out(session, run, employment_id, said.reason, visit.caller.name)
    return RedirectResponse(f"/payroll-runs/{run_id}", 303)


@router.get("/payroll-runs/{run_id}/payslips/{payslip_id}")
def one_payslip(
    request: Request, run_id: RecordId, payslip_id: RecordId, session: PayRead, visit: Visitor
) -> Response:
    """Show a payslip, every amount with how it was reckoned."""
    run = find_run(session, run_id)
    record = find_payslip(session, run, payslip_id)
    slip = payslip_of(record)
    return render(request, "payslip.html", visit=visit, run=run, record=record, slip=slip)


@router.get("/payroll-runs/{run_id}/payslips/{payslip_id}/lines/{line}")
def one_line(
    request: Request,
    run_id: RecordId,
    payslip_id: RecordId,
    line: str,
    session: PayRead,
    visit: Visitor,
) -> Response:
    """Show where a number of a payslip comes from, all the way down."""
    run = find_run(session, run_id)
    record = find_payslip(session, run, payslip_id)
    return render(
        request,
        "explanation.html",
        visit=visit,
        run=run,
        record=record,
        whole=explanation_of(record, line),
    )
