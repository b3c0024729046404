"""What a row of 集体计件 and of 集体计件成员 holds."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from rostering.sheets import Day, Rate, SheetRow, Text, Whole, YuanFen, cell_error
from rukang.work.teams import MadeDuring

TEAMS = "集体计件"
MEMBERS = "集体计件成员"


class TeamRow(SheetRow):
    """Pieces of one item that a whole team made; the rate is yuan a piece."""

    team: Text = Field(alias="班组", max_length=60)
    item: Text = Field(alias="产品", max_length=60)
    quantity: Whole = Field(alias="合格数量", ge=0, le=10**7)
    rate: Rate = Field(alias="单价（元/件）", gt=0, le=10**6, decimal_places=4)
    day: Day | None = Field(alias="日期", default=None)
    made_during: MadeDuring = Field(alias="时段", default=MadeDuring.NORMAL)
    quality_deduction_fen: YuanFen = Field(alias="质量扣减（元）", default=0, ge=0)


def _weight(value: Decimal) -> Decimal:
    if value == 0:
        raise cell_error(
            "份额应大于 0；没有参加的人请删去这一行",
            "a weight above 0 expected: leave out who took no part",
        )
    return value


class MemberRow(SheetRow):
    """A member of a team, with the hours or points by which its pay is shared out."""

    team: Text = Field(alias="班组", max_length=60)
    resident: Text = Field(alias="人员编号")
    name: Text = Field(alias="姓名")
    weight: Annotated[Rate, AfterValidator(_weight)] = Field(
        alias="份额", ge=0, le=10**4, decimal_places=2
    )
