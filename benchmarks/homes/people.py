"""The people of a generated home and the shifts they work."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from rostering import ShiftType
from rostering.parts import Sex, Span

HOUR = 60
CARE, NURSE, WORKSHOP = "照护", "护理", "工坊"
SUBSTITUTES = {CARE: frozenset({NURSE})}

EARLY, DAY, LATE, NIGHT, SPLIT, NURSING, CRAFT, HALF = "早日中夜分护工半"


def _shift(
    name: str, label: str, start: float, hours: float, paid: int, **more: object
) -> ShiftType:
    begin, length = int(start * HOUR), int(hours * HOUR)
    return ShiftType.model_validate(
        {"id": name, "name": label, "start": begin, "minutes": length, "paid_minutes": paid, **more}
    )


SHIFTS = (
    _shift(EARLY, "早班", 7, 8, 450, skill=CARE, place="楼层"),
    _shift(DAY, "日班", 8.5, 8.5, 480, skill=CARE, place="楼层"),
    _shift(LATE, "中班", 13, 8, 450, skill=CARE, place="楼层"),
    _shift(NIGHT, "夜班", 21, 10, 480, skill=CARE, place="楼层", is_night=True),
    _shift(
        SPLIT,
        "分段班",
        7,
        12,
        420,
        skill=CARE,
        place="楼层",
        spans=(Span(start=7 * HOUR, minutes=240), Span(start=16 * HOUR, minutes=180)),
    ),
    _shift(NURSING, "护理班", 7.5, 8.5, 480, skill=NURSE, place="楼层"),
    _shift(CRAFT, "工坊班", 8.5, 8.5, 480, skill=WORKSHOP, place="工坊"),
    _shift(HALF, "半日班", 8, 4, 240, place="楼层"),
)
SHIFT_BY_ID = {shift.id: shift for shift in SHIFTS}


@dataclass(frozen=True)
class Worker:
    """A person before their limits are known.

    Parameters
    ----------
    contract
        ``full`` (40 h a week), ``part`` (at most 24 h a week, 劳动合同法 art. 68) or
        ``comprehensive`` (综合计算工时: hours of the period, not of the week).
    mentor
        Id of the mentor of a trainee.
    apart
        Id of the person they are kept apart from.
    """

    id: str
    skill: str
    contract: str
    sex: Sex
    is_experienced: bool
    no_night: bool
    is_protected: bool
    leave: frozenset[int] = field(default_factory=frozenset)
    mentor: str | None = None
    apart: str | None = None

    @property
    def week_minutes(self) -> int | None:
        """Return the most paid minutes of a week."""
        return {"full": 40 * HOUR, "part": 24 * HOUR}.get(self.contract)

    def daily_minutes(self) -> float:
        """Return the contract's minutes spread over all days of the week."""
        return (24 if self.contract == "part" else 40) * HOUR / 7

    def shifts(self) -> list[str]:
        """Return the shift types the person is fit for, nurses standing in for carers."""
        able = {self.skill, CARE if self.skill == NURSE else self.skill, None}
        nights = not (self.no_night or self.is_protected)
        fit = [s.id for s in SHIFTS if s.skill in able and (nights or not s.is_night)]
        part = {EARLY, CRAFT, HALF, NURSING}
        return [s for s in fit if s in part] if self.contract == "part" else fit


def workers(staff: int, days: int, rng: np.random.Generator) -> list[Worker]:
    """Return the people of a home: most of them carers, a mix of contracts, some on leave."""
    skills = [_skill(number) for number in range(staff)]
    people = [_worker(number, skill, days, rng) for number, skill in enumerate(skills)]
    return _kept_apart(_with_trainees(people), rng)


def _skill(number: int) -> str:
    if number % 5 == 4:
        return WORKSHOP
    return NURSE if number % 7 == 1 else CARE


def _worker(number: int, skill: str, days: int, rng: np.random.Generator) -> Worker:
    regular = number < 5  # the nights of a small home need its first carers
    contract = "full" if regular else str(rng.choice(["full", "comprehensive", "part"], p=SHARES))
    return Worker(
        id=f"S{number + 1:03}",
        skill=skill,
        contract=contract,
        sex=Sex.FEMALE if number in (0, 1, 3) or rng.random() < 0.7 else Sex.MALE,
        is_experienced=bool(regular or rng.random() < 0.4),
        no_night=bool(not regular and rng.random() < 0.1),
        is_protected=number > 10 and number % 20 == 13,
        leave=_leave(number, days, rng),
    )


SHARES = [0.6, 0.25, 0.15]
"""Shares of the contracts full, comprehensive and part."""


def _leave(number: int, days: int, rng: np.random.Generator) -> frozenset[int]:
    """Return days of leave: a block of five days for every third person, single days for some."""
    found: set[int] = set()
    if number % 3 == 2:
        first = int(rng.integers(days))
        found |= set(range(first, min(first + 5, days)))
    if rng.random() < 0.3:
        found.add(int(rng.integers(days)))
    return frozenset(found)


def _with_trainees(people: list[Worker]) -> list[Worker]:
    """Make every 20th person a trainee of an experienced carer, in homes of twelve and more."""
    changed = list(people)
    for number in range(11, len(people), 20):
        mentor = people[number - 11]
        changed[number] = replace(
            people[number],
            skill=mentor.skill,
            contract="full",
            is_experienced=False,
            no_night=True,
            is_protected=False,
            mentor=mentor.id,
        )
    return changed


def _kept_apart(people: list[Worker], rng: np.random.Generator) -> list[Worker]:
    """Keep one pair of carers in about fifteen people apart."""
    changed = list(people)
    mentors = {person.mentor for person in people}
    able = [
        n
        for n, p in enumerate(people)
        if p.skill == CARE and p.mentor is None and p.id not in mentors
    ]
    for _ in range(len(people) // 15):
        if len(able) < 4:
            break
        first, second = (able.pop(int(rng.integers(len(able)))) for _ in range(2))
        changed[first] = replace(people[first], apart=people[second].id)
        changed[second] = replace(people[second], apart=people[first].id)
    return changed
