"""What requests and answers are made of: ids, months, money, words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Path
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from payroll import yuan
from rukang.clock import first_of_month

LARGEST_ID = 2**31 - 1
"""Beyond it PostgreSQL would refuse the query instead of finding nothing."""

# PostgreSQL stores no NUL; the patterns keep it out before a query is made.
HomeCode = Annotated[
    str, Path(pattern=r"^[\w-]{1,20}$", description="机构编号 Code of a home", examples=["ZP001"])
]
PersonCode = Annotated[
    str, Path(pattern=r"^[\w-]{1,20}$", description="人员编号 Code of a person", examples=["R01"])
]
RecordId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="记录编号 Id of the record")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00]*$")]


class View(BaseModel):
    """An answer of the API, made from a record."""

    model_config = ConfigDict(from_attributes=True)


def _month(value: Any) -> date:
    if isinstance(value, date):
        return value.replace(day=1)
    if not isinstance(value, str):
        raise ValueError("月份请写成 2026-10 这样。 Write a month like 2026-10.")
    return first_of_month(value)


def _written(month: date) -> str:
    return f"{month:%Y-%m}"


Month = Annotated[
    date,
    BeforeValidator(_month),
    PlainSerializer(_written, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}$", "examples": ["2026-10"]}),
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
