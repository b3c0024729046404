"""Invent a city: homes, inspectors and their conflicts of interest. Nobody here exists."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pendulum

from rukang.demo.chance import chance
from rukang.demo.city import (
    COUNTIES,
    SERVICES,
    City,
    County,
    DeclaredInterest,
    Incident,
    InventedHome,
    InventedInspector,
)

SECTIONS = ("B", "P", "S", "L", "A", "M")
"""Sections of the example editions."""

SIGNS = "甲乙丙丁戊己庚辛壬癸"
SKILLS = ("康复", "财务", "安全", "护理")

INCIDENTS = {
    0: Incident(100, "示例：一次轻微安全事件，先降一星，随后复核", "A"),
    2: Incident(
        110, "示例：工资发放投诉查实，先降一星，随后复核", "L", mistaken=True
    ),
    4: Incident(120, "示例：责任事故，先取消星级，随后复核", "A", None, strikes="A4"),
    9: Incident(90, "示例：服务记录不实，先降一星，随后复核", "S"),
}  # fmt: skip
"""Which homes something happens to, by number."""

LAPSES, WITHDRAWS = 1, 7
"""Numbers of the home whose star lapses, and of the one that takes its application back."""


def invent(seed: int, first: date, last: date, homes: int = 40) -> City:
    """Return a city of so many homes.

    Parameters
    ----------
    first, last
        The time over which the homes apply for their first inspection: three in four of them in
        its first half, the others in its second.
    """
    inspectors = tuple(_inspector(seed, place, first) for place in range(len(SIGNS)))
    counted: Counter[str] = Counter()
    found = tuple(_home(seed, place, homes, first, last, counted) for place in range(homes))
    return City(seed, found, inspectors, _interests(seed, found, inspectors, first))


def _home(
    seed: int, place: int, homes: int, first: date, last: date, counted: Counter[str]
) -> InventedHome:
    dice = chance(seed, "home", place)
    county = COUNTIES[place % len(COUNTIES)]
    counted[county.prefix] += 1
    code = f"{county.prefix}{counted[county.prefix]:03d}"
    applies_on = _applies_on(place, homes, first, last)
    level = 0.92 - 0.40 * dice.beta(1.6, 2.0)
    capacity = int(dice.integers(4, 13)) * 10
    return InventedHome(
        number=place,
        code=code,
        name=f"{county.name}如康家园示例站 {code}",
        county=county.code,
        address=f"{county.name}示例路 {dice.integers(1, 200)} 号",
        **_position(county, dice),
        capacity=capacity,
        served=int(capacity * dice.uniform(0.55, 0.95)),
        floor_area=capacity * int(dice.integers(8, 18)),
        opened_on=_months_before(applies_on, int(dice.integers(9, 60))),
        opening_days=(1, 2, 3, 4, 5, 6) if dice.random() < 0.3 else (1, 2, 3, 4, 5),
        services=tuple(sorted(dice.choice(SERVICES, int(dice.integers(3, 8)), replace=False))),
        applies_on=applies_on,
        quality={name: float(level + dice.normal(0, 0.05)) for name in SECTIONS},
        drift={name: float(dice.normal(0.03, 0.03)) for name in SECTIONS},
        contracts=bool(dice.random() < 0.75),
        diligence=float(dice.uniform(0.5, 1.0)),
        returns=place != LAPSES,
        withdraws=place == WITHDRAWS,
        incident=INCIDENTS.get(place),
    )


def _applies_on(place: int, homes: int, first: date, last: date) -> date:
    """Return when a home applies: the early ones over the first four tenths of the time."""
    early = homes - homes // 4
    days = (last - first).days
    if place < early:
        return first + timedelta(days=7 + int(days * 0.4 * place / early))
    later = (place - early) / (homes - early)
    return first + timedelta(days=int(days * (0.6 + 0.38 * later**0.5)))


def _inspector(seed: int, place: int, first: date) -> InventedInspector:
    dice = chance(seed, "inspector", place)
    away = first + timedelta(days=int(dice.integers(60, 500)))
    return InventedInspector(
        email=f"inspector{place + 1}@example.org",
        name=f"示例评定员{SIGNS[place]}",
        **_position(COUNTIES[place % len(COUNTIES)], dice),
        skills=(SKILLS[place % len(SKILLS)],),
        most_days=int(dice.integers(2, 4)),
        away=tuple(away + timedelta(days=days) for days in range(10)),
        leniency=float(dice.normal(0, 0.03)),
    )


def _interests(
    seed: int,
    homes: tuple[InventedHome, ...],
    inspectors: tuple[InventedInspector, ...],
    first: date,
) -> tuple[DeclaredInterest, ...]:
    """Return some conflicts: one inspector worked there, is related, or did business until lately.

    At most one is barred from a home, so that two can visit it and a third decide.
    """
    dice = chance(seed, "interests")
    until = first + timedelta(days=300)
    kinds = [
        ("示例：曾在该机构任职", None),
        ("示例：近亲属在该机构工作", None),
        ("示例：与该机构有业务往来", until),
    ]
    found = []
    for place, home in enumerate(homes):
        if place % 3 == 0:
            words, end = kinds[place // 3 % len(kinds)]
            one = inspectors[int(dice.integers(len(inspectors)))]
            found.append(DeclaredInterest(home.code, one.email, words, first, end))
    return tuple(found)


def _position(county: County, dice: np.random.Generator) -> dict[str, Decimal]:
    """Return an invented place within some twelve kilometres of a county's middle."""
    north, east = dice.uniform(-0.1, 0.1, 2)
    return {
        "latitude": Decimal(f"{county.latitude + north:.4f}"),
        "longitude": Decimal(f"{county.longitude + east:.4f}"),
    }


def _months_before(day: date, months: int) -> date:
    before = pendulum.date(day.year, day.month, 1).subtract(months=months)
    return date(before.year, before.month, 1)
