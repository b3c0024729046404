"""Small random problems that draw on every kind of rule, the same for a seed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, cast

import numpy as np

from rostering import Problem, ProblemError, Roster

FIRST_DAY = date(2026, 9, 24)
HOUR = 60
SKILLS = ("照护", "护理")
SOFT_OR_HARD = (None, 1, 2, 5)

Chance = Callable[["Draw"], Any]
Hardness = Literal["any", "soft"]


@dataclass(frozen=True)
class Draw:
    """A source of chance that knows the size of the problem.

    Parameters
    ----------
    later
        A source of its own for what problems learnt to say later, so that seeds named in tests
        give the problem they were chosen for; None for none of it.
    """

    rng: np.random.Generator
    later: np.random.Generator | None
    staff: int
    days: int
    shifts: tuple[str, ...]
    hardness: Hardness

    def number(self, low: int, high: int) -> int:
        """Return a whole number, both ends included."""
        return int(self.rng.integers(low, high + 1))

    def chance(self, share: float) -> bool:
        """Return true so often."""
        return bool(self.rng.random() < share)

    def is_new(self, share: float) -> bool:
        """Return true so often, for what problems learnt later."""
        return self.later is not None and bool(self.later.random() < share)

    def new(self, low: int, high: int) -> int:
        """Return a whole number for what problems learnt later, both ends included."""
        return 0 if self.later is None else int(self.later.integers(low, high + 1))

    def one(self, items: Any) -> Any:
        """Return one of some items."""
        return items[self.number(0, len(items) - 1)]

    def some(self, items: Any, least: int = 1) -> Any:
        """Return some items, in order."""
        count = self.number(least, len(items))
        return tuple(items[n] for n in sorted(self.rng.permutation(len(items))[:count]))

    def several(self, most: int, draw: Chance) -> list[Any]:
        """Return up to so many of what is drawn, often none."""
        return [draw(self) for _ in range(max(0, self.number(-most, most)))]

    @property
    def people(self) -> tuple[str, ...]:
        """Return the ids of the people."""
        return tuple(f"S{n}" for n in range(self.staff))

    def who(self) -> tuple[str, ...]:
        """Return some people, or nobody for everybody."""
        return () if self.chance(0.5) else cast("tuple[str, ...]", self.some(self.people))

    def shift(self) -> str | None:
        """Return a shift type or none."""
        return cast("str | None", self.one((None, *self.shifts)))

    def weight(self) -> int | None:
        """Return a price, or None for a hard rule."""
        return cast("int | None", self.one(SOFT_OR_HARD[1 if self.hardness == "soft" else 0 :]))

    def day(self) -> int:
        """Return a day of the period."""
        return self.number(0, self.days - 1)


def random_problem(
    seed: int,
    staff: int = 3,
    days: int = 9,
    shifts: int = 3,
    hardness: Hardness = "any",
    *,
    plain: bool = False,
) -> Problem:
    """Return a problem with some rules of every kind; with ``soft`` hardly any rule is hard.

    ``plain`` problems say nothing of what was learnt later.
    """
    rng = np.random.default_rng(seed)
    later = None if plain else np.random.default_rng([seed, 1])
    draw = Draw(rng, later, staff, days, ("早", "中", "夜", "拆")[:shifts], hardness)
    start = FIRST_DAY + timedelta(days=draw.number(0, 13))
    holidays = draw.some(range(days), 0)[:3]
    given: dict[str, Any] = {
        "start": start,
        "days": days,
        "substitutes": {"照护": ["护理"]} if draw.chance(0.5) else {},
        "holidays": holidays,
        "make_up_days": [
            day
            for day in set(range(days)).difference(holidays)
            if (start + timedelta(days=day)).weekday() > 4 and draw.chance(0.25)
        ],
        "shift_types": [_shift_type(draw, name) for name in draw.shifts],
        "staff": [_person(draw, name) for name in draw.people],
        "history": [_history(draw, name) for name in draw.people if draw.chance(0.7)],
    }
    given |= {name: part(draw) for name, part in PARTS.items()}
    try:
        return Problem.model_validate(given)
    except ProblemError as refused:
        return Problem.model_validate(_without(given, refused))


def _without(given: dict[str, Any], refused: ProblemError) -> dict[str, Any]:
    """Return the parts of a problem but those that were refused."""
    found = [re.fullmatch(r"(\w+)(?:\[(\d+)\])?.*", fault.where) for fault in refused.faults]
    places = {(match[1], int(match[2] or -1)) for match in found if match}
    kept = {
        part: [item for number, item in enumerate(items) if (part, number) not in places]
        for part, items in given.items()
        if isinstance(items, list)
    }
    return given | kept | {part: None for part, number in places if number < 0}


def random_roster(problem: Problem, seed: int) -> Roster:
    """Return a roster of a problem, days off as likely as all shifts."""
    rng = np.random.default_rng(seed)
    names = [None] * len(problem.shift_types) + [shift.id for shift in problem.shift_types]
    shape = (len(problem.staff), problem.days)
    drawn = rng.integers(len(names), size=shape)
    return Roster.from_rows(problem, [[names[cell] for cell in row] for row in drawn])


def _shift_type(draw: Draw, name: str) -> dict[str, Any]:
    start = {"早": 7, "中": 13, "夜": 21, "拆": 8}[name] * HOUR
    length = draw.one((8, 9, 10)) * HOUR
    if name == "夜" and draw.is_new(0.5):
        length = draw.new(11, 12) * HOUR
    if name == "夜" and draw.chance(0.3):
        length = 30 * HOUR
    spans = ({"start": start, "minutes": 120}, {"start": start + 300, "minutes": length - 300})
    return {
        "id": name,
        "start": start,
        "minutes": length,
        "paid_minutes": draw.one((420, 450, 480)),
        "skill": draw.one((None, None, *SKILLS)),
        "place": draw.one((None, "东", "西")),
        "is_night": name == "夜",
        "forbidden_next": draw.some(draw.shifts, 0) if draw.chance(0.3) else (),
        "spans": spans if name == "拆" else (),
    }


def _person(draw: Draw, name: str) -> dict[str, Any]:
    limits: dict[str, Chance] = {
        "shift_limits": lambda d: {d.one(d.shifts): d.number(0, 3)},
        "min_minutes": lambda d: d.number(0, 2) * 400,
        "max_minutes": lambda d: d.number(3, 8) * 400,
        "max_week_minutes": lambda d: d.number(2, 6) * 430,
        "max_month_minutes": lambda d: d.number(2, 6) * 430,
        "min_assignments": lambda d: d.number(0, 2),
        "max_assignments": lambda d: d.number(2, 7),
        "max_consecutive_days": lambda d: d.number(3, 5),
        "min_consecutive_days": lambda d: d.number(1, 3),
        "min_consecutive_days_off": lambda d: d.number(1, 3),
        "max_weekends": lambda d: d.number(0, 2),
        "min_rest_minutes": lambda d: d.one((600, 660, 1440)),
        "max_day_overtime": lambda d: d.one((0, 30, 60)),
        "max_month_overtime": lambda d: d.one((30, 60, 120)),
        "is_protected": lambda _: True,
        "no_night": lambda _: True,
    }
    share = 0.12 if draw.hardness == "any" else 0.0
    person = {
        "id": name,
        "skills": draw.some(SKILLS, 0),
        "sex": draw.one((None, "female", "male")),
        "is_experienced": draw.chance(0.5),
        "day_minutes": draw.one((None, 420, 450)),
    }
    drawn = {field: chance(draw) for field, chance in limits.items() if draw.chance(share)}
    if person["day_minutes"] is None:
        drawn = {field: limit for field, limit in drawn.items() if "overtime" not in field}
    return person | drawn


def _history(draw: Draw, name: str) -> dict[str, Any]:
    length = draw.number(0, 12)
    shifts = [draw.shift() if draw.chance(0.6) else None for _ in range(length)]
    return {"staff": name, "shifts": shifts}


def _cover(draw: Draw) -> list[dict[str, Any]]:
    return [_need(draw, day) for day in range(draw.days) for _ in range(draw.number(0, 3))]


def _need(draw: Draw, day: int) -> dict[str, Any]:
    wanted = draw.number(0, 2)
    span = {"start": draw.number(0, 26) * HOUR, "minutes": draw.one((1, 60, 180))}
    is_hard = draw.hardness == "any" and draw.chance(0.06)
    return {
        "day": day,
        **({"shift": draw.one(draw.shifts)} if draw.chance(0.6) else {"span": span}),
        "skill": draw.one((None, None, *SKILLS)),
        "sex": draw.one((None, None, "female")),
        "experienced": draw.chance(0.2),
        "place": draw.one((None, None, "东")),
        "minimum": draw.number(0, wanted) if is_hard else 0,
        "wanted": wanted,
        "maximum": wanted + draw.number(0, 1) if is_hard else None,
        "under_weight": draw.number(0, 9),
        "over_weight": draw.number(0, 3),
        "price": draw.new(700, 1500) if draw.is_new(0.3) else None,
        "last_price": draw.new(1000, 1500) if draw.is_new(0.3) else None,
    }


def _unlike(items: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """Return items without a second one of the same key."""
    return list({tuple(str(item.get(name)) for name in names): item for item in items}.values())


def _cell(draw: Draw) -> dict[str, Any]:
    return {"staff": draw.one(draw.people), "day": draw.day(), "shift": draw.shift()}


def _wish(draw: Draw) -> dict[str, Any]:
    return _cell(draw) | {"wanted": draw.chance(0.5), "weight": draw.number(0, 4)}


def _choice(draw: Draw) -> dict[str, Any]:
    days = draw.some(range(draw.days))[:3]
    wish = {"staff": draw.one(draw.people), "shift": draw.shift(), "wanted": draw.chance(0.5)}
    return wish | {"days": days, "weight": draw.weight()}


def _run(draw: Draw) -> dict[str, Any]:
    of = draw.one(("work", "off", "nights", "shifts"))
    least = draw.number(1, 4)
    return {
        "staff": draw.who(),
        "weight": draw.weight(),
        "of": of,
        "shifts": draw.some(draw.shifts) if of == "shifts" else (),
        "minimum": least,
        "maximum": draw.one((None, least, least + 1)),
    }


def _count(draw: Draw) -> dict[str, Any]:
    measure, reach = draw.one(tuple(SIZES)), draw.one(REACHES)
    size = SIZES[measure]
    least = draw.number(0, 2) * size
    staff = draw.who()
    past = (staff or draw.people)[: draw.new(1, 2)] if draw.is_new(0.3) else ()
    return {
        "staff": staff,
        "past": {name: draw.new(0, 2) * size for name in past},
        "weight": draw.weight(),
        "measure": measure,
        "reach": reach,
        "shifts": draw.some(draw.shifts) if draw.chance(0.4) else (),
        "days": draw.some(range(draw.days)) if reach == "period" and draw.chance(0.4) else (),
        "minimum": least,
        "maximum": draw.one((None, least + draw.number(0, 2) * size)),
        "unit": draw.one((1, 2, 60)),
    }


SIZES = {"assignments": 1, "minutes": 450, "overtime": 30}
REACHES = ("period", "week", "month")


def _weekends(draw: Draw) -> dict[str, Any]:
    staff, weight, most = draw.who(), draw.weight(), draw.one((None, 0, 1))
    past = (staff or draw.people)[:1] if most is not None and draw.is_new(0.3) else ()
    return {
        "staff": staff,
        "past": {name: draw.new(0, 1) for name in past},
        "weight": weight,
        "maximum": most,
        "max_consecutive": draw.one((None, 0, 1, 2)),
        "complete": draw.chance(0.5),
    }


def _pattern(draw: Draw) -> dict[str, Any]:
    kinds = ("off", "work", "any", draw.some(draw.shifts))
    return {
        "staff": draw.who(),
        "weight": draw.weight(),
        "cells": [draw.one(kinds) for _ in range(draw.number(2, 4))],
        "weekday": draw.one((None, draw.number(0, 6))),
    }


def _rotation(draw: Draw) -> dict[str, Any]:
    order = [(name,) for name in draw.shifts]
    if len(order) > 2:
        order = draw.one((order, order[1:], [(order[0][0], order[1][0]), *order[2:]]))
    return {
        "staff": draw.who(),
        "weight": draw.weight(),
        "order": order,
        "over_days_off": draw.number(0, 2),
    }


def _fairness(draw: Draw) -> dict[str, Any]:
    over = draw.one(("nights", "weekends", "holidays", "minutes", "refusals"))
    size = 60 if over == "minutes" else 1
    staff = draw.who()
    return {
        "over": over,
        "staff": staff,
        "weight": draw.number(1, 3),
        "past": {name: draw.number(0, 2) * size for name in draw.some(staff or draw.people)},
        "shares": {name: draw.one((50, 80)) for name in draw.some(staff or draw.people, 0)},
        "unit": draw.one((1, 60, 450)) if over == "minutes" else 1,
    }


def _company(draw: Draw) -> dict[str, Any]:
    return {
        "staff": draw.who(),
        "by": draw.who(),
        "shifts": draw.some(draw.shifts) if draw.chance(0.5) else (),
        "same_shift": draw.chance(0.3),
        "weight": draw.weight(),
    }


def _pair(draw: Draw) -> dict[str, Any]:
    first, second = draw.rng.permutation(draw.staff)[:2]
    staff = (draw.people[first], draw.people[second])
    return {"staff": staff, "weight": draw.weight()}


def _apart(draw: Draw) -> dict[str, Any]:
    return {"staff": draw.some(draw.people, 2), "weight": draw.weight()}


def _key_worker(draw: Draw) -> dict[str, Any]:
    return {
        "resident": "住户",
        "staff": draw.some(draw.people),
        "days": draw.some(range(draw.days))[:4],
        "shifts": draw.some(draw.shifts) if draw.chance(0.5) else (),
        "weight": draw.weight(),
    }


def _if_hard(most: int, chance: Chance, *names: str) -> Chance:
    """Return what draws parts that are always hard, without doubles."""

    def drawn(draw: Draw) -> list[dict[str, Any]]:
        return _unlike(draw.several(most, chance), *names) if draw.hardness == "any" else []

    return drawn


def _forbidden(draw: Draw) -> dict[str, Any]:
    return _cell(draw) | {"shift": draw.one(draw.shifts)}


def _away(draw: Draw) -> dict[str, Any]:
    away = {"staff": draw.one(draw.people), "day": draw.day()}
    return away | {"from_midnight": draw.is_new(0.5)}


PARTS: dict[str, Chance] = {
    "cover": lambda draw: _unlike(
        _cover(draw), "day", "shift", "span", "skill", "sex", "experienced", "place"
    ),
    "requests": lambda draw: _unlike(draw.several(6, _wish), "staff", "day", "shift"),
    "choices": lambda draw: draw.several(2, _choice),
    "unavailable": _if_hard(2, _away, "staff", "day"),
    "forbidden": _if_hard(2, _forbidden, "staff", "day", "shift"),
    "fixed": _if_hard(1, _cell, "staff", "day"),
    "kept": lambda draw: _unlike(
        draw.several(5, lambda d: _cell(d) | {"weight": d.number(0, 2)}), "staff", "day"
    ),
    "max_changes": lambda draw: draw.one((None, None, 3)) if draw.hardness == "any" else None,
    "runs": lambda draw: draw.several(2, _run),
    "counts": lambda draw: draw.several(2, _count),
    "weekend_limits": lambda draw: draw.several(2, _weekends),
    "patterns": lambda draw: draw.several(2, _pattern),
    "rotations": lambda draw: draw.several(1, _rotation) if len(draw.shifts) > 1 else [],
    "fairness": lambda draw: draw.several(2, _fairness),
    "company": lambda draw: draw.several(1, _company),
    "together": lambda draw: draw.several(1, _pair),
    "apart": lambda draw: draw.several(1, _apart),
    "key_workers": lambda draw: draw.several(1, _key_worker),
}
