"""What contradicts itself: limits of a person, pinned cells, times of shift types."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rostering.parts import Parts, ShiftType, Staff
from rostering.references.fault import Fault


def people(problem: Parts) -> Iterator[Fault]:
    """Find limits of people that nobody can keep, or that have no effect."""
    for person in problem.staff:
        yield from _crossed(person)
        yield from _overtime(person)


def _crossed(person: Staff) -> Iterator[Fault]:
    pairs = (
        ("min_minutes", "max_minutes", "", "分钟"),
        ("min_assignments", "max_assignments", "", "个班"),
        ("min_consecutive_days", "max_consecutive_days", "连续", "天"),
    )
    for low, high, how, unit in pairs:
        least, most = getattr(person, low), getattr(person, high)
        if most is not None and least > most:
            zh = f"最少{how} {least} {unit}多于最多{how} {most} {unit}；请减小前者或增大后者"
            en = f"{low} {least} exceeds {high} {most}: lower the first or raise the second"
            yield Fault(f"staff[{person.id}]", zh, en)


def _overtime(person: Staff) -> Iterator[Fault]:
    for field in ("max_day_overtime", "max_month_overtime"):
        if getattr(person, field) is not None and person.day_minutes is None:
            zh = f"给出了 {field}，没有 day_minutes，无法计算加班；请补上每日合同分钟数"
            en = f"{field} is given without day_minutes, so no overtime can be told: give them"
            yield Fault(f"staff[{person.id}].day_minutes", zh, en)


DAY_MINUTES = 24 * 60


def _last_minute(shift: ShiftType) -> int:
    """Return the last minute, from the begin of its day, at which a shift is present."""
    ends = [piece.start + piece.minutes for piece in shift.spans]
    return max(0, max(ends or [shift.minutes and (shift.start or 0) + shift.minutes]) - 1)


def collisions(problem: Parts) -> Iterator[Fault]:
    """Find pinned shifts on days of leave, and pinned shifts that are forbidden."""
    away = {(item.staff, item.day) for item in problem.unavailable}
    free = {(item.staff, item.day) for item in problem.unavailable if item.from_midnight}
    ends = {shift.id: _last_minute(shift) for shift in problem.shift_types}
    forbidden = {(item.staff, item.day, item.shift) for item in problem.forbidden}
    for number, item in enumerate(problem.fixed):
        if item.shift is None:
            continue
        if (item.staff, item.day) in away:
            zh = f"{item.staff} 第 {item.day} 天休假，却固定为 {item.shift}；请去掉其中一条"
            en = f"{item.staff} is on leave on day {item.day}, but pinned to {item.shift}"
            yield Fault(f"fixed[{number}]", zh, f"{en}: drop one")
        last = item.day + ends.get(item.shift, 0) // DAY_MINUTES
        for day in range(item.day + 1, last + 1):
            if (item.staff, day) in free:
                zh = f"{item.staff} 第 {day} 天从零点起休假，前面第 {item.day} 天却固定为跨夜的"
                zh = f"{zh} {item.shift}"
                en = f"{item.staff} is on leave from 00:00 of day {day}, but pinned to {item.shift}"
                en = f"{en} on day {item.day}, which runs into it: drop one"
                yield Fault(f"fixed[{number}]", f"{zh}；请去掉其中一条", en)
        if (item.staff, item.day, item.shift) in forbidden:
            zh = f"{item.staff} 第 {item.day} 天禁排 {item.shift}，却固定为它；请去掉其中一条"
            en = (
                f"{item.shift} is forbidden to {item.staff} on day {item.day}, and pinned: drop one"
            )
            yield Fault(f"fixed[{number}]", zh, f"{en}: drop one")


def clocks(problem: Parts) -> Iterator[Fault]:
    """Find shift types without the times that rules need, and pieces out of place."""
    resting = [person.id for person in problem.staff if person.min_rest_minutes is not None]
    for shift in problem.shift_types:
        if shift.start is None and resting:
            zh = f"缺少开始时间，无法计算 {resting[0]} 的班间休息；请补上"
            en = f"has no start, so the rest of {resting[0]} cannot be told: give the start"
            yield Fault(f"shift_types[{shift.id}].start", zh, en)
        yield from _pieces(shift)
    yield from _no_clock_at_all(problem)


def _pieces(shift: ShiftType) -> Iterator[Fault]:
    if shift.spans and shift.start is None:
        zh = f"有 {len(shift.spans)} 段，没有开始时间；请补上"
        en = f"has {len(shift.spans)} spans and no start: give the start"
        yield Fault(f"shift_types[{shift.id}].start", zh, en)
        return
    begin = shift.start or 0
    end = begin + shift.minutes
    for number, piece in enumerate(shift.spans):
        if piece.start < begin or piece.start + piece.minutes > end:
            zh = f"{piece.start} 至 {piece.start + piece.minutes} 分不在 {begin} 至 {end} 分之内"
            en = f"minutes {piece.start}..{piece.start + piece.minutes} are not in {begin}..{end}"
            where = f"shift_types[{shift.id}].spans[{number}]"
            yield Fault(where, f"{zh}；请改正", f"{en}: correct them")
    for number, (one, other) in enumerate(pairwise(shift.spans), start=1):
        if other.start <= one.start + one.minutes:
            zh = f"从第 {other.start} 分开始，前一段第 {one.start + one.minutes} 分才结束"
            en = f"begins at minute {other.start}, the piece before ends at"
            where = f"shift_types[{shift.id}].spans[{number}]"
            yield Fault(
                where,
                f"{zh}；请按先后排列，相连的合为一段",
                f"{en} {one.start + one.minutes}: put them in order and join what touches",
            )


def _no_clock_at_all(problem: Parts) -> Iterator[Fault]:
    if any(shift.start is not None for shift in problem.shift_types):
        return
    for number, item in enumerate(problem.cover):
        if item.span is not None:
            zh = "没有一个班次有开始时间，时段内无法计人；请补上班次的开始时间"
            en = "no shift type has a start, so nobody counts in a span: give the starts"
            yield Fault(f"cover[{number}].span", zh, en)
