"""What can be wrong between the parts of a problem: unknown names, days outside, doubles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rostering.parts import Fixed, History, Parts, Request, Unavailable


@dataclass(frozen=True)
class Fault:
    """A contradiction in a problem: where it stands, what is wrong and how to mend it."""

    where: str
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.where}：{self.zh} / {self.en}"


class ProblemError(Exception):
    """A problem contradicts itself; ``faults`` lists everything found.

    Not a ``ValueError``: pydantic would wrap that into a report about the whole problem.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def faults(problem: Parts) -> Iterator[Fault]:
    """Find every fault of a problem."""
    for find in (_doubles, _unknown_staff, _unknown_shifts, _days_outside, _limits, _clocks):
        yield from find(problem)


def _doubles(problem: Parts) -> Iterator[Fault]:
    keys: dict[str, list[Hashable]] = {
        "shift_types": [shift.id for shift in problem.shift_types],
        "staff": [person.id for person in problem.staff],
        "cover": [(item.day, item.shift, item.skill) for item in problem.cover],
        "requests": [(item.staff, item.day, item.shift) for item in problem.requests],
        "fixed": [(item.staff, item.day) for item in problem.fixed],
        "history": [item.staff for item in problem.history],
    }
    for part, found in keys.items():
        for key, times in Counter(found).items():
            if times > 1:
                zh, en = (
                    f"{key} 出现 {times} 次；只保留一条",
                    f"{key} stands {times} times: keep one",
                )
                yield Fault(part, zh, en)


def _unknown_staff(problem: Parts) -> Iterator[Fault]:
    known = {person.id for person in problem.staff}
    parts: dict[str, Sequence[Request | Unavailable | Fixed | History]] = {
        "requests": problem.requests,
        "unavailable": problem.unavailable,
        "fixed": problem.fixed,
        "history": problem.history,
    }
    for part, items in parts.items():
        for number, item in enumerate(items):
            if item.staff not in known:
                zh = f"没有编号为 {item.staff} 的人员；请在人员中补上或改正"
                en = f"nobody has the id {item.staff}: add the person or correct the id"
                yield Fault(f"{part}[{number}].staff", zh, en)


def _unknown_shifts(problem: Parts) -> Iterator[Fault]:
    known = {shift.id for shift in problem.shift_types}
    for where, shift in _shifts_named(problem):
        if shift is not None and shift not in known:
            zh = f"没有编号为 {shift} 的班次；现有 {'、'.join(sorted(known))}"
            yield Fault(where, zh, f"no shift type {shift}; there are {', '.join(sorted(known))}")


def _shifts_named(problem: Parts) -> Iterator[tuple[str, str | None]]:
    for part in ("cover", "requests", "fixed"):
        for number, item in enumerate(getattr(problem, part)):
            yield f"{part}[{number}].shift", item.shift
    for shift in problem.shift_types:
        yield from ((f"shift_types[{shift.id}].forbidden_next", n) for n in shift.forbidden_next)
    for person in problem.staff:
        yield from ((f"staff[{person.id}].shift_limits", name) for name in person.shift_limits)
    for past in problem.history:
        yield from ((f"history[{past.staff}].shifts", name) for name in past.shifts)


def _days_outside(problem: Parts) -> Iterator[Fault]:
    for part in ("cover", "requests", "unavailable", "fixed"):
        for number, item in enumerate(getattr(problem, part)):
            if item.day >= problem.days:
                last = problem.days - 1
                zh, en = (
                    f"第 {item.day} 天不在 0 至 {last} 之内",
                    f"day {item.day} is not in 0..{last}",
                )
                yield Fault(f"{part}[{number}].day", zh, en)


def _limits(problem: Parts) -> Iterator[Fault]:
    for number, item in enumerate(problem.cover):
        most = item.wanted if item.maximum is None else item.maximum
        if not item.minimum <= item.wanted <= most:
            zh = f"应有 最少 {item.minimum} ≤ 期望 {item.wanted} ≤ 最多 {item.maximum}"
            en = f"minimum {item.minimum} ≤ wanted {item.wanted} ≤ maximum {item.maximum} must hold"
            yield Fault(f"cover[{number}]", zh, en)
    for person in problem.staff:
        if person.max_minutes is not None and person.min_minutes > person.max_minutes:
            zh = f"最少 {person.min_minutes} 分钟多于最多 {person.max_minutes} 分钟"
            en = f"min_minutes {person.min_minutes} exceeds max_minutes {person.max_minutes}"
            yield Fault(f"staff[{person.id}]", zh, en)
        longest = person.max_consecutive_days
        if longest is not None and person.min_consecutive_days > longest:
            zh = f"最少连续 {person.min_consecutive_days} 天多于最多连续 {longest} 天"
            en = f"min_consecutive_days {person.min_consecutive_days} exceeds the most, {longest}"
            yield Fault(f"staff[{person.id}]", zh, en)


def _clocks(problem: Parts) -> Iterator[Fault]:
    resting = [person.id for person in problem.staff if person.min_rest_minutes is not None]
    for shift in problem.shift_types:
        if shift.start is None and resting:
            zh = f"缺少开始时间，无法计算 {resting[0]} 的班间休息"
            en = f"has no start, so the rest of {resting[0]} cannot be told: give the start"
            yield Fault(f"shift_types[{shift.id}].start", zh, en)
