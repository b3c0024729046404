"""A month's wages, and one payslip explained line by line."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.access import PayRead, Visitor
from api.fields import RecordId
from api.pages.templates import render
from api.routers.payroll_runs import find_payslip
from rukang.homes import Home
from rukang.pay import find_run, payslip_of

router = APIRouter()


@router.get("/payroll-runs/{run_id}")
def one_run(request: Request, run_id: RecordId, session: PayRead, visit: Visitor) -> Response:
    """Show a run with everybody's totals."""
    run = find_run(session, run_id)
    home = session.get_one(Home, run.home_id)
    return render(request, "payroll_run.html", visit=visit, run=run, home=home)


@router.get("/payroll-runs/{run_id}/payslips/{payslip_id}")
def one_payslip(
    request: Request, run_id: RecordId, payslip_id: RecordId, session: PayRead, visit: Visitor
) -> Response:
    """Show a payslip, every amount with how it was reckoned."""
    run = find_run(session, run_id)
    record = find_payslip(run, payslip_id)
    slip = payslip_of(record)
    return render(request, "payslip.html", visit=visit, run=run, record=record, slip=slip)
