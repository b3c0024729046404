"""Cover that cannot be counted, and the calendar it is asked on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from rostering.parts import Cover, Parts
from rostering.references.fault import Fault

DAY_MINUTES = 24 * 60
SATURDAY = 5


def demand(problem: Parts) -> Iterator[Fault]:
    """Find cover that says too little or too much, and days that are of no such kind."""
    places = {shift.id: shift.place for shift in problem.shift_types}
    for number, item in enumerate(problem.cover):
        yield from _bounds(f"cover[{number}]", item)
        yield from _subject(f"cover[{number}]", item, places)
    yield from _make_up_days(problem)
    yield from _days_off(problem)


def _bounds(where: str, item: Cover) -> Iterator[Fault]:
    most = item.wanted if item.maximum is None else item.maximum
    if not item.minimum <= item.wanted <= most:
        zh = f"应有 最少 {item.minimum} ≤ 期望 {item.wanted} ≤ 最多 {item.maximum}"
        en = f"minimum {item.minimum} ≤ wanted {item.wanted} ≤ maximum {item.maximum} must hold"
        yield Fault(where, zh, en)


def _subject(where: str, item: Cover, places: dict[str, str | None]) -> Iterator[Fault]:
    if (item.shift is None) == (item.span is None):
        given = "都没有" if item.shift is None else "都有"
        given_en = "neither" if item.shift is None else "both"
        zh = f"班次 shift 与时段 span {given}；请只给其中一个"
        yield Fault(where, zh, f"{given_en} of shift and span given: give exactly one")
    if item.shift in places and item.place not in (None, places[item.shift]):
        place = places[item.shift]
        zh = f"班次 {item.shift} 的地点是 {place}，不是 {item.place}，没有人能计入；请改正地点"
        en = f"shift {item.shift} is worked at {place}, not at {item.place}: correct the place"
        yield Fault(f"{where}.place", zh, en)
    if item.span is not None and item.span.start >= DAY_MINUTES:
        zh = f"时段从第 {item.span.start} 分钟开始，已是次日；请写在次日"
        en = f"the span begins at minute {item.span.start}, on the next day: say it of that day"
        yield Fault(f"{where}.span.start", zh, en)


def _days_off(problem: Parts) -> Iterator[Fault]:
    for day in problem.days_off:
        date = problem.start + timedelta(days=day)
        if date.weekday() >= SATURDAY:
            zh = f"第 {day} 天（{date}）是周六或周日，本来就休息；请去掉"
            en = f"day {day} ({date}) is a Saturday or Sunday and off anyway: leave it out"
            yield Fault("days_off", zh, en)


def _make_up_days(problem: Parts) -> Iterator[Fault]:
    for day in problem.make_up_days:
        date = problem.start + timedelta(days=day)
        if date.weekday() < SATURDAY:
            zh = f"第 {day} 天（{date}）不是周六或周日，无需调休上班；请去掉"
            en = f"day {day} ({date}) is no Saturday or Sunday: leave it out"
            yield Fault("make_up_days", zh, en)
        if day in problem.holidays:
            zh = f"第 {day} 天（{date}）既是法定节假日又是调休上班日；请去掉其中一个"
            en = f"day {day} ({date}) is a holiday and a make-up workday: keep one"
            yield Fault("make_up_days", zh, en)
