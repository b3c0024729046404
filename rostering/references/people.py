"""Limits of a person that contradict each other or limit nothing."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.parts import Parts, Staff
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
