"""Rules that contradict themselves, or limit nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rostering.parts import (
    Choice,
    CountLimit,
    Fairness,
    FairOver,
    KeyWorker,
    Measure,
    Parts,
    Pattern,
    PatternKind,
    Reach,
    Rotation,
    RunLimit,
    RunOf,
    WeekendLimit,
)
from rostering.references.fault import Fault


def limits(problem: Parts) -> Iterator[Fault]:
    """Find rules that nobody can keep, or that have no effect."""
    finders: dict[str, Callable[[str, Any], Iterator[Fault]]] = {
        "runs": _run,
        "counts": _count,
        "weekend_limits": _weekend,
        "patterns": _pattern,
        "rotations": _rotation,
        "fairness": _fairness,
        "choices": _days,
        "key_workers": _days,
    }
    for part, find in finders.items():
        for number, item in enumerate(getattr(problem, part)):
            yield from find(f"{part}[{number}]", item)
    yield from _overtime(problem)
    if problem.max_changes is not None and not problem.kept:
        zh = f"最多改动 {problem.max_changes} 处，但 kept 中没有已发布的班次；请补上或去掉"
        en = f"at most {problem.max_changes} changes, but kept is empty: fill it or leave this out"
        yield Fault("max_changes", zh, en)


def _run(where: str, item: RunLimit) -> Iterator[Fault]:
    if item.of is RunOf.SHIFTS and not item.shifts:
        zh, en = "of=shifts 没有给出班次；请补上", "of=shifts names no shift types: name some"
        yield Fault(f"{where}.shifts", zh, en)
    if item.of is not RunOf.SHIFTS and item.shifts:
        zh = f"给出了 {len(item.shifts)} 个班次，但 of={item.of} 不看班次；请改为 of=shifts 或去掉"
        en = f"{len(item.shifts)} shift types with of={item.of}: say of=shifts or leave them out"
        yield Fault(f"{where}.shifts", zh, en)
    yield from _crossed(where, item.minimum, item.maximum)
    if item.minimum == 1 and item.maximum is None:
        yield _idle(where, "minimum", "maximum")


def _count(where: str, item: CountLimit) -> Iterator[Fault]:
    if item.days and item.reach is not Reach.PERIOD:
        zh = f"给出了 {len(item.days)} 天，但 reach={item.reach}；请改为 period 或去掉 days"
        en = f"{len(item.days)} days with reach={item.reach}: say period or leave days out"
        yield Fault(f"{where}.days", zh, en)
    yield from _strangers(where, item, "past")
    yield from _crossed(where, item.minimum, item.maximum)
    if item.minimum == 0 and item.maximum is None:
        yield _idle(where, "minimum", "maximum")


def _weekend(where: str, item: WeekendLimit) -> Iterator[Fault]:
    if item.maximum is None and item.max_consecutive is None and not item.complete:
        yield _idle(where, "maximum", "max_consecutive", "complete")
    yield from _strangers(where, item, "past")
    if item.past and item.maximum is None:
        zh = f"给出了 {len(item.past)} 人以前的周末数，但没有 maximum；请补上上限或去掉 past"
        en = f"weekends before of {len(item.past)} people, but no maximum: give one or drop past"
        yield Fault(f"{where}.past", zh, en)


def _pattern(where: str, item: Pattern) -> Iterator[Fault]:
    if len(item.cells) == 1:
        zh = "只有 1 天，不成组合；一天的事请用 forbidden、unavailable 或 counts"
        en = "1 day is no pattern: say it in forbidden, unavailable or counts"
        yield Fault(f"{where}.cells", zh, en)
    elif all(cell is PatternKind.ANY for cell in item.cells):
        zh = f"{len(item.cells)} 天全是 any，任何排班都违反；请写明至少一天"
        en = f"all {len(item.cells)} days are any, which every roster breaks: say what one holds"
        yield Fault(f"{where}.cells", zh, en)
    for place, cell in enumerate(item.cells):
        if cell == ():
            zh = "没有给出班次，永远不会出现；请补上班次或写 off、work、any"
            en = "names no shift types and never occurs: name some, or say off, work or any"
            yield Fault(f"{where}.cells[{place}]", zh, en)


def _rotation(where: str, item: Rotation) -> Iterator[Fault]:
    for place, group in enumerate(item.order):
        if not group:
            zh, en = "这一组没有班次；请补上或去掉", "a group without shift types: fill or drop it"
            yield Fault(f"{where}.order[{place}]", zh, en)


def _fairness(where: str, item: Fairness) -> Iterator[Fault]:
    if item.over is FairOver.WEEKENDS and item.unit > 1:
        zh = f"周末以 1 个计，unit={item.unit} 无效；请去掉"
        yield Fault(
            f"{where}.unit", zh, f"weekends are counted by 1, not {item.unit}: leave it out"
        )
    for field in ("past", "shares"):
        yield from _strangers(where, item, field)


def _strangers(
    where: str, item: Fairness | CountLimit | WeekendLimit, field: str
) -> Iterator[Fault]:
    for name in getattr(item, field) if item.staff else ():
        if name not in item.staff:
            zh = f"{name} 不在这条规则的 {len(item.staff)} 人之中；请加入或去掉"
            en = f"{name} is none of the {len(item.staff)} who share: add or drop them"
            yield Fault(f"{where}.{field}", zh, en)


def _days(where: str, item: Choice | KeyWorker) -> Iterator[Fault]:
    if not item.days:
        zh, en = "没有给出任何一天；请补上或去掉这一条", "names no day: name some, or leave it out"
        yield Fault(f"{where}.days", zh, en)


def _overtime(problem: Parts) -> Iterator[Fault]:
    known = {person.id for person in problem.staff if person.day_minutes is not None}
    everybody = tuple(person.id for person in problem.staff)
    for number, item in enumerate(problem.counts):
        if item.measure is Measure.OVERTIME and known.isdisjoint(item.staff or everybody):
            zh = "这些人都没有 day_minutes，无法计算加班；请补上每日合同分钟数"
            en = "nobody bound has day_minutes, so no overtime can be told: give them"
            yield Fault(f"counts[{number}].measure", zh, en)


def _crossed(where: str, minimum: int, maximum: int | None) -> Iterator[Fault]:
    if maximum is not None and minimum > maximum:
        zh = f"下限 {minimum} 大于上限 {maximum}；请减小下限或增大上限"
        en = f"minimum {minimum} exceeds maximum {maximum}: lower it or raise the other"
        yield Fault(f"{where}.minimum", zh, en)


def _idle(where: str, *fields: str) -> Fault:
    zh = f"什么也没有限制；请给出 {'、'.join(fields)} 之一，或去掉这一条"
    return Fault(where, zh, f"limits nothing: give one of {', '.join(fields)}, or leave it out")
