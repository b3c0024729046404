"""An edition: one dated document of criteria, and how its points become a star.

The order in which a star is found is fixed: vetoes, thresholds of the total with their further
requirements, section floors, then `rules` (caps and steps) in the order written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from rukang.rating.criterion import Criterion, Id, Points
from rukang.rating.text import Strict, Text

Portion = Annotated[Decimal, Field(gt=0, le=1)]


class Standing(StrEnum):
    """How far the text of an edition can be relied on."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    RECALLED = "recalled"
    LOCAL = "local"


class CriterionRequirement(Strict):
    """A criterion earned at least some points, or all of them where none are named."""

    criterion: Id
    at_least: Points | None = None


class SectionRequirement(Strict):
    """A section earned at least a share of its applicable points, or at least some points.

    Where something does not apply, points are those on the section's whole scale.
    """

    section: Id
    share: Portion | None = None
    at_least: Points | None = None

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if (self.share is None) == (self.at_least is None):
            raise ValueError(
                f"{self.section}: share 和 at_least 应写其一 / say either share or at_least"
            )
        return self


class FactRequirement(Strict):
    """A fact of the home, such as its capacity, is at least a number."""

    fact: str
    at_least: Decimal


Requirement = CriterionRequirement | SectionRequirement | FactRequirement


class Periods(Strict):
    """How long a star holds, and the time limits on the way to it.

    Parameters
    ----------
    validity_months
        The star holds so many months from publication.
    revisit_months
        The next visit is due so many months after publication.
    objection_workdays
        Working days after the proposal within which the home may object.
    publication_workdays
        Working days after that window within which the result is published.
    correction_days
        Calendar days for corrective actions.
    """

    validity_months: PositiveInt
    revisit_months: PositiveInt
    objection_workdays: PositiveInt
    publication_workdays: PositiveInt
    correction_days: PositiveInt


class Fact(Strict):
    """A figure of the home that a star may require beside its points."""

    key: str
    title: Text
    unit: Text


class Floor(Strict):
    """A home below `share` of a section's points gets at most `max_star`."""

    share: Portion
    max_star: NonNegativeInt


class Section(Strict):
    """A part of the criteria with its own total."""

    id: Id
    title: Text
    points: Points
    floor: Floor | None = None
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class Veto(Strict):
    """A home that fails `requires` gets no star, whatever its total."""

    id: Id
    title: Text
    requires: Requirement


class Star(Strict):
    """The least total of a star, and what it requires besides."""

    star: PositiveInt
    at_least: Points
    requires: tuple[Requirement, ...] = ()


class Cap(Strict):
    """A home that fails `requires` gets at most `max_star`."""

    kind: Literal["cap"]
    id: Id
    title: Text
    requires: Requirement
    max_star: NonNegativeInt


class Step(Strict):
    """The star rises when `requires` holds, or falls when it does not."""

    kind: Literal["step"]
    id: Id
    title: Text
    requires: Requirement
    if_met: NonNegativeInt = 0
    if_not_met: Annotated[int, Field(le=0)] = 0


Rule = Annotated[Cap | Step, Field(discriminator="kind")]


class Sign(StrEnum):
    """What happened in a home that asks for a review of its star before it runs out."""

    GRAVE_INCIDENTS = "grave_incidents"
    COMPLAINTS_UPHELD = "complaints_upheld"
    DAYS_CLOSED = "days_closed"
    LATE_WAGES = "late_wages"
    MENDING_OVERDUE = "mending_overdue"


class ReviewRule(Strict):
    """So many of one sign within some days ask for a review (dynamic management, 动态管理).

    ``days_closed`` are opening days in a row on which nobody was present, ``late_wages`` wages
    not paid by the agreed day, ``mending_overdue`` actions of the last inspection past their day.
    """

    id: Id
    title: Text
    sign: Sign
    at_least: PositiveInt = 1
    within_days: PositiveInt


class Edition(Strict):
    """A dated document of criteria; `label` says on every page how far it can be relied on.

    `start` names the section whose points decide the first star, where it is not the total. A home
    that no veto strikes has at least `least_star`: no threshold, floor, cap or step takes it below,
    nor above the highest.

    `tolerance` is how far two inspectors may be apart before a third decides, as a share of a
    criterion's points.
    """

    id: str
    title: Text
    issuer: Text
    document: Text
    valid_from: date
    valid_to: date | None = None
    standing: Standing
    label: Text
    points: Points
    periods: Periods
    start: Id | None = None
    least_star: NonNegativeInt = 0
    tolerance: Annotated[Decimal, Field(ge=0, lt=1)] = Decimal("0.25")
    facts: tuple[Fact, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    vetoes: tuple[Veto, ...] = ()
    stars: Annotated[tuple[Star, ...], Field(min_length=1)]
    rules: tuple[Rule, ...] = ()
    reviews: tuple[ReviewRule, ...] = ()

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(
                f"{self.id}: 失效日期早于生效日期 / valid_to {self.valid_to} is before valid_from "
                f"{self.valid_from}"
            )
        return self

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Every criterion by id, in the order of the document."""
        return {item.id: item for section in self.sections for item in section.criteria}

    @property
    def top_star(self) -> int:
        """The highest star of the edition."""
        return max(star.star for star in self.stars)

    def in_force(self, on: date) -> bool:
        """Say whether the edition is valid on a day, both ends included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def requirements(self) -> Iterator[tuple[str, Requirement]]:
        """Every requirement with the id of the veto, star or rule that makes it."""
        yield from ((veto.id, veto.requires) for veto in self.vetoes)
        yield from ((f"{star.star}★", need) for star in self.stars for need in star.requires)
        yield from ((rule.id, rule.requires) for rule in self.rules)
