"""From points to the star, step by step and in words.

Order: missing data that forbids a rating (an answer the edition insists on, or too little known in
all), vetoes, thresholds with their further requirements,
section floors, then caps and steps as the edition lists them. Each step says whether it held and
which star was left after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from rukang.base.definitions import Text
from rukang.engines.rating.criteria.edition import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Cap,
    CriterionRequirement,
    Edition,
    FactRequirement,
    Least,
    Level,
    NoneOf,
    RatingRequirement,
    Requirement,
    SectionRequirement,
    Step,
    Table,
    counted,
    parts_of,
)
from rukang.engines.rating.sheets.sheet import State
from rukang.engines.rating.stars.points import on_scale
from rukang.engines.rating.stars.rating import CriterionScore, PathStep, SectionScore


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

    def holds(self, requirement: Requirement, *, negated: bool = False) -> bool:
        """Say whether a requirement is met, or negated: known not to be met."""
        if (found := counted(requirement)) is None:
            return self._unmet(requirement) if negated else self._met(requirement)
        count, parts, flipped = found
        wanted = len(parts) - count + 1 if negated else count
        return sum(self.holds(part, negated=negated != flipped) for part in parts) >= wanted

    def _met(self, requirement: Requirement) -> bool:
        """Say whether a plain requirement is met; an unknown fact does not meet it."""
        match requirement:
            case CriterionRequirement():
                return criterion_holds(requirement, self.criteria[requirement.criterion])
            case SectionRequirement(section=name, share=share) if share is not None:
                return self.sections[name].reaches(share)
            case SectionRequirement(section=name, at_least=least):
                return self.sections[name].reaches_points(least or Decimal(0))
            case FactRequirement(fact=key, at_least=least):
                return key in self.facts and self.facts[key] >= least
            case RatingRequirement(rating_of=name, at_least=level):
                return self.level(name) >= level
        raise TypeError(f"no plain requirement: {type(requirement).__name__}")

    def _unmet(self, requirement: Requirement) -> bool:
        """Say whether a plain requirement is known not to be met."""
        match requirement:
            case CriterionRequirement():
                return criterion_fails(requirement, self.criteria[requirement.criterion])
            case FactRequirement(fact=key):
                return key in self.facts and not self._met(requirement)
        return not self._met(requirement)

    def level(self, section: str) -> int:
        """Return the rating of a section: its highest level that holds, 0 where none does."""
        levels = self.edition.section_by_id[section].levels
        return max((one.level for one in levels if self._is_level(section, one)), default=0)

    def _is_level(self, section: str, level: Level) -> bool:
        enough = self.sections[section].reaches_points(level.at_least)
        return enough and all(map(self.holds, level.requires))


def criterion_holds(requirement: CriterionRequirement, score: CriterionScore) -> bool:
    """Say whether a criterion's score meets a requirement; what does not apply hinders nothing."""
    if score.state is State.NOT_APPLICABLE:
        return True
    if requirement.at_least is None:
        return score.in_full
    return score.earned >= requirement.at_least


def criterion_fails(requirement: CriterionRequirement, score: CriterionScore) -> bool:
    """Say whether a criterion's score is known not to meet a requirement."""
    return score.state is not State.NO_DATA and not criterion_holds(requirement, score)


def climb(
    edition: Edition,
    sections: tuple[SectionScore, ...],
    facts: Mapping[str, Decimal],
    total: Decimal,
) -> tuple[PathStep, ...]:
    """Return the path to the star; the star of the last step is the result."""
    criteria = {item.id: item for section in sections for item in section.criteria}
    standings = Standings(edition, {part.id: part for part in sections}, criteria, facts, total)
    if refusals := (*_refusals(standings), *_uncovered(standings)):
        return refusals
    vetoes = tuple(_vetoes(standings))
    if not all(step.holds for step in vetoes):
        return (*vetoes, _result(0))
    ratings = tuple(_ratings(standings))
    star, thresholds = _thresholds(standings)
    star, adjustments = _adjust(standings, star)
    return (*vetoes, *ratings, *thresholds, *adjustments, _result(star))


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


