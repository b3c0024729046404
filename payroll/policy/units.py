"""What each unit of a parameter may hold: the value of a figure, checked when it is read."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from payroll.money import Rounding

NotNegative = Annotated[Decimal, Field(ge=0)]
Rate = Annotated[Decimal, Field(ge=0, le=1)]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class Bracket(BaseModel):
    """One step of a progressive table; amounts in yuan, inclusive upper end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    up_to: NotNegative | None
    rate: Rate
    quick_deduction: NotNegative


_TYPES: dict[str, Any] = {
    "yuan": NotNegative,
    "rate": Rate,
    "multiple": Annotated[Decimal, Field(gt=0)],
    "flag": bool,
    "tier": Annotated[int, Field(ge=1)],
    "days": NotNegative,
    "days_by_years": dict[int, NotNegative],
    "months": Annotated[int, Field(ge=1)],
    "years": Annotated[int, Field(ge=1)],
    "persons": Annotated[int, Field(ge=0)],
    "month_days": tuple[MonthDay, MonthDay],
    "minutes": Annotated[int, Field(ge=0)],
    "clock": Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")],
    "dates": tuple[date, ...],
    "words": tuple[str, ...],
    "rounding": Rounding,
    "brackets": tuple[Bracket, ...],
    "rates_by_class": dict[int, Rate],
    "multiples_by_class": dict[int, tuple[Decimal, ...]],
}

UNITS: dict[str, TypeAdapter[Any]] = {unit: TypeAdapter(kind) for unit, kind in _TYPES.items()}
"""Unit of a parameter → what reads its values."""

_BY_TIER: TypeAdapter[dict[int, Any]] = TypeAdapter(dict[int, Any])


def read_value(unit: str, keyed: bool, value: object) -> Any:
    """Return a value of a unit, checked; a keyed parameter holds one value per tier."""
    if not keyed:
        return UNITS[unit].validate_python(value)
    tiers = _BY_TIER.validate_python(value)
    return {tier: UNITS[unit].validate_python(item) for tier, item in tiers.items()}
