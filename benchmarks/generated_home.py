"""A generated care home: people, shifts and cover of a realistic shape, the same for a seed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from rostering import Cover, History, Problem, Request, ShiftType, Staff, Unavailable

HOURS = 60
SHIFTS = (
    ShiftType(id="早", name="早班", start=7 * HOURS, minutes=480, paid_minutes=450, skill="照护"),
    ShiftType(id="日", name="日班", start=510, minutes=510, paid_minutes=480, skill="照护"),
    ShiftType(id="中", name="中班", start=13 * HOURS, minutes=480, paid_minutes=450, skill="照护"),
    ShiftType(id="工", name="工坊班", start=510, minutes=510, paid_minutes=480, skill="工坊"),
    ShiftType(id="半", name="半日班", start=8 * HOURS, minutes=240, paid_minutes=240),
    ShiftType(
        id="夜",
        name="夜班",
        start=21 * HOURS,
        minutes=600,
        paid_minutes=480,
        skill="照护",
        is_night=True,
    ),
)
MONDAY = date(2026, 9, 28)
SUNDAY = 6


def home(staff: int, days: int, seed: int) -> Problem:
    """Return a home of so many staff for so many days from a Thursday, with cover it can meet."""
    rng = np.random.default_rng(seed)
    start = MONDAY + timedelta(days=3)
    people = tuple(_person(number, days, rng) for number in range(staff))
    wishes = {(people[rng.integers(staff)].id, int(rng.integers(days))) for _ in range(2 * staff)}
    leave = {(people[rng.integers(staff)].id, int(rng.integers(days))) for _ in range(staff)}
    return Problem(
        name=f"generated {staff} × {days}, seed {seed}",
        start=start,
        days=days,
        shift_types=SHIFTS,
        staff=people,
        cover=tuple(item for day in range(days) for item in _cover(day, start, staff)),
        requests=tuple(_wish(person, day, rng) for person, day in sorted(wishes - leave)),
        unavailable=tuple(Unavailable(staff=person, day=day) for person, day in sorted(leave)),
        history=tuple(_history(person, rng) for person in people),
    )


def _person(number: int, days: int, rng: np.random.Generator) -> Staff:
    skills = {"工坊"} if number % 4 == 3 else {"照护"}
    if number % 6 == 0:
        skills.add("工坊")
    month = days * 40 * HOURS // 7
    return Staff(
        id=f"S{number + 1:02}",
        skills=frozenset(skills),
        min_minutes=month * 80 // 100,
        max_minutes=month,
        max_week_minutes=40 * HOURS,
        max_consecutive_days=6,
        min_consecutive_days_off=1,
        min_rest_minutes=11 * HOURS,
        no_night=bool(rng.random() < 0.1),
    )


def _cover(day: int, start: date, staff: int) -> list[Cover]:
    weekday = (start + timedelta(days=day)).weekday()
    share = 0.7 if weekday >= SUNDAY - 1 else 1.0
    wanted = {"早": 0.2, "日": 0.13, "中": 0.15, "工": 0.2, "半": 0.04, "夜": 0.085}
    items = []
    for shift, part in wanted.items():
        heads = max(1, round(staff * part * (1.0 if shift == "夜" else share)))
        items.append(Cover(day=day, shift=shift, minimum=max(1, heads - 2), wanted=heads))
    return items


def _wish(person: str, day: int, rng: np.random.Generator) -> Request:
    shift = (None, "早", "中", "夜")[rng.integers(4)]
    return Request(
        staff=person, day=day, shift=shift, wanted=False, weight=(1, 2, 5)[rng.integers(3)]
    )


def _history(person: Staff, rng: np.random.Generator) -> History:
    worked = int(rng.integers(1, 4))
    shift = "工" if "照护" not in person.skills else ("早", "日")[rng.integers(2)]
    return History(staff=person.id, shifts=(*[None] * (7 - worked), *[shift] * worked))
