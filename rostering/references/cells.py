"""Pinned cells that leave, or a forbidden shift, rules out."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.parts import Parts, ShiftType
from rostering.references.fault import Fault

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