def _uncovered(standings: Standings) -> Iterator[PathStep]:
    """Say that too little is known for a star, where the edition demands a coverage."""
    least = standings.edition.coverage
    applies = [i for i in standings.criteria.values() if i.state is not State.NOT_APPLICABLE]
    asked = sum((item.points for item in applies), Decimal(0))
    known = sum((item.points for item in applies if item.state is not State.NO_DATA), Decimal(0))
    if least is None or known >= least * asked:
        return
    share = f"{(least * 100).normalize():f} %"
    yield PathStep(
        rule="coverage",
        holds=False,
        star=None,
        words=Text(
            zh=f"适用的 {asked} 分中只查明 {known} 分，标准要求至少查明 {share}，不能评定",
            en=f"of {asked} points that apply only {known} are known; at least {share} have to be,"
            " so no star can be given",
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


def _ratings(standings: Standings) -> Iterator[PathStep]:
    """Say how each section is rated that has levels."""
    for section in standings.edition.sections:
        if section.levels:
            reached = standings.level(section.id)
            titles = {level.level: level.title for level in section.levels}
            title = titles.get(reached, Text(zh="未达到任何等级", en="no level"))
            part = standings.sections[section.id]
            points = on_scale(part.earned, part.applicable, part.points)
            yield PathStep(
                rule=section.id,
                holds=reached > 0,
                star=None,
                words=Text(
                    zh=f"「{section.title.zh}」{points} 分，评为「{title.zh}」（{reached}）",
                    en=f"section “{section.title.en}” with {points} is rated “{title.en}”"
                    f" ({reached})",
                ),
            )


def _thresholds(standings: Standings) -> tuple[int, list[PathStep]]:
    """Return the highest star whose points and requirements hold, with a step for each star.

    A star requires what every lower star requires, too. Where none holds it is the least star of
    the edition.
    """
    reached, steps = standings.edition.least_star, []
    name, score = standings.decisive
    for star in standings.edition.stars:
        enough = score >= star.at_least
        needs = standings.edition.required_for(star)
        lacking = [need for need in needs if not standings.holds(need)]
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
        if isinstance(rule, Table):
            rows, columns = standings.level(rule.rows), standings.level(rule.columns)
            star = rule.stars[rows][columns]
            title = Text(
                zh=f"{rule.title.zh}（{rows} × {columns}：{star} 星）",
                en=f"{rule.title.en} ({rows} × {columns}: star {star})",
            )
            yield rule.id, title, True, partial(_replaced, star)
            continue
        holds = standings.holds(rule.requires)
        yield rule.id, rule.title, holds, partial(_after_rule, rule, holds)


def _replaced(by: int, _star: int) -> int:
    return by


def _after_rule(rule: Cap | Step | Least, holds: bool, star: int) -> int:
    """Return the star after a cap, a bound from below, or a step."""
    if isinstance(rule, Cap):
        return star if holds else min(star, rule.max_star)
    if isinstance(rule, Least):
        return max(star, rule.min_star) if holds else star
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
        case RatingRequirement(rating_of=name, at_least=level):
            part = edition.section_by_id[name]
            title = next((one.title for one in part.levels if one.level == level), part.title)
            return Text(
                zh=f"「{part.title.zh}」评为「{title.zh}」以上",
                en=f"section “{part.title.en}” rated “{title.en}” or better",
            )
    return _composite_words(edition, requirement)


def _composite_words(edition: Edition, requirement: Requirement) -> Text:
    """Say a requirement that is made of others."""
    parts = [requirement_words(edition, part) for part in parts_of(requirement)]
    zh, en = "；".join(part.zh for part in parts), "; ".join(part.en for part in parts)
    match requirement:
        case AllOf():
            return Text(zh=f"以下全部满足（{zh}）", en=f"all of ({en})")
        case AnyOf():
            return Text(zh=f"以下至少满足一项（{zh}）", en=f"one of ({en})")
        case NoneOf():
            return Text(zh=f"以下均不满足（{zh}）", en=f"none of ({en})")
        case AtLeastOf(at_least=count):
            return Text(zh=f"以下至少满足 {count} 项（{zh}）", en=f"{count} or more of ({en})")
    raise TypeError(f"no composite requirement: {type(requirement).__name__}")
