"""The register of homes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from rukang.base.database.about import nobody
from rukang.base.database.types import ExactDecimal
from rukang.bodies.records import Body, BodyKind
from rukang.forms import Field, column
from rukang.forms.workbooks.written import FRACTION, LIST, MINUTES, WEEKDAYS


class Home(Body):
    """One Rukang Home (如康家园): a body that offers care and work, and when it does.

    ``opening_days`` are ISO weekdays (1 is Monday), ``capacity`` heads as registered last and
    ``floor_area`` whole square metres. ``rest_minutes`` is the home's own least rest between two
    shifts (no law sets one), and ``leave_from_midnight`` whether no night may run into a day of
    leave. Latitude and longitude are degrees (WGS 84); planning visits needs them, nothing else
    does.
    """

    __tablename__ = "home"
    __mapper_args__ = {"polymorphic_identity": "home"}  # noqa: RUF012 - as SQLAlchemy reads it
    whom = nobody("a home and what it offers")

    id: Mapped[int] = mapped_column(ForeignKey("body.id"), primary_key=True)
    capacity: Mapped[int] = column(Field("设计容量", "capacity", "人", least=1))
    floor_area: Mapped[int] = column(Field("建筑面积（平方米）", "floor area in m²", least=1))
    opened_on: Mapped[date] = column(Field("启用日期", "opened on"))
    opening_days: Mapped[list[int]] = column(
        Field("开放日", "opening days", "周一、周二……，用“、”分开", cell=WEEKDAYS), JSON
    )
    rest_minutes: Mapped[int] = column(
        Field(
            "班间休息（小时）",
            "the home's own least rest",
            "本机构自定的两班之间最少休息",
            cell=MINUTES,
            least=0,
            most=24,
        )
    )
    leave_from_midnight: Mapped[bool] = column(
        Field(
            "休假从零点起",
            "whether no night may run into a day of leave",
            "不写为是；是则不排会跨到休假日的夜班",
            empty=True,
        ),
        default=True,
    )
    services: Mapped[list[str]] = column(
        Field("服务内容", "services", "用“、”分开", cell=LIST), JSON
    )
    latitude: Mapped[Decimal | None] = column(
        Field(
            "纬度",
            "degrees (WGS 84)",
            "如 37.38；只用于安排评定员的路线",
            "for planning visits only",
            cell=FRACTION,
            least=-90,
            most=90,
        ),
        ExactDecimal,
    )
    longitude: Mapped[Decimal | None] = column(
        Field("经度", "degrees", "如 117.97", cell=FRACTION, least=-180, most=180), ExactDecimal
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"kind": BodyKind.HOME, **values})
