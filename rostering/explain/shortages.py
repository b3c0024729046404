"""Days, shifts and hours for which there are too few people, whatever the other rules say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rostering.changes import Sentence
from rostering.days import when
from rostering.parts import Cover, ShiftType, Staff
from rostering.problem import Problem

HOUR = 60
DAY_MINUTES = 24 * HOUR


@dataclass(frozen=True)
class Availability:
    """Who may be asked to work on which days, after leave, pins and forbidden shifts."""

    problem: Problem

    @cached_property
    def free(self) -> dict[int, list[Staff]]:
        """Return for each day who may work at all."""
        away = {(item.staff, item.day) for item in self.problem.unavailable}
        away |= {cell for cell, shift in self._pins.items() if shift is None}
        return {
            day: [person for person in self.problem.staff if (person.id, day) not in away]
            for day in range(self.problem.days)
        }

    def able(self, item: Cover) -> list[Staff]:
        """Return who could be one of the heads that a cover counts: fit, free, of the kind asked.

        A span may also be covered by a shift of the day before.
        """
        choices = _counting(self.problem, item)
        return [
            person
            for person in self.problem.staff
            if _is_asked(self.problem, person, item)
            and any(self._may(person, day, shift) for day, shift in choices)
        ]

    def _may(self, person: Staff, day: int, shift: ShiftType) -> bool:
        cell = (person.id, day)
        is_open = cell in self._free_cells and (*cell, shift.id) not in self._forbidden
        pinned_so = self._pins.get(cell, shift.id) == shift.id
        return is_open and pinned_so and self.problem.may_work(person, shift)

    @cached_property
    def _free_cells(self) -> set[tuple[str, int]]:
        return {(person.id, day) for day, people in self.free.items() for person in people}

    @cached_property
    def _pins(self) -> dict[tuple[str, int], str | None]:
        return {(item.staff, item.day): item.shift for item in self.problem.fixed}

    @cached_property
    def _forbidden(self) -> set[tuple[str, int, str]]:
        return {(item.staff, item.day, item.shift) for item in self.problem.forbidden}


def shortages(problem: Problem) -> list[Sentence]:
    """Return the days and shifts that need more people than may work them.

    Where there are none, the hours of the period are compared as well.
    """
    available = Availability(problem)
    found = [*_short_shifts(available), *_short_days(available)]
    in_order = [sentence for _, sentence in sorted(found, key=lambda pair: pair[0])]
    return in_order or list(_short_hours(available))


def _is_asked(problem: Problem, person: Staff, item: Cover) -> bool:
    """Return whether a person is of the kind that a cover counts: skill, sex, experience."""
    stand_ins = problem.substitutes.get(item.skill, frozenset()) if item.skill else frozenset()
    skilled = item.skill is None or bool(person.skills & {item.skill, *stand_ins})
    of_sex = item.sex is None or person.sex == item.sex
    return skilled and of_sex and (person.is_experienced or not item.experienced)


def _counting(problem: Problem, item: Cover) -> list[tuple[int, ShiftType]]:
    """Return the days and shift types whose heads a cover counts."""
    at_place = [s for s in problem.shift_types if item.place is None or s.place == item.place]
    if item.span is None:
        return [(item.day, shift) for shift in at_place if shift.id == item.shift]
    days = (item.day, item.day - 1)
    return [(day, s) for day in days for s in at_place if _spans(s, item, item.day - day)]


def _spans(shift: ShiftType, item: Cover, days_later: int) -> bool:
    if item.span is None or shift.start is None:
        return False
    begin = item.span.start + days_later * DAY_MINUTES
    pieces = [(piece.start, piece.minutes) for piece in shift.spans]
    if not pieces:
        pieces = [(shift.start, shift.minutes)]
    return any(b <= begin and begin + item.span.minutes <= b + m for b, m in pieces)


def _short_shifts(available: Availability) -> Iterator[tuple[int, Sentence]]:
    for item in available.problem.cover:
        heads = len(available.able(item)) if item.minimum else 0
        if heads < item.minimum:
            called = cover_name(available.problem, item)
            zh, en = when(available.problem, item.day)
            zh = f"{zh} {called.zh}至少需要 {item.minimum} 人，只有 {heads} 人可以上"
            en = f"{en} {called.en}: {item.minimum} needed, only {heads} may work it"
            yield item.day, Sentence(zh, en)


def _short_days(available: Availability) -> Iterator[tuple[int, Sentence]]:
    for day, shifts in _needed(available.problem).items():
        total, heads = sum(shifts.values()), len(available.free[day])
        if total > heads:
            zh, en = when(available.problem, day)
            zh = f"{zh} 各班次合计至少需要 {total} 人，只有 {heads} 人可以上班"
            en = f"{en}: {total} needed over all shifts, only {heads} may work"
            yield day, Sentence(zh, en)


def _short_hours(available: Availability) -> Iterator[Sentence]:
    """Compare the hours that the least cover takes with those that people may work."""
    problem = available.problem
    paid = {shift.id: shift.paid_minutes for shift in problem.shift_types}
    longest = max(paid.values(), default=0)
    needed = sum(
        heads * paid[shift]
        for shifts in _needed(problem).values()
        for shift, heads in shifts.items()
    )
    offered = sum(
        min(longest * days, longest * days if most is None else most)
        for person in problem.staff
        for days in [sum(person in people for people in available.free.values())]
        for most in [person.max_minutes]
    )
    if needed > offered:
        need, offer = f"{needed / HOUR:g}", f"{offered / HOUR:g}"
        zh = f"整个周期最少在岗人数合计 {need} 小时，全体人员最多能上 {offer} 小时"
        en = f"the least cover takes {need} h over the period, everybody together may work {offer}"
        yield Sentence(zh, en)


def _needed(problem: Problem) -> dict[int, dict[str, int]]:
    """Return day → shift → least heads; heads of a certain kind are heads of the shift as well."""
    needed: dict[int, dict[str, int]] = defaultdict(dict)
    for item in problem.cover:
        if item.shift is not None:
            of_day = needed[item.day]
            of_day[item.shift] = max(of_day.get(item.shift, 0), item.minimum)
    return needed


def cover_name(problem: Problem, item: Cover) -> Sentence:
    """Return what to call a cover: its shift or span, and whom it counts."""
    if item.shift is not None:
        zh, en = problem.shift_by_id[item.shift].name or item.shift, item.shift
    else:
        zh = en = clock_span(item)
    kinds_zh = [*filter(None, (item.skill, item.place, _sex(item, "男", "女")))]
    kinds_en = [*filter(None, (item.skill, item.place, _sex(item, "men", "women")))]
    if item.experienced:
        kinds_zh, kinds_en = [*kinds_zh, "有经验"], [*kinds_en, "experienced"]
    if not kinds_zh:
        return Sentence(zh, en)
    return Sentence(f"{zh}（{'、'.join(kinds_zh)}）", f"{en} ({', '.join(kinds_en)})")


def _sex(item: Cover, male: str, female: str) -> str:
    return "" if item.sex is None else {"male": male, "female": female}[item.sex.value]


def clock_span(item: Cover) -> str:
    """Return the span of a cover by the clock: 07:00–09:30."""
    if item.span is None:
        return ""
    end = item.span.start + item.span.minutes
    return f"{_clock(item.span.start)}–{_clock(end)}"


def _clock(minute: int) -> str:
    return f"{minute // HOUR:02}:{minute % HOUR:02}"
