"""What requests and answers are made of: ids, months, money, words."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from fastapi import Path
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)

from payroll import yuan
from rukang.base.clock import EARLIEST, LATEST

LARGEST_ID = 2**31 - 1
"""Beyond it PostgreSQL would refuse the query instead of finding nothing."""

HomeCode = Annotated[
    str, Path(pattern=r"^[\w-]{1,20}$", description="机构编号 Code of a home", examples=["ZP001"])
]
BodyCode = Annotated[
    str, Path(pattern=r"^[\w-]{1,20}$", description="机构编号 Code of a body", examples=["ZP001"])
]
PersonCode = Annotated[
    str, Path(pattern=r"^[\w-]{1,20}$", description="人员编号 Code of a person", examples=["R01"])
]
RecordId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="记录编号 Id of the record")]
RecordIdGiven = Annotated[int, Field(ge=1, le=LARGEST_ID, strict=True)]


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
