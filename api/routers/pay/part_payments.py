"""Part-time work paid before the month is over: parts settled, listed, answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from api.access import PayRead, PayWrite
from api.fields import HomeCode, RecordId, View, Yuan
from api.paging import Page, WantedPage, page_of
from payroll.policy import Name
from rukang.bodies.homes import find_home
from rukang.doors.handlers import policy_of
from rukang.forms.kinds import Day, Month, Words
from rukang.pay import (
    PartPayment,
    PaymentState,
    answer_part,
    find_part,
    parts_query,
    send_again,
    settle_parts,
)

router = APIRouter(tags=["payroll runs"])

WantedMonth = Annotated[Month, Query(description="月份 The month, 2026-10")]


class PartsWanted(BaseModel):
    """The month, and the day by which the parts to be paid have ended."""

    model_config = ConfigDict(extra="forbid")

    month: Month
    through: Day


class PartAnswered(BaseModel):
    """Whether a part was paid, by the bank or in cash, and what there is to say of it."""

    model_config = ConfigDict(extra="forbid")

    paid: StrictBool
    message: Annotated[Words, Field(max_length=200)] = ""


class PartView(View):
    """Pay of a part of a month, in yuan."""

    id: int
    resident: str
    name: str
    employer: str
    month: Month
    first: date
    last: date
    amount: Yuan
    state: PaymentState
    message: str
    at: datetime

    @classmethod
    def of(cls, part: PartPayment) -> PartView:
        """Return a part, of whom and by whom."""
        work, names = part.employment, ("id", "month", "first", "last", "state", "message", "at")
        return cls.model_validate(
            {
                **{name: getattr(part, name) for name in names},
                "resident": work.resident.code,
                "name": work.resident.person.name,
                "employer": work.employer.name,
                "amount": part.amount_fen,
            }
        )


class NotSettled(View):
    """Somebody whose part could not be reckoned, and why."""

    resident: str
    reasons: list[Name]


class SettledView(View):
    """Parts that go to the bank now, those that failed before included, and who is missing."""

    parts: list[PartView]
    missing: list[NotSettled]


@router.get("/homes/{code}/part-payments", summary="分期工资 Parts of a month's pay")
def list_part_payments(
    code: HomeCode, month: WantedMonth, session: PayRead, wanted: WantedPage
) -> Page[PartView]:
    """Return the parts of a month that were settled, by day."""
    parts = parts_query(find_home(session, code), month)
    return page_of(session, parts, wanted, PartView.of)


@router.post("/homes/{code}/part-payments", summary="结算分期工资 Settle parts")
def create_part_payments(
    code: HomeCode, wanted: PartsWanted, session: PayWrite, request: Request
) -> SettledView:
    """Settle what has ended of part-time work; asking twice settles nothing twice."""
    home, policy = find_home(session, code), policy_of(request.app.state.settings)
    settled = settle_parts(session, home, wanted.month, wanted.through, policy)
    going = [*settled.parts, *send_again(session, home, wanted.month)]
    return SettledView(
        parts=[PartView.of(part) for part in going],
        missing=[
            NotSettled(resident=work.resident.code, reasons=reasons)
            for work, reasons in settled.missing
        ],
    )


@router.post("/homes/{code}/part-payments/{part_id}/answer", summary="分期工资已付或失败 Answer")
def answer_part_payment(
    code: HomeCode, part_id: RecordId, said: PartAnswered, session: PayWrite
) -> PartView:
    """Note that a part was paid or failed; what failed is sent again with the next."""
    part = find_part(session, find_home(session, code), part_id)
    answer_part(session, part, is_paid=said.paid, message=said.message)
    return PartView.of(part)
