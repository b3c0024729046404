"""What a new edition changes against an old one, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from rukang.base.definitions import Strict, Text
from rukang.engines.rating.criteria.criterion import Criterion
from rukang.engines.rating.criteria.edition import (
    Edition,
    Periods,
    Requirement,
    Section,
    Star,
    Veto,
)
from rukang.engines.rating.criteria.edition import Rule as StarRule
from rukang.engines.rating.stars.ladder import requirement_words

Part = TypeVar("Part", bound=Strict)

FIELDS = {
    "title": Text(zh="名称", en="title"),
    "points": Text(zh="分值", en="points"),
    "kind": Text(zh="评分方式", en="kind"),
    "scorer": Text(zh="由谁评", en="who scores"),
    "measure": Text(zh="实测项", en="measure"),
    "window_months": Text(zh="读取月数", en="months read"),
    "no_data": Text(zh="无数据时", en="without data"),
    "may_not_apply": Text(zh="可以不适用", en="may not apply"),
    "evidence": Text(zh="佐证材料", en="evidence"),
    "floor": Text(zh="单项底线", en="floor"),
    "combine": Text(zh="汇总方式", en="how it is made of its parts"),
    "recorded": Text(zh="只作记录", en="only recorded"),
}
"""Fields worth a word of their own; what else differs is scoring."""

PERIODS = {
    "validity_months": Text(zh="星级有效月数", en="months a star holds"),
    "revisit_months": Text(zh="复评月数", en="months until the next visit"),
    "objection_workdays": Text(zh="异议期工作日", en="working days to object"),
    "publication_workdays": Text(zh="公布期工作日", en="working days to publish"),
    "correction_days": Text(zh="整改天数", en="days for corrective actions"),
}

SCORING = Text(zh="评分办法", en="scoring")
UNTOLD = {"source", "effort", "criteria"}
"""What changes nobody's points; criteria are told by themselves."""


def differences(before: Edition, after: Edition) -> tuple[Text, ...]:
    """Return every change of points, criteria, stars, vetoes and rules, in the new order.

    Nothing is said of sources, efforts, and the words on the title page.
    """
    return tuple(_differences(before, after))


def _differences(before: Edition, after: Edition) -> Iterator[Text]:
    if before.points != after.points:
        yield _changed(Text(zh="总分", en="points in all"), before.points, after.points)
    if before.combine != after.combine:
        what = Text(zh="总分的算法", en="how the total is made")
        yield _changed(what, before.combine, after.combine)
    if before.tolerance != after.tolerance:
        what = Text(zh="两人评分的允许差距", en="tolerance between two inspectors")
        yield _changed(what, before.tolerance, after.tolerance)
    if before.coverage != after.coverage:
        what = Text(zh="至少须查明的比例", en="least share that has to be known")
        yield _changed(what, before.coverage or "—", after.coverage or "—")
    yield from _periods(before.periods, after.periods)
    if before.start != after.start:
        what = Text(zh="决定初始星级的部分", en="section that decides the first star")
        yield _changed(what, before.start or "—", after.start or "—")
    if before.least_star != after.least_star:
        what = Text(zh="最低星级", en="least star")
        yield _changed(what, before.least_star, after.least_star)
    yield from _parts(_by_id(before.sections), _by_id(after.sections), _section)
    yield from _parts(before.criteria, after.criteria, _criterion)
    yield from _stars(before, after)
    yield from _parts(_by_id(before.vetoes), _by_id(after.vetoes), _veto)
    yield from _parts(_by_id(before.rules), _by_id(after.rules), _rule)


def _periods(before: Periods, after: Periods) -> Iterator[Text]:
    was, now = before.model_dump(), after.model_dump()
    for key, what in PERIODS.items():
        if was[key] != now[key]:
            yield _changed(what, was[key], now[key])


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Kept = TypeVar("Kept", bound=_Identified)


