"""A month's wages, and one payslip explained line by line."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from api.access import PayRead, Visit, Visitor
from api.fields import RecordId
from api.pages.acts import Offer, offers
from api.pages.templates import render
from api.paging import PageNumber, leaf_of
from api.routers.pay.payroll_runs import explanation_of
from rukang.bodies.homes import Home
from rukang.pay import (
    MISSING,
    PAYSLIP,
    RULES,
    RUN,
    OfMonth,
    PayRun,
    find_payslip,
    find_run,
    findings,
    month_before,
    payslip_of,
    payslips_query,
    receivables,
    team_shares_of,
    variances,
)

router = APIRouter()


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
        offers=offers(session, visit, home, RUN, run, {"run_id": run.id}),
        about_missing=_about_missing(session, visit, run),
        payslips=leaf_of(session, payslips_query(run), page),
    )


def _about_missing(session: Session, visit: Visit, run: PayRun) -> dict[int, list[Offer]]:
    """Return what may be done about everybody who is not in a run, by employment."""
    home = session.get_one(Home, run.home_id)
    found = [OfMonth(run, item.employment_id) for item in run.missing]
    return {
        of.employment_id: offers(
            session,
            visit,
            home,
            MISSING,
            of,
            {"run_id": run.id, "employment_id": of.employment_id},
        )
        for of in found
    }


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


@router.get("/payroll-runs/{run_id}/payslips/{payslip_id}")
def one_payslip(
    request: Request, run_id: RecordId, payslip_id: RecordId, session: PayRead, visit: Visitor
) -> Response:
    """Show a payslip, every amount with how it was reckoned."""
    run = find_run(session, run_id)
    record = find_payslip(session, run, payslip_id)
    keys = {"run_id": run_id, "payslip_id": payslip_id}
    return render(
        request,
        "payslip.html",
        visit=visit,
        run=run,
        record=record,
        slip=payslip_of(record),
        offers=offers(session, visit, record.home, PAYSLIP, record, keys),
    )


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
