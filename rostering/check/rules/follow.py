"""Rules of what may follow what: successions, patterns, rotations and rest by the clock."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.check.breach import About, Breach, hours, many
from rostering.check.facts import Facts
from rostering.parts import Pattern, PatternKind, Staff
from rostering.rule import Rule

DAY_MINUTES = 24 * 60


def succession(facts: Facts) -> Iterator[Breach]:
    """Find shifts on the day after one that forbids them."""
    for person in facts.problem.staff:
        cells = facts.known[person.id]
        for day, kind in facts.worked[person.id]:
            before = cells.get(day - 1)
            if before and kind.id in facts.problem.shift_by_id[before].forbidden_next:
                said = (
                    f"前一天为{facts.label(before)}，不能接{facts.label(kind.id)}",
                    f"{kind.id} may not follow {before}",
                )
                yield facts.breach(Rule.SUCCESSION, person.id, day, 1, said, shift=kind.id)


def patterns(facts: Facts) -> Iterator[Breach]:
    """Find sequences of days that must not, or should not, occur; told on their last day."""
    for number, pattern in enumerate(facts.problem.patterns):
        said = _pattern_said(facts, pattern)
        about: About = {"weight": pattern.weight, "where": ("patterns", number)}
        for person in facts.bound(pattern.staff):
            for last in range(facts.problem.days):
                if _occurs(facts, pattern, person, last - len(pattern.cells) + 1):
                    yield facts.breach(Rule.PATTERN, person.id, last, 1, said, **about)


def _occurs(facts: Facts, pattern: Pattern, person: Staff, first: int) -> bool:
    if pattern.weekday is not None and facts.problem.date(first).weekday() != pattern.weekday:
        return False
    known = facts.known[person.id]
    return all(
        day in known and _matches(cell, known[day])
        for day, cell in enumerate(pattern.cells, start=first)
    )


def _matches(cell: PatternKind | tuple[str, ...], shift: str | None) -> bool:
    if cell is PatternKind.ANY:
        return True
    if cell is PatternKind.OFF:
        return shift is None
    if cell is PatternKind.WORK:
        return shift is not None
    return shift in cell


def _pattern_said(facts: Facts, pattern: Pattern) -> tuple[str, str]:
    zh_of = {PatternKind.OFF: "休息", PatternKind.WORK: "上班", PatternKind.ANY: "任意"}
    zh = "、".join(
        zh_of[cell] if isinstance(cell, PatternKind) else facts.labels(cell)
        for cell in pattern.cells
    )
    en = ", ".join(
        cell.value if isinstance(cell, PatternKind) else "/".join(cell) for cell in pattern.cells
    )
    name = f"（{pattern.name}）" if pattern.name else ""
    name_en = f" ({pattern.name})" if pattern.name else ""
    return (
        f"连续 {len(pattern.cells)} 天出现不该有的组合{name}：{zh}",
        f"an unwanted pattern of {len(pattern.cells)} days{name_en}: {en}",
    )


def rotations(facts: Facts) -> Iterator[Breach]:
    """Find steps back in the order of a rotation, over too few days off."""
    for number, rotation in enumerate(facts.problem.rotations):
        place = {shift: n for n, group in enumerate(rotation.order) for shift in group}
        for person in facts.bound(rotation.staff):
            yield from _steps_back(facts, number, place, person)


def _steps_back(
    facts: Facts, number: int, place: dict[str, int], person: Staff
) -> Iterator[Breach]:
    rotation = facts.problem.rotations[number]
    about: About = {"weight": rotation.weight, "where": ("rotations", number)}
    before: tuple[int, str] | None = None
    for day, shift in facts.known[person.id].items():
        if shift is None:
            continue
        if day >= 0 and before is not None and before[1] in place and shift in place:
            days_off = day - before[0] - 1
            needed = rotation.over_days_off
            if place[shift] < place[before[1]] and days_off <= needed:
                step = f"从{facts.label(before[1])}退回{facts.label(shift)}"
                step_en = f"back from {before[1]} to {shift}"
                said = (
                    f"{step}，其间休息 {days_off} 天，须超过 {needed} 天",
                    f"{step_en} after {many(days_off, 'day')} off, more than {needed} needed",
                )
                yield facts.breach(Rule.ROTATION, person.id, day, 1, said, **about, shift=shift)
        before = day, shift


def rest(facts: Facts) -> Iterator[Breach]:
    """Find shifts that begin too soon after the end of any earlier one."""
    for person in facts.problem.staff:
        if person.min_rest_minutes is not None:
            yield from _short_rests(facts, person, person.min_rest_minutes)


def _short_rests(facts: Facts, person: Staff, least: int) -> Iterator[Breach]:
    end = None
    for day, shift in facts.known[person.id].items():
        if shift is None:
            continue
        kind = facts.problem.shift_by_id[shift]
        begin = day * DAY_MINUTES + (kind.start or 0)
        if end is not None and day >= 0 and begin - end < least:
            said = (
                f"班间休息 {hours(begin - end)} 小时，少于 {hours(least)} 小时",
                f"{hours(begin - end)} h of rest, {hours(least)} h needed",
            )
            short = least - (begin - end)
            yield facts.breach(Rule.REST, person.id, day, short, said, shift=shift)
        stop = begin + kind.minutes
        end = stop if end is None else max(end, stop)