def _by_id(parts: Iterable[Kept]) -> dict[str, Kept]:
    return {part.id: part for part in parts}


def _parts(
    before: Mapping[str, Part], after: Mapping[str, Part], name: Callable[[Part], Text]
) -> Iterator[Text]:
    """Tell what is new, what differs, and what is gone."""
    for key, part in after.items():
        old = before.get(key)
        if old is None:
            yield Text(zh=f"新增{name(part).zh}", en=f"new: {name(part).en}")
        elif changes := list(_fields(old, part)):
            yield Text(
                zh=f"{name(part).zh}：{'；'.join(change.zh for change in changes)}",
                en=f"{name(part).en}: {'; '.join(change.en for change in changes)}",
            )
    for key, part in before.items():
        if key not in after:
            yield Text(zh=f"删去{name(part).zh}", en=f"gone: {name(part).en}")


def _fields(old: Strict, new: Strict) -> Iterator[Text]:
    was, now = old.model_dump(), new.model_dump()
    differing = [key for key in {**was, **now} if was.get(key) != now.get(key)]
    for key in FIELDS:
        if key in differing:
            yield _changed(FIELDS[key], _word(was.get(key)), _word(now.get(key)))
    if set(differing) - FIELDS.keys() - UNTOLD:
        yield Text(zh=f"{SCORING.zh}有变", en=f"{SCORING.en} differs")


def _word(value: object) -> object:
    """Return a text by its Chinese, a floor by its figures, anything else as it is."""
    if isinstance(value, Mapping):
        return value.get("zh") or "、".join(f"{key} {item}" for key, item in value.items())
    return "—" if value is None else value


def _changed(what: Text, before: object, after: object) -> Text:
    return Text(zh=f"{what.zh} {before} → {after}", en=f"{what.en} {before} → {after}")


def _section(section: Section) -> Text:
    return Text(zh=f"部分 {section.id}「{section.title.zh}」", en=f"section “{section.title.en}”")


def _criterion(item: Criterion) -> Text:
    return Text(
        zh=f"指标 {item.id}「{item.title.zh}」（{item.points} 分）",
        en=f"criterion {item.id} “{item.title.en}” ({item.points} points)",
    )


def _veto(veto: Veto) -> Text:
    return Text(zh=f"一票否决 {veto.id}「{veto.title.zh}」", en=f"veto {veto.id} “{veto.title.en}”")


def _rule(rule: StarRule) -> Text:
    return Text(zh=f"升降规则 {rule.id}「{rule.title.zh}」", en=f"rule {rule.id} “{rule.title.en}”")


def _stars(before: Edition, after: Edition) -> Iterator[Text]:
    old = {star.star: star for star in before.stars}
    for star in after.stars:
        was = old.pop(star.star, None)
        if was is None:
            yield Text(
                zh=f"新增 {star.star} 星（{star.at_least} 分）",
                en=f"new: star {star.star} at {star.at_least}",
            )
            continue
        if was.at_least != star.at_least:
            what = Text(zh=f"{star.star} 星的分数线", en=f"threshold of star {star.star}")
            yield _changed(what, was.at_least, star.at_least)
        asked, asks = _requirements(before, was), _requirements(after, star)
        yield from _of_star("不再要求", "no longer asks", star.star, asked, asks)
        yield from _of_star("新要求", "now asks", star.star, asks, asked)
    for gone in old:
        yield Text(zh=f"删去 {gone} 星", en=f"gone: star {gone}")


def _requirements(edition: Edition, star: Star) -> dict[Requirement, Text]:
    return {need: requirement_words(edition, need) for need in star.requires}


def _of_star(
    zh: str,
    en: str,
    star: int,
    these: Mapping[Requirement, Text],
    those: Mapping[Requirement, Text],
) -> Iterator[Text]:
    for need, word in these.items():
        if need not in those:
            yield Text(zh=f"{star} 星{zh}：{word.zh}", en=f"star {star} {en}: {word.en}")
