"""A dated figure and where it comes from: the shape of the parameter files."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from payroll.policy.units import UNITS, read_value

PlaceCode = Annotated[str, Field(pattern=r"^(CN|\d{6})$", coerce_numbers_to_str=True)]
"""A division code of six digits, or CN for the nation."""


def _known_unit(unit: str) -> str:
    if unit not in UNITS:
        raise ValueError(f"没有单位 {unit}，可用：{', '.join(UNITS)} / no such unit")
    return unit


Unit = Annotated[str, AfterValidator(_known_unit), Field(json_schema_extra={"enum": [*UNITS]})]
"""The unit of a parameter, which fixes the type of its values."""


class Standing(StrEnum):
    """How sure a figure is, from the text of the notice down to memory."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    LOCAL = "local"
    INFERRED = "inferred"
    RECALLED = "recalled"

    @property
    def zh(self) -> str:
        """Return the standing in Chinese, as printed on payslips."""
        return _STANDING_ZH[self]


_STANDING_ZH = {
    Standing.OFFICIAL: "官方文件",
    Standing.SECONDARY: "转引资料",
    Standing.LOCAL: "本地提供",
    Standing.INFERRED: "数值为推断，原文未见",
    Standing.RECALLED: "数值凭记忆，原文未见",
}


class Strict(BaseModel):
    """A record that refuses keys it does not know: a misspelt key must never be ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Name(Strict):
    """A name in Chinese and in English."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __str__(self) -> str:
        """Chinese first, English beside it."""
        return f"{self.zh} / {self.en}"


class Span(Strict):
    """A place and the days, both inclusive, on which something holds there."""

    place: PlaceCode
    first: date = Field(alias="from")
    last: date | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> "Span":
        if self.last is not None and self.last < self.first:
            raise ValueError(f"结束日 {self.last} 早于开始日 {self.first} / ends before it begins")
        return self

    def covers(self, on: date) -> bool:
        """Return whether the day lies within the span."""
        return self.first <= on and (self.last is None or on <= self.last)


def neighbours(spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Return each span with the next one at the same place, in order of their first days."""
    ordered = sorted(spans, key=lambda span: (span.place, span.first))
    return ((a, b) for a, b in pairwise(ordered) if a.place == b.place)


def overlap(earlier: Span, later: Span) -> bool:
    """Return whether two spans at one place, the earlier given first, share a day."""
    return earlier.last is None or later.first <= earlier.last


class Restated(Strict):
    """What an entry said of its figure, not the figure itself, before it was corrected.

    ``source`` is given where it was another one.
    """

    standing: Standing
    known_from: date | None = None
    checked: date
    note: str | None = None
    source: str | None = Field(default=None, min_length=1)


class Entry(Span):
    """One value at one place from one day on, with its document and standing."""

    value: Any
    document: str = Field(min_length=1)
    article: str | None = None
    source: str = Field(min_length=1)
    standing: Standing
    known_from: date | None = None
    checked: date
    note: str | None = None
    was: Restated | None = None
    """What was said of the figure before, where that was corrected: months sealed then verify."""

    def known_by(self, day: date) -> bool:
        """Return whether the figure was public on a day.

        Where no day of publication was seen, the first day on which it applies stands for it.
        """
        return (self.known_from or self.first) <= day


class Unknown(Span):
    """A figure that was looked for and not found: it stops the search for a broader one."""

    why: Name


class Parameter(Strict):
    """A figure the rules need, with all its dated values.

    ``keyed_by`` names the parameter whose value chooses among the values of an entry (the tier
    of a county). ``carries_forward`` lets last year's value go on, provisionally, until the new
    one is published. ``ends`` says what the last day of a value is: the day before its successor
    took over, unknown until the successor was published; or a day stated from the start (a year's
    calendar, a temporary rate). ``for_reference`` says that the figure is kept to be looked up:
    no rule reads it.
    """

    id: str = Field(pattern=r"^[a-z_]+(\.[a-z0-9_]+)+$")
    name: Name
    description: str = Field(min_length=1)
    unit: Unit
    period: Literal["hour", "day", "week", "month", "year", "none"]
    keyed_by: str | None = None
    carries_forward: bool = False
    ends: Literal["when_replaced", "as_stated"] = "when_replaced"
    for_reference: bool = False
    values: tuple[Entry, ...] = ()
    unknown: tuple[Unknown, ...] = ()

    @model_validator(mode="after")
    def _values_fit_unit(self) -> "Parameter":
        keyed = self.keyed_by is not None
        fitted = tuple(
            entry.model_copy(update={"value": read_value(self.unit, keyed, entry.value)})
            for entry in self.values
        )
        object.__setattr__(self, "values", fitted)
        return self


class ParameterFile(Strict):
    """One YAML file: a small family of parameters."""

    parameters: tuple[Parameter, ...] = Field(min_length=1)
