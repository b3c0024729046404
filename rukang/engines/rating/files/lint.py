"""Check that an edition adds up: what strict types alone cannot see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, combinations, pairwise

from rukang.base.definitions import Remark, Text, Where, nearest
from rukang.engines.rating.criteria.criterion import Criterion
from rukang.engines.rating.criteria.edition import (
    Cap,
    Combine,
    CriterionRequirement,
    Edition,
    FactRequirement,
    Least,
    RatingRequirement,
    Requirement,
    SectionRequirement,
    Step,
    key_of,
    leaves,
)
from rukang.engines.rating.files.constructs import lint_constructs
from rukang.engines.rating.stars.ladder import requirement_words


def lint(edition: Edition) -> list[Remark]:
    """Return every fault of an edition with its place; an empty list means it can be used.

    Checked: unique ids; criteria add up to their section and sections to the edition; thresholds
    rise, can be reached and have distinct stars; requirements name what exists and can be met, and
    no star asks less of the same than a lower one, whose requirements it has, too;
    no criterion without effect; measured criteria take a number; limits limit; steps step; the
    next visit is due while the star still holds.
    """
    return list(
        chain(
            _unique_ids(edition),
            _points_add_up(edition),
            _thresholds(edition),
            _requirements(edition),
            _weaker(edition),
            _dead_criteria(edition),
            _measured_kinds(edition),
            _limits(edition),
            _least_star(edition),
            lint_constructs(edition),
            _periods(edition),
        )
    )


def _unique_ids(edition: Edition) -> Iterator[Remark]:
    """Say which id stands twice, among sections, criteria, vetoes and rules together."""
    ids: list[tuple[Where, str]] = [
        *((("sections", n, "id"), part.id) for n, part in enumerate(edition.sections)),
        *(((*where, "id"), item.id) for where, item in _criteria(edition)),
        *((("vetoes", n, "id"), veto.id) for n, veto in enumerate(edition.vetoes)),
        *((("rules", n, "id"), rule.id) for n, rule in enumerate(edition.rules)),
        *((("facts", n, "key"), fact.key) for n, fact in enumerate(edition.facts)),
    ]
    last = {name: where for where, name in ids}
    for name, times in Counter(name for _, name in ids).items():
        if times > 1:
            words = Text(zh=f"编号 {name} 出现 {times} 次", en=f"id {name} stands {times} times")
            yield Remark(last[name], words)


def _criteria(edition: Edition) -> Iterator[tuple[Where, Criterion]]:
    """Yield every criterion with its path."""
    for n, part in enumerate(edition.sections):
        for m, item in enumerate(part.criteria):
            yield ("sections", n, "criteria", m), item


def _points_add_up(edition: Edition) -> Iterator[Remark]:
    """Say where a declared total differs from the sum of its parts."""
    for n, section in enumerate(edition.sections):
        total = sum(item.points for item in section.criteria)
        if total != section.points and section.combine is Combine.SUM:
            yield Remark(
                ("sections", n, "points"),
                Text(
                    zh=f"{section.id}: 指标合计 {total} 分，应为 {section.points} 分",
                    en=f"criteria add up to {total} points, not {section.points}",
                ),
            )
    total = sum(section.points for section in edition.sections)
    if total != edition.points and edition.combine is Combine.SUM:
        yield Remark(
            ("points",),
            Text(
                zh=f"各部分合计 {total} 分，应为 {edition.points} 分",
                en=f"sections add up to {total} points, not {edition.points}",
            ),
        )


def _thresholds(edition: Edition) -> Iterator[Remark]:
    """Say which star cannot be told apart or reached."""
    for n, (lower, higher) in enumerate(pairwise(edition.stars), 1):
        if higher.star <= lower.star or higher.at_least <= lower.at_least:
            key = "star" if higher.star <= lower.star else "at_least"
            yield Remark(
                ("stars", n, key),
                Text(
                    zh=f"{higher.star} 星的分数线应高于 {lower.star} 星",
                    en=f"the threshold of star "
                    f"{higher.star} must be above that of star {lower.star}",
                ),
            )
    points = _decisive_points(edition)
    if points is None:
        words = Text(
            zh=f"start: 没有部分 {edition.start}", en=f"there is no section {edition.start}"
        )
        yield Remark(("start",), words)
        return
    for n, star in enumerate(edition.stars):
        if star.at_least > points:
            yield Remark(
                ("stars", n, "at_least"),
                Text(
                    zh=f"{star.star} 星需 {star.at_least} 分，总分只有 {points} 分",
                    en=f"star {star.star} needs {star.at_least} points of {points}",
                ),
            )


def _decisive_points(edition: Edition) -> Decimal | None:
    """Return the points thresholds are held against; None where their section is unknown."""
    if edition.start is None:
        return edition.points
    return next((part.points for part in edition.sections if part.id == edition.start), None)


def _requirements(edition: Edition) -> Iterator[Remark]:
    """Say which requirement names something unknown or more than there is."""
    for owner, where, requirement in edition.plain_requirements():
        name = _unknown_name(edition, requirement)
        if name is not None:
            near = nearest(name, _names(edition, requirement))
            zh, en = (f"；是不是 {near}？", f"; did you mean {near}?") if near else ("", "")
            words = Text(
                zh=f"{owner}: 没有 {name}{zh}", en=f"there is no {name} in this edition{en}"
            )
            yield Remark((*where, key_of(requirement)), words)
        elif isinstance(requirement, CriterionRequirement):
            points = edition.criteria[requirement.criterion].points
            if requirement.at_least is not None and requirement.at_least > points:
                yield Remark(
                    (*where, "at_least"),
                    Text(
                        zh=f"{owner}: {requirement.criterion} 最多 {points} 分",
                        en=f"{requirement.criterion} "
                        f"earns {points} points at most, {requirement.at_least} are required",
                    ),
                )
        elif isinstance(requirement, SectionRequirement) and requirement.at_least is not None:
            most = edition.section_by_id[requirement.section].points
            if requirement.at_least > most:
                yield Remark(
                    (*where, "at_least"),
                    Text(
                        zh=f"{owner}: {requirement.section} 最多 {most} 分",
                        en=f"{requirement.section} has "
                        f"{most} points, {requirement.at_least} are required",
                    ),
                )


def _weaker(edition: Edition) -> Iterator[Remark]:
    """Say which star asks less of something than a lower star does, which changes nothing."""
    for (_, lower), (n, higher) in combinations(enumerate(edition.stars), 2):
        for place, need in enumerate(higher.requires):
            known = all(_unknown_name(edition, leaf) is None for leaf in leaves(need))
            if known and any(_less(need, other) for other in lower.requires):
                words = requirement_words(edition, need)
                yield Remark(
                    ("stars", n, "requires", place, _amount_of(need)),
                    Text(
                        zh=f"{higher.star}★: {words.zh}，低于 {lower.star} 星的要求，不起作用"
                        "（高星级须满足低星级的全部要求）",
                        en=f"{words.en} is less than star {lower.star} requires "
                        "and changes nothing: a star requires all that lower stars require",
                    ),
                )


def _amount_of(need: Requirement) -> str:
    """Return the key of how much a plain requirement asks."""
    return "share" if isinstance(need, SectionRequirement) and need.share else "at_least"


def _less(need: Requirement, other: Requirement) -> bool:
    """Say whether a requirement asks less of the same thing than another one."""
    match need, other:
        case FactRequirement(fact=name), FactRequirement(fact=same) if name == same:
            return need.at_least < other.at_least
        case CriterionRequirement(criterion=name), CriterionRequirement(criterion=same) if (
            name == same
        ):
            return need.at_least is not None and (
                other.at_least is None or need.at_least < other.at_least
            )
        case SectionRequirement(section=name), SectionRequirement(section=same) if name == same:
            if need.share is not None and other.share is not None:
                return need.share < other.share
            if need.at_least is not None and other.at_least is not None:
                return need.at_least < other.at_least
    return False


def _unknown_name(edition: Edition, requirement: Requirement) -> str | None:
    """Return the name a requirement uses that the edition does not have."""
    match requirement:
        case CriterionRequirement(criterion=name):
            pass
        case SectionRequirement(section=name):
            pass
        case FactRequirement(fact=name):
            pass
        case RatingRequirement(rating_of=name):
            pass
        case _:
            return None
    return None if name in _names(edition, requirement) else name


def _names(edition: Edition, requirement: Requirement) -> list[str]:
    """Return the names of what a requirement may be about."""
    match requirement:
        case CriterionRequirement():
            return list(edition.criteria)
        case SectionRequirement():
            return [section.id for section in edition.sections]
        case FactRequirement():
            return [fact.key for fact in edition.facts]
        case RatingRequirement():
            return [section.id for section in edition.sections if section.levels]
    return []


def _dead_criteria(edition: Edition) -> Iterator[Remark]:
    """Say which criterion has neither points nor a requirement on it."""
    used = {
        requirement.criterion
        for _, _, requirement in edition.plain_requirements()
        if isinstance(requirement, CriterionRequirement)
    }
    for where, item in _criteria(edition):
        if item.recorded and item.id in used:
            words = Text(
                zh=f"{item.id}: 只作记录，却被引用",
                en="is only recorded, yet something requires it",
            )
            yield Remark((*where, "recorded"), words)
        if not item.points and item.id not in used and not item.recorded:
            yield Remark(
                (*where, "points"),
                Text(
                    zh=f"{item.id}: 无分值且未被引用",
                    en="has no points and no veto, star or rule requires it",
                ),
            )


def _measured_kinds(edition: Edition) -> Iterator[Remark]:
    """Say which measured criterion is of a kind that takes no number."""
    for where, item in _criteria(edition):
        if item.measure is not None and item.kind not in ("bands", "share", "deduction"):
            yield Remark(
                (*where, "kind"),
                Text(
                    zh=f"{item.id}: 实测指标应为分档、比例或扣分",
                    en=f"a measured criterion is of kind bands, "
                    f"share or deduction, not {item.kind}",
                ),
            )


def _limited(edition: Edition) -> Iterator[tuple[Where, str, int]]:
    """Yield the star each cap and floor limits to, with its path and the id of what has it."""
    for n, rule in enumerate(edition.rules):
        if isinstance(rule, Cap):
            yield ("rules", n, "max_star"), rule.id, rule.max_star
    for n, part in enumerate(edition.sections):
        if part.floor:
            yield ("sections", n, "floor", "max_star"), part.id, part.floor.max_star


def _limits(edition: Edition) -> Iterator[Remark]:
    """Say which cap, floor or step changes nothing."""
    for where, owner, max_star in _limited(edition):
        if max_star >= edition.top_star:
            yield Remark(
                where,
                Text(
                    zh=f"{owner}: 封顶 {max_star} 星不起作用",
                    en=f"a limit of {max_star} stars limits "
                    f"nothing, the highest is {edition.top_star}",
                ),
            )
    for n, rule in enumerate(edition.rules):
        if isinstance(rule, Least) and not edition.least_star < rule.min_star <= edition.top_star:
            yield Remark(
                ("rules", n, "min_star"),
                Text(
                    zh=f"{rule.id}: 至少 {rule.min_star} 星应高于最低 {edition.least_star} 星、"
                    f"不高于最高 {edition.top_star} 星",
                    en=f"at least {rule.min_star} stars has to be above the "
                    f"least, {edition.least_star}, and not above the highest, {edition.top_star}",
                ),
            )
        if isinstance(rule, Step) and rule.if_met == rule.if_not_met == 0:
            words = Text(zh=f"{rule.id}: 升降级均为 0", en="the step neither rises nor falls")
            yield Remark(("rules", n, "if_met"), words)


def _least_star(edition: Edition) -> Iterator[Remark]:
    """Say which star, floor or cap is below the least star, and that nothing is above it."""
    least = edition.least_star
    if least >= edition.top_star:
        yield Remark(
            ("least_star",),
            Text(
                zh=f"least_star: 最低 {least} 星不低于最高 {edition.top_star} 星",
                en=f"the least star {least} is not below the highest, {edition.top_star}",
            ),
        )
    for n, star in enumerate(edition.stars):
        if star.star < least:
            yield Remark(
                ("stars", n, "star"),
                Text(
                    zh=f"{star.star}★: 低于最低 {least} 星，不会评出",
                    en=f"star {star.star} is below the least, {least}, and never given",
                ),
            )
    for where, owner, max_star in _limited(edition):
        if max_star < least:
            yield Remark(
                where,
                Text(
                    zh=f"{owner}: 封顶 {max_star} 星低于最低 {least} 星",
                    en=f"a limit of {max_star} stars is below the least, {least}",
                ),
            )


def _periods(edition: Edition) -> Iterator[Remark]:
    """Say when a star would end before anybody visits again."""
    periods = edition.periods
    if periods.revisit_months > periods.validity_months:
        yield Remark(
            ("periods", "revisit_months"),
            Text(
                zh=f"periods: 复评期 {periods.revisit_months} 个月长于星级有效期 "
                f"{periods.validity_months} 个月",
                en=f"revisit_months {periods.revisit_months} is longer "
                f"than validity_months {periods.validity_months}; a star would end unvisited",
            ),
        )
