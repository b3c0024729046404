"""What a team made together within a month, and its members with their weights."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rostering.sheets import Rate, cell_error
from rukang.base.database.about import nobody, through
from rukang.base.database.base import Base, OfHome
from rukang.base.database.types import ExactDecimal
from rukang.forms import Field, column
from rukang.forms.field import money, piece_rate
from rukang.forms.workbooks.written import Written
from rukang.people.named import RESIDENT
from rukang.people.records import Resident


class MadeDuring(enum.StrEnum):
    """In which hours something was made; overtime pays the rate at its multiple."""

    NORMAL = "正常"
    WORKDAY = "工作日加班"
    REST_DAY = "休息日加班"
    HOLIDAY = "法定休假日加班"


def _weight(value: Decimal) -> Decimal:
    if value == 0:
        raise cell_error(
            "份额应大于 0；没有参加的人请删去这一行",
            "a weight above 0 expected: leave out who took no part",
        )
    return value


Weight = Annotated[Rate, AfterValidator(_weight)]


class TeamWork(OfHome, Base):
    """Pieces of one item that a whole team made within a month, or on one of its days.

    Rate, quantity and deduction are as in ``PieceWork``, of all members together. ``team`` names
    the members of the month whose weights share it out.
    """

    __tablename__ = "team_work"
    whom = nobody("what several made together; who they were stands with the members")
    __table_args__ = (UniqueConstraint("home_id", "month", "team", "item", "day", "made_during"),)

    month: Mapped[date] = mapped_column(index=True)
    team: Mapped[str] = column(
        Field(
            "班组",
            "team, as in the sheet of members",
            "班组的名称或代号，与“集体计件成员”对应；份额不同的另立班组",
        ),
        String(60),
    )
    item: Mapped[str] = column(
        Field("产品", "item", "同一班组每种产品（每日、每时段）一行"), String(60)
    )
    quantity: Mapped[int] = column(
        Field("合格数量", "accepted pieces of all together", "全组合格数量", least=0, most=10**7)
    )
    rate: Mapped[Decimal] = column(piece_rate("最多四位小数"), ExactDecimal)
    day: Mapped[date | None] = column(
        Field(
            "日期",
            "day, attended by all members",
            "可不填；填了，全体成员当日须有出勤",
            within=True,
        )
    )
    made_during: Mapped[MadeDuring] = column(
        Field(
            "时段",
            "hours in which it was made",
            "不填为正常；加班的按 150 %、200 %、300 % 计，成员只能是劳动合同",
            "overtime is for labour contracts",
            empty=MadeDuring.NORMAL,
        ),
        choices=MadeDuring,
    )
    quality_deduction_fen: Mapped[int] = column(
        money("质量扣减（元）", "taken off before sharing", "先从全组扣，再分", empty=0)
    )


class TeamMember(OfHome, Base):
    """A resident in a team of a month; ``weight`` is hours or points, alike within a team."""

    __tablename__ = "team_member"
    whom = through("resident_id")
    __table_args__ = (UniqueConstraint("home_id", "month", "team", "resident_id"),)

    month: Mapped[date] = mapped_column(index=True)
    team: Mapped[str] = column(Field("班组", "one of the teams", "“集体计件”中的班组"), String(60))
    resident_id: Mapped[int] = column(
        Field(
            "人员编号",
            "resident, employed then",
            "同一班组一人一行，本月（填日期的，当日）须有用工关系",
            refers=RESIDENT,
        ),
        ForeignKey("resident.id"),
        index=True,
    )
    weight: Mapped[Decimal] = column(
        Field(
            "份额",
            "hours or points, alike within a team",
            "小时或分数，最多两位小数；同一班组用同一种",
            cell=Written(Weight, number_format="0.##"),
            least=0,
            most=10**4,
            decimals=2,
        ),
        ExactDecimal,
    )
    resident: Mapped[Resident] = relationship(lazy="joined")
