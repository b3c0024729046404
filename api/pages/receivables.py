"""What people owe their employers, how old it is, and how it ends; what is owed to the dead."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access import PayApprove, PayRead, PayWrite, Visitor
from api.fields import HomeCode, RecordId
from api.pages.templates import render
from api.paging import PageNumber, leaf_in
from api.routers.advances import Consented, Repaid, Waived
from payroll import fen
from rukang.base.clock import in_shanghai
from rukang.bodies.homes import find_home
from rukang.pay import (
    confirm_waiver,
    owed_to_heirs,
    paid_after_end,
    propose_waiver,
    receivable_of,
    receivables,
    record_consent,
    record_payment,
)

router = APIRouter()

LEDGER = "/homes/{code}/receivables/{employment_id}"


@router.get("/homes/{code}/receivables")
def all_receivables(
    request: Request, code: HomeCode, session: PayRead, visit: Visitor, page: PageNumber = 1
) -> Response:
    """Show everybody's receivable with its age, the open ones first and the oldest of them first.

    Below it what was paid after an end, and what is owed to people who died.
    """
    home = find_home(session, code)
    today = in_shanghai(session.info["clock"]()).date()
    found = receivables(session, home)
    found.sort(key=lambda item: (not item.open_fen, -item.age_months(today)))
    return render(
        request,
        "receivables.html",
        visit=visit,
        home=home,
        today=today,
        total=sum(item.open_fen for item in found),
        owed=leaf_in(found, page),
        after=paid_after_end(session, home),
        heirs=owed_to_heirs(session, home),
    )


@router.get(LEDGER)
def one_receivable(
    request: Request, code: HomeCode, employment_id: RecordId, session: PayRead, visit: Visitor
) -> Response:
    """Show a ledger with every entry, and the forms by which it ends."""
    home = find_home(session, code)
    today = in_shanghai(session.info["clock"]()).date()
    owed = receivable_of(session, home, employment_id)
    return render(request, "receivable.html", visit=visit, home=home, owed=owed, today=today)


@router.post(f"{LEDGER}/payments")
def repay_here(
    code: HomeCode,
    employment_id: RecordId,
    said: Annotated[Repaid, Form()],
    session: PayWrite,
    visit: Visitor,
) -> Response:
    """Note that somebody repaid apart from the wage and show the ledger."""
    home, by = find_home(session, code), visit.caller.name
    record_payment(session, home, employment_id, fen(said.amount), said.day, said.note, by)
    return _back(code, employment_id)


@router.post(f"{LEDGER}/consents")
def consent_here(
    code: HomeCode,
    employment_id: RecordId,
    said: Annotated[Consented, Form()],
    session: PayWrite,
    visit: Visitor,
) -> Response:
    """Note a worker's written consent and show the ledger."""
    home = find_home(session, code)
    record_consent(session, home, employment_id, said.day, said.note, visit.caller.name)
    return _back(code, employment_id)


@router.post(f"{LEDGER}/waivers")
def waive_here(
    code: HomeCode,
    employment_id: RecordId,
    said: Annotated[Waived, Form()],
    session: PayWrite,
    visit: Visitor,
) -> Response:
    """Propose a waiver and show the ledger; a second person confirms it."""
    home, by = find_home(session, code), visit.caller.name
    propose_waiver(session, home, employment_id, fen(said.amount), said.reason, by)
    return _back(code, employment_id)


@router.post(f"{LEDGER}/waivers/{{entry_id}}/confirm")
def confirm_waiver_here(
    code: HomeCode, employment_id: RecordId, entry_id: RecordId, session: PayApprove, visit: Visitor
) -> Response:
    """Confirm a waiver that another person proposed and show the ledger."""
    owed = receivable_of(session, find_home(session, code), employment_id)
    confirm_waiver(session, owed, entry_id, visit.caller.name)
    return _back(code, employment_id)


def _back(code: str, employment_id: int) -> Response:
    return RedirectResponse(f"/homes/{code}/receivables/{employment_id}", 303)
