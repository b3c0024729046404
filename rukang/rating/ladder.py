"""From points to the star, step by step and in words.

Order: missing data that forbids a rating, vetoes, thresholds with their further requirements,
section floors, then caps and steps as the edition lists them. Each step says whether it held and
which star was left after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from rukang.rating.edition import (
    Cap,
    CriterionRequirement,
    Edition,
    FactRequirement,
    Requirement,
    Rule,
    SectionRequirement,
)
from rukang.rating.points import on_scale
from rukang.rating.rating import CriterionScore, PathStep, SectionScore
from rukang.rating.sheet import State
from rukang.rating.text import Text


@dataclass(frozen=True)
class Standings:
    """The scores and facts requirements are held against."""

    edition: Edition
    sections: Mapping[str, SectionScore]
    criteria: Mapping[str, CriterionScore]
    facts: Mapping[str, Decimal]
    total: Decimal

    @property
    def decisive(self) -> tuple[Text, Decimal]:
        """Return the points the thresholds are held against, by name: a section's, or the total."""
        if self.edition.start is None:
            return Text(zh="总分", en="total"), self.total
        section = self.sections[self.edition.start]
        return section.title, on_scale(section.earned, section.applicable, section.points)

    def holds(self, requirement: Requirement) -> bool:
        """Say whether a requirement is met; an unknown fact does not meet it."""
        match requirement:
            case CriterionRequirement():
                return criterion_holds(requirement, self.criteria[requirement.criterion])
            case SectionRequirement(section=name, share=share) if share is not None:
                return self.sections[name].reaches(share)
            case SectionRequirement(section=name, at_least=least):
                return self.sections[name].reaches_points(least or Decimal(0))
            case FactRequirement(fact=key, at_least=least):
                return key in self.facts and self.facts[key] >= least


def criterion_holds(requirement: CriterionRequirement, score: CriterionScore) -> bool:
    """Say whether a criterion's score meets a requirement; what does not apply hinders nothing."""
    if score.state is State.NOT_APPLICABLE:
        return True
    if requirement.at_least is None:
        return score.in_full
    return score.earned >= requirement.at_least


def climb(
    edition: Edition,
    sections: tuple[SectionScore, ...],
    facts: Mapping[str, Decimal],
    total: Decimal,
) -> tuple[PathStep, ...]:
    """Return the path to the star; the star of the last step is the result."""
    criteria = {item.id: item for section in sections for item in section.criteria}
    standings = Standings(edition, {part.id: part for part in sections}, criteria, facts, total)
    if any(item.refuses for item in criteria.values()):
        return tuple(_refusals(standings))
    vetoes = tuple(_vetoes(standings))
    if not all(step.holds for step in vetoes):
        return (*vetoes, _result(0))
    star, thresholds = _thresholds(standings)
    star, adjustments = _adjust(standings, star)
    return (*vetoes, *thresholds, *adjustments, _result(star))


def _refusals(standings: Standings) -> Iterator[PathStep]:
    """Name each answer without which no star can be given."""
    for item in standings.criteria.values():
        if item.refuses:
            yield PathStep(
                rule=item.id,
                holds=False,
                star=None,
                words=Text(
                    zh=f"「{item.title.zh}」没有数据，不能评定",
                    en=f"no data on “{item.title.en}”, so no star can be given",
                ),
            )


def _vetoes(standings: Standings) -> Iterator[PathStep]:
    """Say of each veto whether it strikes."""
    for veto in standings.edition.vetoes:
        holds = standings.holds(veto.requires)
        outcome = (
            Text(zh="未触发", en="does not strike") if holds else Text(zh="不得评星", en="no star")
        )
        yield PathStep(
            rule=veto.id,
            holds=holds,
            star=None if holds else 0,
            words=Text(
                zh=f"一票否决「{veto.title.zh}」：{outcome.zh}",
                en=f"veto “{veto.title.en}”: {outcome.en}",
            ),
        )


