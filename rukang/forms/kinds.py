"""What people are asked for, as acts and routes take it: days, months, money, words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    Secret,
    StringConstraints,
    WithJsonSchema,
)

from rukang.base.clock import EARLIEST, LATEST, first_of_month

Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
"""A day people may name: arithmetic with it stays in the calendar."""


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

LARGEST_AMOUNT = Decimal(10**7)
"""More than anybody's own shares of a working life, in yuan."""

Amount = Annotated[Decimal, Field(gt=0, le=LARGEST_AMOUNT, decimal_places=2, examples=["260.69"])]
"""What is paid, in yuan."""

Email = Annotated[str, Field(max_length=320, examples=["name@example.org"])]
"""The address of an account, looked up among those there are."""

Words = Annotated[str, StringConstraints(strip_whitespace=True)]
"""A text without the blanks around it."""

Name = Annotated[Words, Field(min_length=1, max_length=100)]
"""What a person, a body or an office is called."""

CreditCode = Annotated[Words, Field(min_length=1, max_length=40, examples=["91371681MA3EXAMP0X"])]
"""A unified social credit code, as somebody writes it."""


class Number(Secret[Annotated[Words, Field(min_length=1, max_length=40)]]):
    """A number that is kept sealed: no trace shows it, and no form repeats it."""


Note = Annotated[Words, Field(max_length=500)]
"""What may be said with a step."""

Said = Annotated[Words, Field(min_length=1, max_length=500)]
"""What has to be said."""

Statement = Annotated[Words, Field(min_length=1, max_length=2000)]
"""What has to be said at some length."""
