"""The months day by day: who is expected, who was there, and what was made."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from demo_home_data.contracts import contracts
from demo_home_data.home import DAYS, MONTH, STATUTORY
from demo_home_data.residents import Person
from rukang.base.calendar import Calendar, DayKind
from rukang.base.clock import days_of_month

CALENDAR = Calendar()

SATURDAYS = {date(2026, 10, day) for day in (17, 24, 31)}
"""Saturdays on which the home is open without a working day; the 10th is a make-up workday."""

OPEN_DAY = date(2026, 10, 22)
"""The day on which families and neighbours are invited: the tightest of the month."""

FRIDAY, SATURDAY = 5, 6

Away = Mapping[str, tuple[str, tuple[int, ...]]]

AWAY: dict[date, Away] = {
    # Scheduled days missed by contract workers: mark and days.
    date(2026, 6, 1): {"R12": ("病", (10,)), "R16": ("年", (15, 16))},
    date(2026, 7, 1): {"R20": ("工", (6, 7)), "R27": ("事", (14,))},
    date(2026, 8, 1): {"R03": ("年", (3, 4, 5, 6, 7)), "R19": ("旷", (20,))},
    date(2026, 9, 1): {"R09": ("病", (8, 9))},
    MONTH: {
        "R08": ("病", (12, 13)),
        "R11": ("事", (21,)),
        "R14": ("年", (26, 27, 28)),
        "R17": ("事", (15, 16)),
        "R19": ("旷", (22,)),
        "R22": ("病", (27, 28, 29, 30)),
        "R24": ("工", (13, 14, 15, 16)),
        "R29": ("年", (19,)),
        "R31": ("事", (9,)),
        "R34": ("病", (20,)),
    },
}

HALF_DAYS = {("R38", date(2026, 10, 15)): "出/事"}
"""A day of two marks: there in the morning, on personal leave in the afternoon."""

ITEMS = {
    "手工串珠": Decimal("1.20"),
    "纸盒折叠": Decimal("0.35"),
    "布艺香包": Decimal("2.50"),
    "中国结": Decimal("1.80"),
    "餐具包装": Decimal("0.035"),
}

WORKED_EXAMPLE = {"手工串珠": 412, "纸盒折叠": 860}
"""The pieces of R37 in docs/worked-example.md."""


def expected_rows(people: list[Person]) -> list[dict[str, Any]]:
    """Return the rows of 预计出勤."""
    return [
        {
            "日期": day,
            "日间照料": _day_care(day),
            "工坊": _workshop(day, people),
            "夜间": _overnight(day),
        }
        for day in DAYS
    ]


def _day_care(day: date) -> int:
    """Return the heads who need personal care by day, respite guests among them."""
    if day == OPEN_DAY:
        return 56
    if CALENDAR.kind_of(day).works:
        return 36 - day.isoweekday() % 3
    if day in SATURDAYS:
        return 20
    return 5 if day.isoweekday() == 7 else 12


def _workshop(day: date, people: list[Person]) -> int:
    if day in SATURDAYS:
        return 8
    if not CALENDAR.kind_of(day).works:
        return 0
    employed = sum(work.started_on <= day for work in contracts(people))
    return employed + (12 if day.isoweekday() == FRIDAY else 17)


def _overnight(day: date) -> int:
    return 8 if day.isoweekday() in {FRIDAY, SATURDAY} else 4 + day.day % 3


def attendance_rows(
    rng: random.Random, people: list[Person], month: date = MONTH
) -> list[dict[str, Any]]:
    """Return the rows of 考勤: a mark a day, an empty cell where there is no record."""
    started = {work.person.code: work.started_on for work in contracts(people)}
    rows = []
    for person in people:
        row: dict[str, Any] = {"人员编号": person.code, "姓名": person.name}
        for day in days_of_month(month):
            if person.service == "按比例就业":
                mark = _contract_mark(person.code, day, started[person.code])
            else:
                mark = _free_mark(rng, person, day)
            row[str(day.day)] = HALF_DAYS.get((person.code, day), mark)
        rows.append(row)
    return rows


def _contract_mark(code: str, day: date, started_on: date) -> str | None:
    if day < started_on:
        return None
    if day in STATUTORY:
        return "假"
    if not CALENDAR.kind_of(day).works:
        return "休"
    mark, days = AWAY[day.replace(day=1)].get(code, ("", ()))
    return mark if day.day in days else "出"


def _free_mark(rng: random.Random, person: Person, day: date) -> str | None:
    """Return the mark of somebody who comes by agreement or for care only."""
    chance = rng.random()
    if CALENDAR.kind_of(day).works:
        if person.code == "R37":
            return "出"
        return "出" if chance < 0.92 else "病" if chance < 0.95 else "事"
    if day.isoweekday() == SATURDAY and CALENDAR.kind_of(day) is DayKind.WEEKEND:
        return "出" if chance < 0.4 else None
    care_only = person.service == "日间照料"
    return "出" if care_only and day.isoweekday() != 7 and chance < 0.5 else None


def piece_rows(rng: random.Random, people: list[Person]) -> list[dict[str, Any]]:
    """Return the rows of 计件: two or three items for everybody in assisted employment."""
    rows = []
    for person in people:
        if person.service != "辅助性就业":
            continue
        made = WORKED_EXAMPLE if person.code == "R37" else _pieces(rng)
        rows += [
            {
                "人员编号": person.code,
                "姓名": person.name,
                "产品": item,
                "合格数量": quantity,
                "单价（元/件）": ITEMS[item],
            }
            for item, quantity in made.items()
        ]
    return rows


def _pieces(rng: random.Random) -> dict[str, int]:
    """Return two or three items, each for 150 to 400 yuan."""
    items = rng.sample(sorted(ITEMS), rng.choice((2, 2, 3)))
    return {item: int(rng.randrange(150, 400) / ITEMS[item]) for item in items}
