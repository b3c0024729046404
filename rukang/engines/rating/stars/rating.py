"""A rating: what each criterion earned and why, and the path from the points to the star."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal

from rukang.base.definitions import Strict, Text
from rukang.engines.rating.criteria.criterion import NoData, Scorer
from rukang.engines.rating.criteria.edition import Standing
from rukang.engines.rating.sheets.sheet import State


class CriterionScore(Strict):
    """The points of one criterion and the reason for them.

    `applicable` is what it counts towards the possible total: its points, or none when it does
    not apply or when the edition leaves out a criterion without data.
    """

    id: str
    title: Text
    scorer: Scorer
    state: State
    no_data: NoData
    points: Decimal
    applicable: Decimal
    earned: Decimal
    reason: Text
    evidence: str
    inspector: str

    @property
    def in_full(self) -> bool:
        """Say whether the criterion is met and earned all its points."""
        return self.state is State.MET and self.earned == self.points

    @property
    def refuses(self) -> bool:
        """Say whether the missing answer makes a star impossible."""
        return self.state is State.NO_DATA and self.no_data is NoData.REFUSE


class SectionScore(Strict):
    """The total of one section."""

    id: str
    title: Text
    points: Decimal
    applicable: Decimal
    earned: Decimal
    criteria: tuple[CriterionScore, ...]

    def reaches(self, share: Decimal) -> bool:
        """Say whether the section earned a share of what applies; true where nothing does."""
        return self.earned >= share * self.applicable

    def reaches_points(self, least: Decimal) -> bool:
        """Say whether the section earned points on its whole scale; true where nothing applies."""
        return self.earned * self.points >= least * self.applicable


class PathStep(Strict):
    """One step on the way to the star: what was looked at, the star after it, and why."""

    rule: str
    holds: bool
    star: int | None
    words: Text


class FactValue(Strict):
    """A figure of the home the edition asks for; none when the sheet does not say."""

    key: str
    title: Text
    unit: Text
    value: Decimal | None


class Rating(Strict):
    """The result for one home under one edition; it never changes.

    Parameters
    ----------
    star
        None when a missing answer makes rating impossible, 0 when no star is reached.
    earned, applicable
        Sums over the criteria.
    total
        `earned ÷ applicable` on the scale of `points`, rounded down to a tenth.
    path
        The steps by which the star was found, in order.
    """

    home: str
    home_name: str
    on: date
    inspectors: tuple[str, ...]
    edition: str
    edition_title: Text
    edition_document: Text
    standing: Standing
    label: Text
    points: Decimal
    applicable: Decimal
    earned: Decimal
    total: Decimal
    facts: tuple[FactValue, ...]
    sections: tuple[SectionScore, ...]
    star: int | None
    top_star: int
    path: tuple[PathStep, ...]

    @property
    def criteria(self) -> dict[str, CriterionScore]:
        """Every criterion's score by id, in the order of the edition."""
        return {item.id: item for section in self.sections for item in section.criteria}

    @property
    def missing(self) -> list[CriterionScore]:
        """The criteria whose missing answer makes a star impossible."""
        return [item for item in self.criteria.values() if item.refuses]

    @property
    def star_words(self) -> Text:
        """Say the star in words."""
        if self.star is None:
            return Text(zh="缺少数据，未予评定", en="not rated, data missing")
        if self.star == 0:
            return Text(zh="未达到星级", en="no star")
        return Text(zh=f"{self.star} 星", en=f"{self.star} star{'s' if self.star > 1 else ''}")

    def digest(self) -> str:
        """Return the SHA-256 of the content, the same for the same rating read back later."""
        content = json.dumps(
            self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(content.encode()).hexdigest()
