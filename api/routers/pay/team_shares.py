"""How a month's teams share out what they made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query, Request

from api.access import PayRead
from api.fields import HomeCode, View, Yuan
from api.paging import Page, WantedPage, page_in
from rukang.bodies.homes import find_home
from rukang.doors.handlers import policy_of
from rukang.forms.kinds import Month
from rukang.pay import SharedOut, team_shares_of
from rukang.work.teams import MadeDuring

router = APIRouter(tags=["payroll runs"])

WantedMonth = Annotated[Month, Query(description="月份 The month, 2026-10")]


class MemberShareView(View):
    """A member with the weight, in hours or points, and what it earns in yuan."""

    resident: str
    name: str
    weight: Decimal
    amount: Yuan


class SharedOutView(View):
    """What a team made of one item, in yuan, with its members' shares."""

    team: str
    item: str
    day: date | None
    made_during: MadeDuring
    quantity: int
    rate: Decimal
    quality_deduction: Yuan
    total: Yuan
    members: list[MemberShareView]

    @classmethod
    def of(cls, shared: SharedOut) -> SharedOutView:
        """Return what a team made as the API shows it."""
        work = shared.work
        names = ("team", "item", "day", "made_during", "quantity", "rate")
        return cls.model_validate(
            {
                **{name: getattr(work, name) for name in names},
                "quality_deduction": work.quality_deduction_fen,
                "total": shared.total_fen,
                "members": [
                    {**vars(member), "amount": member.amount_fen} for member in shared.members
                ],
            }
        )


@router.get("/homes/{code}/team-shares", summary="集体计件分配 Shares of teams")
def list_team_shares(
    code: HomeCode, month: WantedMonth, session: PayRead, request: Request, wanted: WantedPage
) -> Page[SharedOutView]:
    """Return what the teams of a month made and each member's share, exact to the fen."""
    policy = policy_of(request.app.state.settings)
    shared = team_shares_of(session, find_home(session, code), month, policy)
    return page_in(shared, wanted, SharedOutView.of)
