"""What requests and answers are made of: ids, months, money, words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Path
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from payroll import yuan
from rukang.base.clock import EARLIEST, LATEST, first_of_month

LARGEST_ID = 2**31 - 1
"""Beyond it PostgreSQL would refuse the query instead of finding nothing."""

HomeCode = Annotated[
    str, Path(pattern=r"^[\w-]{1,20}$", description="机构编号 Code of a home", examples=["ZP001"])
]
PersonCode = Annotated[
    str, Path(pattern=r"^[\w-]{1,20}$", description="人员编号 Code of a person", examples=["R01"])
]
RecordId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="记录编号 Id of the record")]
RecordIdGiven = Annotated[int, Field(ge=1, le=LARGEST_ID, strict=True)]
Words = Annotated[str, StringConstraints(strip_whitespace=True)]
Email = Annotated[str, Field(max_length=320, examples=["name@example.org"])]
"""The address of an account, looked up among those there are."""

Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
"""A day people may name: arithmetic with it stays in the calendar."""


def _moment(value: datetime) -> datetime:
    first, last = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (EARLIEST, LATEST))
    return min(max(value, first), last).astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_moment)]
"""A moment a device names, UTC inside. Its clock may be wrong and decides nothing: a moment of a
year no record is of becomes the nearest that is, so that nothing is lost for it."""

Measured = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=6)]
"""A number somebody counted or measured, exact and of a size that things have."""

METRE = Decimal("0.00001")
FULL_CIRCLE = 360


def _position(value: Decimal) -> Decimal:
    if abs(value) > FULL_CIRCLE:
        raise ValueError("经纬度以度为单位。 Positions are degrees.")
    return value.quantize(METRE)


Coordinate = Annotated[Decimal, AfterValidator(_position)]
"""Degrees to about a metre; what a device sends beyond it is left out."""


class View(BaseModel):
    """An answer of the API, made from a record."""

    model_config = ConfigDict(from_attributes=True)


def _month(value: Any) -> date:
    if isinstance(value, date):
        return first_of_month(f"{value:%Y-%m}")
    if not isinstance(value, str):
        raise ValueError("月份请写成 2026-10 这样。 Write a month like 2026-10.")
    return first_of_month(value)


def _written(month: date) -> str:
    return f"{month:%Y-%m}"


Month = Annotated[
    date,
    BeforeValidator(_month),
    PlainSerializer(_written, return_type=str),
    WithJsonSchema(
        {"type": "string", "pattern": r"^20[0-9]{2}-(0[1-9]|1[0-2])$", "examples": ["2026-10"]}
    ),
]
"""A month, written ``2026-10``; its first day inside."""

Yuan = Annotated[
    Decimal,
    BeforeValidator(yuan),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+\.\d{2}$", "examples": ["2010.00"]}),
]
"""Money: fen inside, yuan with two decimals, as text, outside."""


def _yuan_if_any(fen: int | None) -> Decimal | None:
    return None if fen is None else yuan(fen)


MaybeYuan = Annotated[Decimal | None, BeforeValidator(_yuan_if_any)]
"""Money likewise, or nothing."""
