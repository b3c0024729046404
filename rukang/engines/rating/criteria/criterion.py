"""The six kinds of criterion an edition may hold.

| kind      | the answer                  | the points                                             |
|-----------|-----------------------------|--------------------------------------------------------|
| yes_no    | met or not                  | all or none                                            |
| choice    | the key of an option        | those of the option                                    |
| bands     | a number                    | those of the best band the number reaches              |
| share     | a number from 0 to 1        | in proportion between `zero_at` and `full_at`          |
| deduction | a count                     | all, less `per_unit` for each, never below none        |
| judged    | a level of a scale          | those of the level, each described by an anchor        |
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, NonNegativeInt, model_validator

from rukang.base.definitions import Strict, Text, misfit
from rukang.engines.rating.criteria.measure import Measure

Points = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=1)]
Id = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9.]*$", max_length=12)]


class Scorer(StrEnum):
    """Who gives the answer."""

    MEASURED = "measured"
    INSPECTOR = "inspector"
    SELF_REPORT = "self_report"


class NoData(StrEnum):
    """What happens to a rating when an answer is missing."""

    ZERO = "zero"
    REFUSE = "refuse"
    EXCLUDE = "exclude"


class Effort(Strict):
    """What mending a criterion takes; hints for `improve`, not part of the score.

    Parameters
    ----------
    cost
        Relative effort; the cheapest path to the next star has the least sum.
    lead_days
        Days until the change shows, where known.
    possible
        False for what has happened and cannot be undone, such as an accident.
    """

    cost: Annotated[int, Field(ge=1, le=1_000_000, strict=True)] = 1
    lead_days: Annotated[int, Field(ge=0, le=10_000, strict=True)] | None = None
    possible: bool = True


class CriterionBase(Strict):
    """What every kind of criterion has.

    `recorded` marks what is only recorded: it has no points, and nothing refers to it.

    `window_months` is how many months a measured criterion reads, ending with the month asked.
    """

    id: Id
    title: Text
    points: Points
    evidence: Text
    source: Text
    scorer: Scorer = Scorer.INSPECTOR
    measure: Measure | None = None
    window_months: Annotated[int, Field(gt=0, le=600)] = 1
    no_data: NoData = NoData.ZERO
    may_not_apply: bool = False
    recorded: bool = False
    effort: Effort = Effort()

    @model_validator(mode="after")
    def _measured_names_its_measure(self) -> Self:
        if (self.scorer is Scorer.MEASURED) != (self.measure is not None):
            raise misfit(
                Text(
                    zh=f"{self.id}: 实测指标应写明 measure，其他指标不写",
                    en="a measured criterion names its measure, any other has none",
                ),
                "scorer" if self.measure is None else "measure",
            )
        return self

    @model_validator(mode="after")
    def _recorded_has_no_points(self) -> Self:
        if self.recorded and self.points:
            raise misfit(
                Text(
                    zh=f"{self.id}: 只作记录的指标不计分，现为 {self.points} 分",
                    en=f"what is only recorded has no points, found {self.points}",
                ),
                "points",
            )
        return self

    @model_validator(mode="after")
    def _window_is_of_a_measure(self) -> Self:
        if self.measure is None and self.window_months != 1:
            raise misfit(
                Text(
                    zh=f"{self.id}: 只有实测指标可写 window_months，现为 {self.window_months}",
                    en=f"only a "
                    f"measured criterion reads several months, found window_months "
                    f"{self.window_months}; leave it out",
                ),
                "window_months",
            )
        return self


C = TypeVar("C", bound=CriterionBase)


class YesNo(CriterionBase):
    """Met or not met; with no points it serves a veto or a cap."""

    kind: Literal["yes_no"]


class Option(Strict):
    """One answer of a choice and its points."""

    key: str
    label: Text
    points: Points


class Choice(CriterionBase):
    """One of several named answers."""

    kind: Literal["choice"]
    options: Annotated[tuple[Option, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _options_fit(self) -> Self:
        keys = [option.key for option in self.options]
        for place, key in enumerate(keys):
            if key in keys[:place]:
                words = Text(zh=f"{self.id}: 选项 key 重复", en="two options share a key")
                raise misfit(words, "options", place, "key")
        return _best_is(self, max(option.points for option in self.options))


class Band(Strict):
    """The points of a number that reaches `limit`, the limit included."""

    limit: Decimal
    points: Points


class Bands(CriterionBase):
    """A number scored by bands, written from the best to the least; beyond the last, none."""

    kind: Literal["bands"]
    better: Literal["higher", "lower"]
    unit: Text
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _bands_fit(self) -> Self:
        sign = 1 if self.better == "higher" else -1
        for place, (best, next_best) in enumerate(pairwise(self.bands)):
            if sign * best.limit <= sign * next_best.limit or best.points <= next_best.points:
                raise misfit(
                    Text(
                        zh=f"{self.id}: 分档应由高分到低分，界限同向递变",
                        en="bands run from the best to the least, limits and points both",
                    ),
                    "bands",
                    place + 1,
                )
        return _best_is(self, self.bands[0].points)


class Share(CriterionBase):
    """A share from 0 to 1, scored in proportion between two shares."""

    kind: Literal["share"]
    zero_at: Annotated[Decimal, Field(ge=0, lt=1)] = Decimal(0)
    full_at: Annotated[Decimal, Field(gt=0, le=1)] = Decimal(1)

    @model_validator(mode="after")
    def _ends_fit(self) -> Self:
        if self.zero_at >= self.full_at:
            words = Text(
                zh=f"{self.id}: zero_at 应小于 full_at", en="zero_at must be below full_at"
            )
            raise misfit(words, "zero_at" if self.zero_at else "full_at")
        return self


class Deduction(CriterionBase):
    """Full points, less some for each case counted."""

    kind: Literal["deduction"]
    unit: Text
    per_unit: Annotated[Points, Field(gt=0)]


class Anchor(Strict):
    """What a level of a judged scale looks like, and its points."""

    level: NonNegativeInt
    label: Text
    points: Points


class Judged(CriterionBase):
    """A level of a scale with described anchors, from the least to the best."""

    kind: Literal["judged"]
    anchors: Annotated[tuple[Anchor, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _anchors_fit(self) -> Self:
        for place, (least, better) in enumerate(pairwise(self.anchors)):
            if better.level <= least.level or better.points <= least.points:
                raise misfit(
                    Text(
                        zh=f"{self.id}: 评定等级与分值应逐级递增",
                        en="levels and points of a judged scale rise together",
                    ),
                    "anchors",
                    place + 1,
                )
        return _best_is(self, self.anchors[-1].points)


Criterion = Annotated[
    YesNo | Choice | Bands | Share | Deduction | Judged, Field(discriminator="kind")
]


def _best_is(criterion: C, best: Decimal) -> C:
    """Reject a criterion whose best answer does not earn its points."""
    if best != criterion.points:
        raise misfit(
            Text(
                zh=f"{criterion.id}: 最高得分 {best} 与指标分值 {criterion.points} 不一致",
                en=f"the best answer earns {best}, but the criterion has {criterion.points} points",
            ),
            "points",
        )
    return criterion