def _thresholds(standings: Standings) -> tuple[int, list[PathStep]]:
    """Return the highest star whose points and requirements hold, with a step for each star.

    Where none holds it is the least star of the edition.
    """
    reached, steps = standings.edition.least_star, []
    name, score = standings.decisive
    for star in standings.edition.stars:
        enough = score >= star.at_least
        lacking = [need for need in star.requires if not standings.holds(need)]
        if enough and not lacking:
            reached = star.star
        sign = "≥" if enough else "<"
        points = f"{score} {sign} {star.at_least}"
        wants = [requirement_words(standings.edition, need) for need in lacking]
        steps.append(
            PathStep(
                rule=f"{star.star}★",
                holds=enough and not lacking,
                star=reached,
                words=Text(
                    zh="；".join(
                        [f"{star.star} 星：{name.zh} {points}", *(f"未满足 {w.zh}" for w in wants)]
                    ),
                    en="; ".join(
                        [
                            f"star {star.star}: {name.en} {points}",
                            *(f"lacking {w.en}" for w in wants),
                        ]
                    ),
                ),
            )
        )
    return reached, steps


def _adjust(standings: Standings, star: int) -> tuple[int, list[PathStep]]:
    """Apply section floors, then caps and steps, each to the star left by the one before."""
    steps, edition = [], standings.edition
    for name, title, holds, change in _adjustments(standings):
        before, star = star, min(edition.top_star, max(edition.least_star, change(star)))
        words = _applied(title, holds, before, star)
        steps.append(PathStep(rule=name, holds=holds, star=star, words=words))
    return star, steps


def _adjustments(standings: Standings) -> Iterator[tuple[str, Text, bool, Callable[[int], int]]]:
    """Return each floor, cap and step with whether it holds and what it does to a star."""
    edition = standings.edition
    for section in edition.sections:
        if section.floor is not None:
            need = SectionRequirement(section=section.id, share=section.floor.share)
            holds = standings.holds(need)
            limit = edition.top_star if holds else section.floor.max_star
            yield section.id, requirement_words(edition, need), holds, partial(min, limit)
    for rule in edition.rules:
        holds = standings.holds(rule.requires)
        yield rule.id, rule.title, holds, partial(_after_rule, rule, holds)


def _after_rule(rule: Rule, holds: bool, star: int) -> int:
    """Return the star after a cap or a step."""
    if isinstance(rule, Cap):
        return star if holds else min(star, rule.max_star)
    return star + (rule.if_met if holds else rule.if_not_met)


def _applied(title: Text, holds: bool, before: int, after: int) -> Text:
    """Word a floor, cap or step and what it did to the star."""
    met = Text(zh="满足", en="met") if holds else Text(zh="未满足", en="not met")
    if before == after:
        return Text(
            zh=f"{title.zh}：{met.zh}，星级不变", en=f"{title.en}: {met.en}, star unchanged"
        )
    return Text(
        zh=f"{title.zh}：{met.zh}，{before} 星调整为 {after} 星",
        en=f"{title.en}: {met.en}, star {before} becomes {after}",
    )


def _result(star: int) -> PathStep:
    """Return the last step."""
    words = (
        Text(zh=f"结果：{star} 星", en=f"result: star {star}")
        if star
        else Text(zh="结果：未达到星级", en="result: no star")
    )
    return PathStep(rule="=", holds=star > 0, star=star, words=words)


def requirement_words(edition: Edition, requirement: Requirement) -> Text:
    """Say a requirement in words."""
    match requirement:
        case CriterionRequirement(criterion=name, at_least=least):
            title = edition.criteria[name].title
            if least is None:
                return Text(zh=f"「{title.zh}」完全符合", en=f"“{title.en}” met in full")
            return Text(zh=f"「{title.zh}」不低于 {least} 分", en=f"“{title.en}” at least {least}")
        case SectionRequirement(section=name, share=share, at_least=at_least):
            title = next(part.title for part in edition.sections if part.id == name)
            if share is None:
                return Text(
                    zh=f"「{title.zh}」不低于 {at_least} 分",
                    en=f"section “{title.en}” at least {at_least}",
                )
            percent = f"{(share * 100).normalize():f} %"
            return Text(
                zh=f"「{title.zh}」得分率不低于 {percent}",
                en=f"section “{title.en}” at least {percent}",
            )
        case FactRequirement(fact=key, at_least=least):
            fact = next(item for item in edition.facts if item.key == key)
            return Text(
                zh=f"{fact.title.zh}不少于 {least} {fact.unit.zh}",
                en=f"{fact.title.en} at least {least} {fact.unit.en}",
            )
