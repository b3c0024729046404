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
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import (
    Discriminator,
    Field,
    NonNegativeInt,
    PositiveInt,
    Tag,
    model_validator,
)

from payroll.policy.places import chain
from rukang.base.definitions import Strict, Text, Where, misfit
from rukang.base.spans import holds
from rukang.engines.rating.criteria.criterion import Criterion, Id, Points

Portion = Annotated[Decimal, Field(gt=0, le=1)]
Months = Annotated[int, Field(gt=0, le=600)]
Days = Annotated[int, Field(gt=0, le=3660)]
"""Spans within which arithmetic with days stays in the calendar, whoever wrote the edition."""


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
            words = Text(
                zh=f"{self.section}: share 和 at_least 应写其一", en="say either share or at_least"
            )
            raise misfit(words, "share")
        return self


class FactRequirement(Strict):
    """A fact of the home, such as its capacity, is at least a number."""

    fact: str
    at_least: Decimal


class RatingRequirement(Strict):
    """The rating of a section (one of its `levels`) is at least a level."""

    rating_of: Id
    at_least: PositiveInt


class AllOf(Strict):
    """Every one of several requirements is met."""

    all_of: Requirements


class AnyOf(Strict):
    """One of several requirements is met, or more."""

    any_of: Requirements


class NoneOf(Strict):
    """None of several requirements is met; of a single one: it is not met.

    What nobody knows is not known to be unmet: a missing answer or fact does not fulfil it. What
    does not apply meets every requirement, and so does not fulfil it either.
    """

    none_of: Requirements


class AtLeastOf(Strict):
    """So many of several requirements are met, or more."""

    at_least: PositiveInt
    of: Requirements


def _kind_of(requirement: Any) -> str | None:
    """Return which requirement is meant: the first of the keys that only one of them has."""
    if isinstance(requirement, Strict):
        return type(requirement).__name__
    keys = requirement if isinstance(requirement, dict) else {}
    return next((kind for key, kind in KINDS.items() if key in keys), None)


KINDS = {
    "criterion": "CriterionRequirement",
    "section": "SectionRequirement",
    "fact": "FactRequirement",
    "rating_of": "RatingRequirement",
    "all_of": "AllOf",
    "any_of": "AnyOf",
    "none_of": "NoneOf",
    "of": "AtLeastOf",
}
"""The key by which each requirement is known, so that a fault of one is told as its own."""

Requirement = Annotated[
    Annotated[CriterionRequirement, Tag("CriterionRequirement")]
    | Annotated[SectionRequirement, Tag("SectionRequirement")]
    | Annotated[FactRequirement, Tag("FactRequirement")]
    | Annotated[RatingRequirement, Tag("RatingRequirement")]
    | Annotated[AllOf, Tag("AllOf")]
    | Annotated[AnyOf, Tag("AnyOf")]
    | Annotated[NoneOf, Tag("NoneOf")]
    | Annotated[AtLeastOf, Tag("AtLeastOf")],
    Discriminator(_kind_of),
]
Requirements = Annotated[tuple[Requirement, ...], Field(min_length=1)]

for _composite in (AllOf, AnyOf, NoneOf, AtLeastOf):
    _composite.model_rebuild()


def counted(requirement: Requirement) -> tuple[int, tuple[Requirement, ...], bool] | None:
    """Return how many of which requirements one asks for, and whether not to be met.

    None of a plain one. Not to be met is, of so many out of some, that the rest and one more are
    not met (De Morgan).
    """
    match requirement:
        case AllOf(all_of=parts):
            return len(parts), parts, False
        case AnyOf(any_of=parts):
            return 1, parts, False
        case NoneOf(none_of=parts):
            return len(parts), parts, True
        case AtLeastOf(at_least=count, of=parts):
            return count, parts, False
    return None


def parts_of(requirement: Requirement) -> tuple[Requirement, ...]:
    """Return the requirements of which one is made; none of a plain one."""
    found = counted(requirement)
    return found[1] if found else ()


def leaves(requirement: Requirement) -> Iterator[Requirement]:
    """Yield the plain requirements within one, itself if it is plain."""
    parts = parts_of(requirement)
    if not parts:
        yield requirement
    for part in parts:
        yield from leaves(part)


def key_of(requirement: Requirement) -> str:
    """Return the key by which a requirement is known: of what it is, or what it is made of."""
    kind = type(requirement).__name__
    return next(key for key, name in KINDS.items() if name == kind)


class Placed(NamedTuple):
    """A requirement in its document.

    Parameters
    ----------
    owner
        The id of the veto, star (``3★``), rule or section that makes it.
    where
        The path to it, such as ``("stars", 2, "requires", 0)``.
    """

    owner: str
    where: Where
    requirement: Requirement

    def within(self) -> Iterator[Placed]:
        """Yield it and the requirements it is made of, however deep."""
        yield self
        for place, part in enumerate(parts_of(self.requirement)):
            where = (*self.where, key_of(self.requirement), place)
            yield from Placed(self.owner, where, part).within()


class Periods(Strict):
    """How long a star holds, and the time limits on the way to it.

    Parameters
    ----------
    validity_months
        The star holds so many months from publication, the like of that day included.
    revisit_months
        The next visit is due so many months after publication, by the like of that day.
    objection_workdays
        Working days after the proposal within which the home may object.
    publication_workdays
        Working days after that window within which the result is published.
    correction_days
        Calendar days for corrective actions.
    """

    validity_months: Months
    revisit_months: Months
    objection_workdays: Days
    publication_workdays: Days
    correction_days: Days


class Fact(Strict):
    """A figure of the home that a star may require beside its points."""

    key: str
    title: Text
    unit: Text


class Floor(Strict):
    """A home below `share` of a section's points gets at most `max_star`."""

    share: Portion
    max_star: NonNegativeInt


