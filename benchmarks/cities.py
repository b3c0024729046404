"""An invented city: homes in seven counties, inspectors who live in them, everything they ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from rukang.base.calendar import Calendar
from rukang.engines.visits import Inspector, Place, PlanProblem, VisitHome

FIRST = date(2026, 10, 12)
COUNTIES = 7
SKILLS = ("康复", "财务", "消防")

MINUTES = {"short": (120, 150, 180), "long": (150, 180, 240, 300)}
"""How long visits take: of short ones most days hold two, of long ones few."""


def city(
    seed: int, visits: str = "short", homes: int = 100, inspectors: int = 10, weeks: int = 8
) -> PlanProblem:
    """Return a city around 37.4° N, 118.0° E, the same for the same seed.

    Every third home opens its window later, every other one is due before the end; each is closed
    on three days, every fifth is visited by surprise. Inspectors are away for five days, barred
    from one home in twenty and saw one in five last time.
    """
    rng = np.random.default_rng(seed)
    last = FIRST + timedelta(days=7 * weeks - 3)
    span = [FIRST + timedelta(days=number) for number in range((last - FIRST).days + 1)]
    days = [day for day in span if Calendar().kind_of(day).works]
    towns = [_place(37.4, 118.0, rng.uniform(-0.4, 0.4, 2)) for _ in range(COUNTIES)]
    codes = [f"H{number:03d}" for number in range(homes)]
    return PlanProblem(
        homes=tuple(
            _home(rng, code, towns[number % COUNTIES], days, MINUTES[visits])
            for number, code in enumerate(codes)
        ),
        inspectors=tuple(
            _inspector(rng, number, towns[number % COUNTIES], days, codes)
            for number in range(inspectors)
        ),
        first=FIRST,
        last=last,
    )


def _home(
    rng: np.random.Generator, code: str, town: Place, days: list[date], minutes: Sequence[int]
) -> VisitHome:
    half = len(days) // 2
    opens = int(rng.integers(1, half)) if rng.random() < 0.3 else 0
    due = int(rng.integers(opens + half // 2, len(days))) if rng.random() < 0.5 else len(days) - 1
    return VisitHome(
        code=code,
        name=f"示例家园{code}",
        place=_near(rng, town, 0.06),
        minutes=int(rng.choice(minutes)),
        needs=frozenset(skill for skill in SKILLS if rng.random() < 0.2),
        not_before=days[opens] if opens else None,
        due=days[due],
        closed=_some(rng, days, 3),
        surprise=bool(rng.random() < 0.2),
        last_visit=FIRST - timedelta(days=int(rng.integers(300, 400))),
    )


def _inspector(
    rng: np.random.Generator, number: int, town: Place, days: list[date], codes: list[str]
) -> Inspector:
    also = frozenset(skill for skill in SKILLS if rng.random() < 0.5)
    return Inspector(
        code=f"P{number:02d}",
        name=f"示例评定员{number:02d}",
        base=_near(rng, town, 0.02),
        skills=also | {SKILLS[number % len(SKILLS)]},
        away=_some(rng, days, 5),
        barred=frozenset(_picked(rng, codes, len(codes) // 20)),
        last_visited=frozenset(_picked(rng, codes, len(codes) // 5)),
    )


def _place(north: float, east: float, by: Sequence[float]) -> Place:
    return Place(latitude=round(north + by[0], 4), longitude=round(east + by[1], 4))


def _near(rng: np.random.Generator, town: Place, spread: float) -> Place:
    return _place(town.latitude, town.longitude, rng.normal(0, spread, 2))


def _some(rng: np.random.Generator, days: list[date], count: int) -> frozenset[date]:
    return frozenset(days[place] for place in rng.choice(len(days), count, replace=False))


def _picked(rng: np.random.Generator, codes: list[str], count: int) -> list[str]:
    return [codes[place] for place in rng.choice(len(codes), count, replace=False)]
