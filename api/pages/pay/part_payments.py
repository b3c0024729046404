"""Part-time work paid before the month is over: a month's parts, settled and answered."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access import PayRead, PayWrite, Visitor
from api.fields import HomeCode, RecordId
from api.pages.templates import render
from api.paging import PageNumber, leaf_of
from rukang.base.clock import days_of_month
from rukang.base.database import context
from rukang.bodies.homes import find_home
from rukang.doors.handlers import policy_of
from rukang.forms.kinds import Day, Month, Words
from rukang.pay import (
    Settled,
    answer_part,
    find_part,
    parts_query,
    send_again,
    settle_parts,
)

router = APIRouter()


@router.get("/homes/{code}/part-payments")
def all_parts(
    request: Request,
    code: HomeCode,
    session: PayRead,
    visit: Visitor,
    month: Month | None = None,
    page: PageNumber = 1,
) -> Response:
    """Show a month's parts with the form to settle them; the running month if none is named."""
    home = find_home(session, code)
    today = context.today(session)
    month = month or today.replace(day=1)
    return render(
        request,
        "part_payments.html",
        visit=visit,
        home=home,
        month=month,
        parts=leaf_of(session, parts_query(home, month), page),
        through=min(today, days_of_month(month)[-1]),
        settled=Settled(),
    )


@router.post("/homes/{code}/part-payments")
def settle_here(
    request: Request,
    code: HomeCode,
    session: PayWrite,
    visit: Visitor,
    month: Annotated[Month, Form()],
    through: Annotated[Day, Form()],
) -> Response:
    """Settle what has ended and show the month, with who could not be settled and why."""
    home, policy = find_home(session, code), policy_of(request.app.state.settings)
    settled = settle_parts(session, home, month, through, policy)
    send_again(session, home, month)
    return render(
        request,
        "part_payments.html",
        visit=visit,
        home=home,
        month=month,
        parts=leaf_of(session, parts_query(home, month), 1),
        through=through,
        settled=settled,
    )


@router.post("/homes/{code}/part-payments/{part_id}/answer")
def answer_here(
    code: HomeCode,
    part_id: RecordId,
    session: PayWrite,
    outcome: Annotated[bool, Form()],
    message: Annotated[Words, Form(max_length=200)] = "",
) -> Response:
    """Note what became of a part and show its month."""
    part = find_part(session, find_home(session, code), part_id)
    answer_part(session, part, is_paid=outcome, message=message)
    return RedirectResponse(f"/homes/{code}/part-payments?month={part.month:%Y-%m}", 303)
