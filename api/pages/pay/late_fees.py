"""The late fee on contributions or on the levy, asked for on a page."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BeforeValidator

from api.access import Visitor, needs
from api.pages.templates import render
from api.routers.pay.late_fees import FEES, Late
from api.routers.stars.register import DayOrBlank, none_if_blank
from payroll import fen
from rukang.base.access import Permission
from rukang.doors.handlers import policy_of
from rukang.forms.kinds import Amount

router = APIRouter()

PerhapsDay = Annotated[DayOrBlank, Query()]
PerhapsAmount = Annotated[Amount | None, BeforeValidator(none_if_blank), Query()]
PerhapsPlace = Annotated[str, Query(pattern=r"^(\d{6})?$", examples=["371681"])]


@router.get("/late-fees", dependencies=[needs(Permission.PAY_READ)])
def late_fee(
    request: Request,
    visit: Visitor,
    of: Late = Late.CONTRIBUTIONS,
    amount: PerhapsAmount = None,
    due: PerhapsDay = None,
    paid: PerhapsDay = None,
    place: PerhapsPlace = "",
) -> Response:
    """Show the form, and the fee with its figures once everything is given."""
    fee = None
    if amount is not None and due is not None and paid is not None and place:
        fee = FEES[of](fen(amount), due, paid, policy_of(request.app.state.settings), place)
    asked: dict[str, Any] = {"of": of, "amount": amount, "due": due, "paid": paid, "place": place}
    return render(request, "late_fee.html", visit=visit, fee=fee, **asked)
