"""Lint of what an edition can say beyond points: levels, tables, counts, averaged shares."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rukang.base.definitions import Remark, Text, Where, nearest
from rukang.engines.rating.criteria.edition import (
    AtLeastOf,
    Combine,
    Edition,
    RatingRequirement,
    Section,
    SectionRequirement,
    Table,
)
from rukang.engines.rating.stars.points import tenths


def lint_constructs(edition: Edition) -> Iterator[Remark]:
    """Return every fault of them, with the key that has to be mended."""
    for n, part in enumerate(edition.sections):
        yield from _rising(("sections", n), part)
    yield from _order(edition)
    yield from _tops(edition)
    for n, rule in enumerate(edition.rules):
        if isinstance(rule, Table):
            yield from _table(edition, ("rules", n), rule)
    yield from _counts(edition)
    yield from _shares(edition)


def _rising(where: Where, part: Section) -> Iterator[Remark]:
    """Say which levels of a section do not rise, or cannot be reached."""
    for n, (lower, higher) in enumerate(pairwise(part.levels), 1):
        if higher.level <= lower.level or higher.at_least < lower.at_least:
            yield Remark(
                (*where, "levels", n, "level" if higher.level <= lower.level else "at_least"),
                Text(
                    zh=f"{part.id}: 等级 {higher.level} 应排在 {lower.level} 之上，分数线不低于它",
                    en=f"level {higher.level} must be above {lower.level}, its points not below",
                ),
            )
    for n, level in enumerate(part.levels):
        if level.at_least > part.points:
            yield Remark(
                (*where, "levels", n, "at_least"),
                Text(
                    zh=f"{part.id}: 等级 {level.level} 需 {level.at_least} 分，"
                    f"最多 {part.points} 分",
                    en=f"level {level.level} needs {level.at_least} points of {part.points}",
                ),
            )


def _order(edition: Edition) -> Iterator[Remark]:
    """Say which level refers to the rating of its own section, or of one that stands after it."""
    place = {part.id: n for n, part in enumerate(edition.sections)}
    for owner, where, leaf in edition.plain_requirements():
        if where[0] != "sections" or not isinstance(leaf, RatingRequirement):
            continue
        _, section, _, level, *_ = where
        if place.get(leaf.rating_of, len(place)) >= int(section):
            number = edition.sections[int(section)].levels[int(level)].level
            yield Remark(
                (*where, "rating_of"),
                Text(
                    zh=f"{owner}: 等级 {number} 只能引用排在前面的部分，不能引用 {leaf.rating_of}",
                    en=f"level {number} may refer to sections before it, not to {leaf.rating_of}",
                ),
            )


def _tops(edition: Edition) -> Iterator[Remark]:
    """Say which requirement asks for a level above the highest."""
    for owner, where, leaf in edition.plain_requirements():
        if not isinstance(leaf, RatingRequirement):
            continue
        if 0 < (top := _top(edition, leaf.rating_of)) < leaf.at_least:
            yield Remark(
                (*where, "at_least"),
                Text(
                    zh=f"{owner}: {leaf.rating_of} 最高等级 {top}",
                    en=f"{leaf.rating_of} has no level above {top}, {leaf.at_least} is required",
                ),
            )


def _top(edition: Edition, name: str) -> int:
    """Return the highest level of a section; 0 if it has none, or there is no such section."""
    section = edition.section_by_id.get(name)
    return max((one.level for one in section.levels), default=0) if section else 0


def _table(edition: Edition, where: Where, rule: Table) -> Iterator[Remark]:
    """Say what of a table does not fit the ratings of its two sections, or falls."""
    for key, name in (("rows", rule.rows), ("columns", rule.columns)):
        if not _top(edition, name):
            near = nearest(name, [part.id for part in edition.sections if part.levels])
            zh, en = (f"；是不是 {near}？", f"; did you mean {near}?") if near else ("", "")
            words = Text(zh=f"{rule.id}: {name} 没有等级{zh}", en=f"{name} has no levels{en}")
            yield Remark((*where, key), words)
            return
    rows, columns = _top(edition, rule.rows) + 1, _top(edition, rule.columns) + 1
    if len(rule.stars) != rows or any(len(row) != columns for row in rule.stars):
        yield Remark(
            (*where, "stars"),
            Text(
                zh=f"{rule.id}: 表应为 {rows} 行 {columns} 列（等级从 0 起）",
                en=f"the table is to have {rows} rows and {columns} columns, levels from 0",
            ),
        )
        return
    lines = [*rule.stars, *zip(*rule.stars, strict=True)]
    if any(left > right for line in lines for left, right in pairwise(line)):
        words = Text(zh=f"{rule.id}: 等级更高，星级却更低", en="a better rating has a lower star")
        yield Remark((*where, "stars"), words)
    if (most := max(map(max, rule.stars))) > edition.top_star:
        yield Remark(
            (*where, "stars"),
            Text(
                zh=f"{rule.id}: 表中 {most} 星高于最高 {edition.top_star} 星",
                en=f"star {most} is above the highest, {edition.top_star}",
            ),
        )


def _counts(edition: Edition) -> Iterator[Remark]:
    """Say which requirement asks for more of some than there are."""
    for owner, where, one in (one for top in edition.requirements() for one in top.within()):
        if isinstance(one, AtLeastOf) and one.at_least > len(one.of):
            yield Remark(
                (*where, "at_least"),
                Text(
                    zh=f"{owner}: 要求 {one.at_least} 项，只列出 {len(one.of)} 项",
                    en=f"{one.at_least} are required of {len(one.of)}",
                ),
            )


def _shares(edition: Edition) -> Iterator[Remark]:
    """Say which share of an averaged section is no whole tenth of a point, as its points are."""
    floors = (
        (part.id, ("sections", n, "floor"),
         SectionRequirement(section=part.id, share=part.floor.share))
        for n, part in enumerate(edition.sections)
        if part.floor is not None
    )  # fmt: skip
    for owner, where, need in (*edition.plain_requirements(), *floors):
        if not isinstance(need, SectionRequirement) or need.share is None:
            continue
        part = edition.section_by_id.get(need.section)
        if part is None or part.combine is Combine.SUM:
            continue
        points = need.share * part.points
        if points != tenths(points):
            yield Remark(
                (*where, "share"),
                Text(
                    zh=f"{owner}: {need.section} 的 {need.share} 应合整 0.1 分，现为 {points} 分",
                    en=f"a "
                    f"share of {need.section} has to be a whole tenth of a point, not {points}",
                ),
            )