class Combine(StrEnum):
    """How a whole follows from its parts.

    ``sum`` adds up their points. ``average`` is the mean of the shares that they earned of what
    applies, whatever their points; ``lowest`` the least of these shares. Of an averaged edition the
    parts are its sections: an average of averages where these are averaged, too.
    """

    SUM = "sum"
    AVERAGE = "average"
    LOWEST = "lowest"


class Level(Strict):
    """A rating of a section: the least points on the section's scale, and what else it requires.

    `requires` may refer to the ratings of sections that stand before.
    """

    level: PositiveInt
    title: Text
    at_least: Points
    requires: tuple[Requirement, ...] = ()


class Section(Strict):
    """A part of the criteria with its own total, and with a rating of its own where it has levels.

    Its rating is the highest level that holds, 0 where none does; requirements and tables refer to
    it (`rating_of`).
    """

    id: Id
    title: Text
    points: Points
    combine: Combine = Combine.SUM
    levels: tuple[Level, ...] = ()
    floor: Floor | None = None
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class Veto(Strict):
    """A home that fails `requires` gets no star, whatever its total."""

    id: Id
    title: Text
    requires: Requirement


class Star(Strict):
    """The least total of a star, and what it requires besides what every lower star requires."""

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


class Least(Strict):
    """A home that meets `requires` gets at least `min_star`: a bound from below."""

    kind: Literal["least"]
    id: Id
    title: Text
    requires: Requirement
    min_star: PositiveInt


class Table(Strict):
    """The star is what a table says for the ratings of two sections, whatever it was before.

    `stars` has a row for each rating of the section `rows`, 0 first, and in it a star for each
    rating of the section `columns`, 0 first; no better rating has a lower star.
    """

    kind: Literal["table"]
    id: Id
    title: Text
    rows: Id
    columns: Id
    stars: Annotated[tuple[tuple[NonNegativeInt, ...], ...], Field(min_length=1)]


Rule = Annotated[Cap | Step | Least | Table, Field(discriminator="kind")]


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
    within_days: Days


class Edition(Strict):
    """A dated document of criteria; `label` says on every page how far it can be relied on.

    `place` is the division (code of six digits, or ``CN``) whose homes it is meant for; where none
    is named, homes anywhere.

    `start` names the section whose points decide the first star, where it is not the total. A home
    that no veto strikes has at least `least_star`: no threshold, floor, cap or step takes it below,
    nor above the highest.

    `combine` is how the total follows from the sections: their sum, or the average of their shares.

    `tolerance` is how far two inspectors may be apart before a third decides, as a share of a
    criterion's points.

    `coverage` is the least share of the points that apply of which something has to be known: with
    less there is no rating. Where none is named, what is not known costs what `no_data` says.
    """

    id: str
    title: Text
    issuer: Text
    document: Text
    place: Annotated[str | None, Field(pattern=r"^(\d{6}|CN)$")] = None
    valid_from: date
    valid_to: date | None = None
    standing: Standing
    label: Text
    points: Points
    combine: Literal[Combine.SUM, Combine.AVERAGE] = Combine.SUM
    periods: Periods
    start: Id | None = None
    least_star: NonNegativeInt = 0
    tolerance: Annotated[Decimal, Field(ge=0, lt=1)] = Decimal("0.25")
    coverage: Portion | None = None
    facts: tuple[Fact, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    vetoes: tuple[Veto, ...] = ()
    stars: Annotated[tuple[Star, ...], Field(min_length=1)]
    rules: tuple[Rule, ...] = ()
    reviews: tuple[ReviewRule, ...] = ()

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise misfit(
                Text(
                    zh=f"{self.id}: 失效日期早于生效日期",
                    en=f"valid_to {self.valid_to} is before valid_from {self.valid_from}",
                ),
                "valid_to",
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
        return holds(self.valid_from, self.valid_to, on)

    def serves(self, county: str, on: date) -> bool:
        """Say whether homes of a county (division code) are rated under the edition on a day."""
        return self.in_force(on) and (self.place is None or self.place in chain(county))

    def required_for(self, star: Star) -> tuple[Requirement, ...]:
        """Return what a star requires besides its points: its own, and all of every lower star.

        A star stands on those below it, so a home that lacks what one star requires has none
        above it either, however many points it has.
        """
        below = (one for one in self.stars if one.star <= star.star)
        return tuple(dict.fromkeys(need for one in below for need in one.requires))

    def requirements(self) -> Iterator[Placed]:
        """Every requirement as it is made, by a veto, a star, a rule or a level of a section."""
        for n, veto in enumerate(self.vetoes):
            yield Placed(veto.id, ("vetoes", n, "requires"), veto.requires)
        for n, star in enumerate(self.stars):
            yield from _listed(f"{star.star}★", ("stars", n, "requires"), star.requires)
        for n, rule in enumerate(self.rules):
            if not isinstance(rule, Table):
                yield Placed(rule.id, ("rules", n, "requires"), rule.requires)
        for n, part in enumerate(self.sections):
            for m, level in enumerate(part.levels):
                where: Where = ("sections", n, "levels", m, "requires")
                yield from _listed(part.id, where, level.requires)

    def plain_requirements(self) -> Iterator[Placed]:
        """Every plain requirement within them."""
        within = (one for placed in self.requirements() for one in placed.within())
        return (one for one in within if not parts_of(one.requirement))

    @cached_property
    def section_by_id(self) -> dict[str, Section]:
        """The sections by id."""
        return {section.id: section for section in self.sections}


def _listed(owner: str, where: Where, needs: tuple[Requirement, ...]) -> Iterator[Placed]:
    return (Placed(owner, (*where, place), need) for place, need in enumerate(needs))
