"""Check that an edition adds up: what strict types alone cannot see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, pairwise

from rukang.rating.edition import (
    Cap,
    CriterionRequirement,
    Edition,
    FactRequirement,
    Requirement,
    SectionRequirement,
    Step,
)


def lint(edition: Edition) -> list[str]:
    """Return every fault of an edition as a sentence; an empty list means it can be used.

    Checked: unique ids; criteria add up to their section and sections to the edition; thresholds
    rise, can be reached and have distinct stars; requirements name what exists and can be met;
    no criterion without effect; measured criteria take a number; limits limit; steps step; the
    next visit is due while the star still holds.
    """
    return list(
        chain(
            _unique_ids(edition),
            _points_add_up(edition),
            _thresholds(edition),
            _requirements(edition),
            _dead_criteria(edition),
            _measured_kinds(edition),
            _limits(edition),
            _least_star(edition),
            _periods(edition),
        )
    )


def _unique_ids(edition: Edition) -> Iterator[str]:
    """Say which id stands twice, among sections, criteria, vetoes and rules together."""
    ids = chain(
        (section.id for section in edition.sections),
        (item.id for section in edition.sections for item in section.criteria),
        (veto.id for veto in edition.vetoes),
        (rule.id for rule in edition.rules),
        (fact.key for fact in edition.facts),
    )
    for name, times in Counter(ids).items():
        if times > 1:
            yield f"编号 {name} 出现 {times} 次 / id {name} stands {times} times"


def _points_add_up(edition: Edition) -> Iterator[str]:
    """Say where a declared total differs from the sum of its parts."""
    for section in edition.sections:
        total = sum(item.points for item in section.criteria)
        if total != section.points:
            yield (
                f"{section.id}: 指标合计 {total} 分，应为 {section.points} 分 / criteria add up to "
                f"{total} points, not {section.points}"
            )
    total = sum(section.points for section in edition.sections)
    if total != edition.points:
        yield (
            f"各部分合计 {total} 分，应为 {edition.points} 分 / sections add up to {total} points, "
            f"not {edition.points}"
        )


def _thresholds(edition: Edition) -> Iterator[str]:
    """Say which star cannot be told apart or reached."""
    for lower, higher in pairwise(edition.stars):
        if higher.star <= lower.star or higher.at_least <= lower.at_least:
            yield (
                f"{higher.star} 星的分数线应高于 {lower.star} 星 / the threshold of star "
                f"{higher.star} must be above that of star {lower.star}"
            )
    points = _decisive_points(edition)
    if points is None:
        yield f"start: 没有部分 {edition.start} / there is no section {edition.start}"
        return
    for star in edition.stars:
        if star.at_least > points:
            yield (
                f"{star.star} 星需 {star.at_least} 分，总分只有 {points} 分 / star "
                f"{star.star} needs {star.at_least} points of {points}"
            )


def _decisive_points(edition: Edition) -> Decimal | None:
    """Return the points thresholds are held against; None where their section is unknown."""
    if edition.start is None:
        return edition.points
    return next((part.points for part in edition.sections if part.id == edition.start), None)


def _requirements(edition: Edition) -> Iterator[str]:
    """Say which requirement names something unknown or more than there is."""
    for owner, requirement in edition.requirements():
        name = _unknown_name(edition, requirement)
        if name is not None:
            yield f"{owner}: 没有 {name} / there is no {name} in this edition"
        elif isinstance(requirement, CriterionRequirement):
            points = edition.criteria[requirement.criterion].points
            if requirement.at_least is not None and requirement.at_least > points:
                yield (
                    f"{owner}: {requirement.criterion} 最多 {points} 分 / {requirement.criterion} "
                    f"earns {points} points at most, {requirement.at_least} are required"
                )
        elif isinstance(requirement, SectionRequirement) and requirement.at_least is not None:
            most = next(p.points for p in edition.sections if p.id == requirement.section)
            if requirement.at_least > most:
                yield (
                    f"{owner}: {requirement.section} 最多 {most} 分 / {requirement.section} has "
                    f"{most} points, {requirement.at_least} are required"
                )


def _unknown_name(edition: Edition, requirement: Requirement) -> str | None:
    """Return the name a requirement uses that the edition does not have."""
    match requirement:
        case CriterionRequirement(criterion=name):
            known = name in edition.criteria
        case SectionRequirement(section=name):
            known = any(section.id == name for section in edition.sections)
        case FactRequirement(fact=name):
            known = any(fact.key == name for fact in edition.facts)
    return None if known else name


def _dead_criteria(edition: Edition) -> Iterator[str]:
    """Say which criterion has neither points nor a requirement on it."""
    used = {
        requirement.criterion
        for _, requirement in edition.requirements()
        if isinstance(requirement, CriterionRequirement)
    }
    for item in edition.criteria.values():
        if not item.points and item.id not in used:
            yield (
                f"{item.id}: 无分值且未被引用 / has no points and no veto, star or rule requires it"
            )


def _measured_kinds(edition: Edition) -> Iterator[str]:
    """Say which measured criterion is of a kind that takes no number."""
    for item in edition.criteria.values():
        if item.measure is not None and item.kind not in ("bands", "share", "deduction"):
            yield (
                f"{item.id}: 实测指标应为分档、比例或扣分 / a measured criterion is of kind bands, "
                f"share or deduction, not {item.kind}"
            )


def _limited(edition: Edition) -> Iterator[tuple[str, int]]:
    """Return each cap and floor by its id with the star it limits to."""
    yield from ((rule.id, rule.max_star) for rule in edition.rules if isinstance(rule, Cap))
    yield from ((part.id, part.floor.max_star) for part in edition.sections if part.floor)


def _limits(edition: Edition) -> Iterator[str]:
    """Say which cap, floor or step changes nothing."""
    for owner, max_star in _limited(edition):
        if max_star >= edition.top_star:
            yield (
                f"{owner}: 封顶 {max_star} 星不起作用 / a limit of {max_star} stars limits "
                f"nothing, the highest is {edition.top_star}"
            )
    for rule in edition.rules:
        if isinstance(rule, Step) and rule.if_met == rule.if_not_met == 0:
            yield f"{rule.id}: 升降级均为 0 / the step neither rises nor falls"


def _least_star(edition: Edition) -> Iterator[str]:
    """Say which star, floor or cap is below the least star, and that nothing is above it."""
    least = edition.least_star
    if least >= edition.top_star:
        yield (
            f"least_star: 最低 {least} 星不低于最高 {edition.top_star} 星 / the least star {least} "
            f"is not below the highest, {edition.top_star}"
        )
    for star in edition.stars:
        if star.star < least:
            yield (
                f"{star.star}★: 低于最低 {least} 星，不会评出 / star {star.star} is below the "
                f"least, {least}, and never given"
            )
    for owner, max_star in _limited(edition):
        if max_star < least:
            yield (
                f"{owner}: 封顶 {max_star} 星低于最低 {least} 星 / a limit of {max_star} stars is "
                f"below the least, {least}"
            )


def _periods(edition: Edition) -> Iterator[str]:
    """Say when a star would end before anybody visits again."""
    periods = edition.periods
    if periods.revisit_months > periods.validity_months:
        yield (
            f"periods: 复评期 {periods.revisit_months} 个月长于星级有效期 "
            f"{periods.validity_months} 个月 / revisit_months {periods.revisit_months} is longer "
            f"than validity_months {periods.validity_months}; a star would end unvisited"
        )
