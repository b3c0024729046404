"""The register of homes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import JSON, ColumnElement, String
from sqlalchemy.orm import Mapped

from rukang.base.database.about import nobody
from rukang.base.database.base import Base, Seen
from rukang.base.database.types import ExactDecimal
from rukang.forms import Field, column
from rukang.forms.written import FRACTION, LIST, MINUTES, WEEKDAYS
from rukang.numbers import division, uscc


class Home(Base):
    """One Rukang Home (如康家园): where it is, who answers for it, what it offers.

    ``county`` is the six-digit division code, ``opening_days`` ISO weekdays (1 is Monday),
    ``floor_area`` whole square metres, ``uscc`` the unified social credit code of the legal person.
    ``rest_minutes`` is the home's own least rest between two shifts (no law sets one), and
    ``leave_from_midnight`` whether no night may run into a day of leave. Latitude and
    longitude are degrees (WGS 84); planning visits needs them, nothing else does.
    """

    __tablename__ = "home"
    whom = nobody("a home and what it offers")

    code: Mapped[str] = column(
        Field("机构编号", "code", "唯一编号，如 ZP001"), String(20), unique=True
    )
    name: Mapped[str] = column(Field("机构名称", "name", "全称"), String(100))
    county: Mapped[str] = column(
        Field(
            "行政区划代码",
            "division code of the county",
            "六位，如邹平市 371681；最低工资按它查",
            number=division,
            pattern=division.SIX_DIGITS,
        ),
        String(6),
        index=True,
    )
    address: Mapped[str] = column(Field("地址", "address"), String(200))
    legal_person: Mapped[str] = column(Field("法人单位", "legal person", "承办单位"), String(100))
    uscc: Mapped[str] = column(
        Field("统一社会信用代码", "checked by its check character", number=uscc), String(18)
    )
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

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a home is seen: in a place that is, or by its id."""
        return seen.in_place(cls)
