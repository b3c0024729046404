"""What each unit of a parameter may hold: the value of a figure, checked when it is read."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from payroll.money import Rounding

NotNegative = Annotated[Decimal, Field(ge=0)]
Rate = Annotated[Decimal, Field(ge=0, le=1)]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class TaxCategory(StrEnum):
    """How pay under an agreement without labour relation is taxed; undecided is an answer too."""

    LABOUR = "labour_remuneration"
    WAGES = "wages"
    UNDECIDED = "undecided"

    @property
    def words(self) -> tuple[str, str]:
        """Return the category in Chinese and English."""
        return _CATEGORY[self]


_CATEGORY = {
    TaxCategory.LABOUR: ("劳务报酬所得", "labour remuneration"),
    TaxCategory.WAGES: ("工资、薪金所得", "wages"),
    TaxCategory.UNDECIDED: ("未定", "undecided"),
}


class Bracket(BaseModel):
    """One step of a progressive table; amounts in yuan, inclusive upper end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    up_to: NotNegative | None
    rate: Rate
    quick_deduction: NotNegative


class Retirement(BaseModel):
    """A retirement age that rises by steps: one month later for every so many months of birth."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    original_years: Annotated[int, Field(ge=40, le=70)]
    final_years: Annotated[int, Field(ge=40, le=75)]
    months_a_step: Annotated[int, Field(ge=1, le=12)]

    def __str__(self) -> str:
        return f"{self.original_years} → {self.final_years}"


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
    "tax_category": TaxCategory,
    "retirement": Retirement,
    "brackets": tuple[Bracket, ...],
    "rates_by_class": dict[int, Rate],
    "multiples_by_class": dict[int, tuple[Decimal, ...]],
}

WORDS: dict[str, tuple[str, str]] = {
    "yuan": ("元，不小于零，如 2210 或 2210.50", "yuan, not below nil, such as 2210 or 2210.50"),
    "rate": ("0 到 1 之间的比例，如 0.085", "a share from 0 to 1, such as 0.085"),
    "multiple": ("大于零的倍数，如 1.5", "a multiple above nil, such as 1.5"),
    "flag": ("true 或 false", "true or false"),
    "tier": ("档次，从 1 起的整数", "a tier, a whole number from 1"),
    "days": ("天数，不小于零", "days, not below nil"),
    "days_by_years": (
        "按工作年限的天数，如 {1: 5, 10: 10}",
        "days by years, such as {1: 5, 10: 10}",
    ),
    "months": ("月数，从 1 起的整数", "months, a whole number from 1"),
    "years": ("年数，从 1 起的整数", "years, a whole number from 1"),
    "persons": ("人数，整数", "people, a whole number"),
    "month_days": (
        '起止的月和日，如 ["01-01", "06-30"]',
        'first and last, such as ["01-01", "06-30"]',
    ),
    "minutes": ("分钟，整数", "minutes, a whole number"),
    "clock": ('钟点，如 "22:00"', 'a time of day, such as "22:00"'),
    "dates": ("日期的列表，如 [2027-01-01, 2027-01-02]", "days, such as [2027-01-01, 2027-01-02]"),
    "words": ('词语的列表，如 ["甲", "乙"]', 'a list of words, such as ["甲", "乙"]'),
    "rounding": ("、".join(Rounding), ", ".join(Rounding)),
    "tax_category": (
        "、".join(TaxCategory),
        ", ".join(TaxCategory),
    ),
    "retirement": (
        "退休年龄的步骤：original_years、final_years、months_a_step",
        "steps of an age: original_years, final_years, months_a_step",
    ),
    "brackets": (
        "税率表的各级：up_to、rate、quick_deduction",
        "steps of a table: up_to, rate, quick_deduction",
    ),
    "rates_by_class": (
        "按类别的比例，如 {1: 0.002, 2: 0.004}",
        "shares by class, such as {1: 0.002}",
    ),
    "multiples_by_class": (
        "按类别的倍数，如 {1: [1, 1.2, 1.5]}",
        "multiples by class, such as {1: [1, 1.2, 1.5]}",
    ),
}
"""What each unit is written like, in Chinese and English."""


def words_of(unit: str, keyed: bool) -> tuple[str, str]:
    """Return what a value of a unit is written like; a keyed one is a value by tier."""
    zh, en = WORDS[unit]
    if not keyed:
        return zh, en
    return f"按档次各一个，如 {{1: …, 2: …}}，每个是{zh}", f"one by tier, {{1: …, 2: …}}, each {en}"


UNITS: dict[str, TypeAdapter[Any]] = {unit: TypeAdapter(kind) for unit, kind in _TYPES.items()}
"""Unit of a parameter → what reads its values."""

_BY_TIER: TypeAdapter[dict[int, Any]] = TypeAdapter(dict[int, Any])


def read_value(unit: str, keyed: bool, value: object) -> Any:
    """Return a value of a unit, checked; a keyed parameter holds one value per tier."""
    if not keyed:
        return UNITS[unit].validate_python(value)
    tiers = _BY_TIER.validate_python(value)
    return {tier: UNITS[unit].validate_python(item) for tier, item in tiers.items()}
