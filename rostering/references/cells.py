"""Pinned cells that leave, or a forbidden shift, rules out."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.parts import Parts
from rostering.references.fault import Fault


def collisions(problem: Parts) -> Iterator[Fault]:
    """Find pinned shifts on days of leave, and pinned shifts that are forbidden."""
    away = {(item.staff, item.day) for item in problem.unavailable}
    forbidden = {(item.staff, item.day, item.shift) for item in problem.forbidden}
    for number, item in enumerate(problem.fixed):
        if item.shift is None:
            continue
        if (item.staff, item.day) in away:
            zh = f"{item.staff} 第 {item.day} 天休假，却固定为 {item.shift}；请去掉其中一条"
            en = f"{item.staff} is on leave on day {item.day}, but pinned to {item.shift}"
            yield Fault(f"fixed[{number}]", zh, f"{en}: drop one")
        if (item.staff, item.day, item.shift) in forbidden:
            zh = f"{item.staff} 第 {item.day} 天禁排 {item.shift}，却固定为它；请去掉其中一条"
            en = (
                f"{item.shift} is forbidden to {item.staff} on day {item.day}, and pinned: drop one"
            )
            yield Fault(f"fixed[{number}]", zh, f"{en}: drop one")
