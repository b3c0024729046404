"""Late fees on contributions and on the levy, reckoned by the dated rates of a place."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

import payroll
from api.access import needs
from api.fields import View, Yuan
from payroll import Standing, fen
from payroll.policy import Name
from rukang.base.access import Permission
from rukang.doors.handlers import policy_of
from rukang.forms.kinds import Amount, Day

router = APIRouter(tags=["payroll runs"])


class Late(enum.StrEnum):
    """What was paid late."""

    CONTRIBUTIONS = "contributions"
    LEVY = "levy"


FEES = {Late.CONTRIBUTIONS: payroll.late_contributions, Late.LEVY: payroll.late_levy}

Owed = Annotated[Amount, Query(description="本金（元） Amount owed, in yuan")]
LastInTime = Annotated[Day, Query(description="最后期限 Last day in time", examples=["2026-07-15"])]
PaidOn = Annotated[Day, Query(description="缴纳日 Day of paying", examples=["2026-08-14"])]
Place = Annotated[
    str,
    Query(pattern=r"^\d{6}$", description="行政区划代码 Division code", examples=["371681"]),
]


class FigureUsed(View):
    """A figure behind a fee: its value, where it holds, since when, which document says so."""

    parameter: str
    name: Name
    value: Decimal
    place: str
    valid_from: date
    document: str
    standing: Standing


class LateFee(View):
    """A late fee in yuan, how it was reckoned, and the figures behind it."""

    amount: Yuan = Field(validation_alias="amount_fen")
    words: Name
    figures: list[FigureUsed]


@router.get(
    "/late-fees/{of}",
    summary="滞纳金 The late fee on contributions or the levy",
    dependencies=[needs(Permission.PAY_READ)],
)
def show_late_fee(
    of: Late, amount: Owed, due: LastInTime, paid: PaidOn, place: Place, request: Request
) -> LateFee:
    """Return what is owed beside an amount that was paid late, day by day by the dated rate."""
    policy = policy_of(request.app.state.settings)
    return LateFee.model_validate(FEES[of](fen(amount), due, paid, policy, place))
