"""Rules of single cells: fitness, leave, forbidden and pinned shifts, a published roster."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.check.breach import Breach, hours, many
from rostering.check.facts import Facts
from rostering.check.rules.minutes import overtime
from rostering.days import DAY_MINUTES
from rostering.parts import Kept, ShiftType, Staff, Unavailable
from rostering.problem import Problem
from rostering.rule import Rule


def assignable(facts: Facts) -> Iterator[Breach]:
    """Find shifts that a person is not fit for: skill missing, no night work, no overtime."""
    for person in facts.problem.staff:
        why = {kind.id: unfit(facts.problem, person, kind) for kind in facts.problem.shift_types}
        for day, kind in facts.worked[person.id]:
            reason = why[kind.id]
            if reason is not None:
                said = (
                    f"不能上{facts.label(kind.id)}（{reason[0]}）",
                    f"cannot work {kind.id}: {reason[1]}",
                )
                yield facts.breach(Rule.ASSIGNABLE, person.id, day, 1, said, shift=kind.id)


def unfit(problem: Problem, person: Staff, kind: ShiftType) -> tuple[str, str] | None:
    """Return why a person is not fit for a shift type, in both languages; None if they are."""
    if kind.skill is not None and not problem.holds(person, kind.skill):
        return f"缺少技能：{kind.skill}", f"lacks the skill {kind.skill}"
    if kind.is_night and person.no_night:
        return "不上夜班", "does no night work"
    if kind.is_night and person.is_protected:
        return "受特殊保护，不上夜班", "is protected from night work"
    extra = overtime(person, kind)
    if person.is_protected and extra > 0:
        return (
            f"受特殊保护，不加班；此班加班 {hours(extra)} 小时",
            f"is protected from overtime, of which it has {hours(extra)} h",
        )
    return None


def leave(facts: Facts) -> Iterator[Breach]:
    """Find shifts on days of leave."""
    for item in facts.problem.unavailable:
        shift = facts.roster.shift(item.staff, item.day)
        if shift is not None:
            said = f"休假日安排了{facts.label(shift)}", f"assigned {shift} on a day of leave"
            yield facts.breach(Rule.LEAVE, item.staff, item.day, 1, said, shift=shift)
        if item.from_midnight:
            yield from _running_into(facts, item)


def _running_into(facts: Facts, item: Unavailable) -> Iterator[Breach]:
    """Find shifts of days before a day of leave that end on it, or later."""
    for day, kind in facts.worked[item.staff]:
        begun = (kind.start is not None) and day < item.day
        end = (kind.start or 0) + kind.minutes
        if kind.spans:
            end = max(piece.start + piece.minutes for piece in kind.spans)
        if begun and kind.minutes and day * DAY_MINUTES + end > item.day * DAY_MINUTES:
            on_zh, on_en = facts.dates[item.day]
            said = (
                f"{facts.label(kind.id)}要上到 {on_zh}，当天休假",
                f"{kind.id} runs into {on_en}, a day of leave",
            )
            yield facts.breach(Rule.LEAVE, item.staff, day, 1, said, shift=kind.id)


def forbidden(facts: Facts) -> Iterator[Breach]:
    """Find shift types given on a day on which they are forbidden."""
    for item in facts.problem.forbidden:
        if facts.roster.shift(item.staff, item.day) == item.shift:
            said = f"当天不得安排{facts.label(item.shift)}", f"{item.shift} is forbidden that day"
            yield facts.breach(Rule.FORBIDDEN, item.staff, item.day, 1, said, shift=item.shift)


def fixed(facts: Facts) -> Iterator[Breach]:
    """Find pinned cells that hold something else."""
    for item in facts.problem.fixed:
        if facts.roster.shift(item.staff, item.day) != item.shift:
            said = (
                f"固定为{facts.label(item.shift)}，未安排",
                f"pinned to {item.shift or 'off'}, assigned otherwise",
            )
            yield facts.breach(Rule.FIXED, item.staff, item.day, 1, said, shift=item.shift)


def changed_cells(facts: Facts) -> Iterator[Breach]:
    """Price every changed cell of a published roster."""
    for item in _changed(facts):
        now = facts.roster.shift(item.staff, item.day)
        said = (
            f"已发布为{facts.label(item.shift)}，改为{facts.label(now)}",
            f"published as {item.shift or 'off'}, now {now or 'off'}",
        )
        yield facts.breach(
            Rule.CHANGES, item.staff, item.day, 1, said, weight=item.weight, shift=item.shift
        )


def too_many_changes(facts: Facts) -> Iterator[Breach]:
    """Find more changes to a published roster than may be."""
    most = facts.problem.max_changes
    count = len(list(_changed(facts)))
    if most is not None and count > most:
        said = (
            f"对已发布班表改动 {count} 处，最多 {most} 处",
            f"{many(count, 'change')} to the published roster, at most {most}",
        )
        yield Breach(Rule.CHANGES, None, None, None, count - most, None, *said)


def _changed(facts: Facts) -> Iterator[Kept]:
    for item in facts.problem.kept:
        if facts.roster.shift(item.staff, item.day) != item.shift:
            yield item
