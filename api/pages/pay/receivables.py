"""What people owe their employers, how old it is, and how it ends; what is owed to the dead."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.access import PayRead, Visitor
from api.fields import HomeCode, RecordId
from api.pages.acts import offers
from api.pages.templates import render
from api.paging import PageNumber, leaf_in
from rukang.base.database import context
from rukang.bodies.homes import find_home
from rukang.pay import (
    RECEIVABLE,
    WAIVER,
    Proposed,
    owed_to_heirs,
    paid_after_end,
    receivable_of,
    receivables,
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
    today = context.today(session)
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
    today = context.today(session)
    owed = receivable_of(session, home, employment_id)
    keys = {"code": code, "employment_id": employment_id}
    about = {
        entry.id: offers(
            session, visit, home, WAIVER, Proposed(owed, entry), keys | {"entry_id": entry.id}
        )
        for entry in owed.pending
    }
    return render(
        request,
        "receivable.html",
        visit=visit,
        home=home,
        owed=owed,
        today=today,
        offers=offers(session, visit, home, RECEIVABLE, owed, keys),
        waivers=about,
    )
