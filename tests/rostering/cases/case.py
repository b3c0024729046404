"""A case: a rule at stake, and what the cases of all rules say of their problems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rostering import Rule, ShiftType
from tests.rostering.tiny import EARLY, LATE, MONDAY, NIGHT, cells

Given = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A rule at stake.

    Parameters
    ----------
    good, bad
        The accepted and the rejected roster, a row a person, a dot for a day off.
    amount
        By how much the bad roster breaks the rule.
    given
        What the problem says, see :func:`tests.rostering.tiny.wished`.
    cost
        What the bad roster costs; None if the rule is hard.
    """

    rule: Rule
    good: tuple[str, ...]
    bad: tuple[str, ...]
    amount: int
    given: Given
    cost: int | None = None

    def __str__(self) -> str:
        kind = "hard" if self.cost is None else "soft"
        return f"{self.rule}-{kind}-{'/'.join(self.bad)}"


def hard(rule: Rule, good: str, bad: str, amount: int, **given: Any) -> Case:
    """Return a case of a hard rule; rows of several people are divided by spaces."""
    return Case(rule, tuple(good.split()), tuple(bad.split()), amount, given)


def soft(rule: Rule, good: str, bad: str, amount: int, cost: int, **given: Any) -> Case:
    """Return a case of a priced rule; rows of several people are divided by spaces."""
    return Case(rule, tuple(good.split()), tuple(bad.split()), amount, given, cost)


def past(row: str, staff: str = "A") -> Any:
    """Return the days of a person before the period."""
    return ({"staff": staff, "shifts": cells(row)},)


def pinned(day: int, shift: str | None) -> Any:
    """Return one cell of A."""
    return ({"staff": "A", "day": day, "shift": shift},)


def needs(*days: int, shift: str = "早", **more: Any) -> Any:
    """Return cover that wants one head on some days, for nothing unless it says more."""
    free = {"shift": shift, "wanted": 1, "under_weight": 0, "over_weight": 0}
    return [free | {"day": day} | more for day in days]


TO_SUNDAY = MONDAY.replace(day=11)
TO_NOVEMBER = MONDAY.replace(day=30)
"""A Friday; the third day is in November."""

NO_LATE_NEXT = (EARLY.model_copy(update={"forbidden_next": ("中",)}), LATE, NIGHT)
LONG = EARLY.model_copy(update={"id": "长", "start": 480, "minutes": 1440, "paid_minutes": 960})
SPLIT = ShiftType.model_validate(
    {
        "id": "分",
        "start": 420,
        "minutes": 840,
        "paid_minutes": 480,
        "spans": [{"start": 420, "minutes": 240}, {"start": 1020, "minutes": 240}],
    }
)
NOON = EARLY.model_copy(update={"id": "午", "start": 690, "minutes": 300, "paid_minutes": 300})
EAST = EARLY.model_copy(update={"id": "东", "place": "东楼"})
WEST = EARLY.model_copy(update={"id": "西", "place": "西楼"})
TRAINING = ShiftType(id="学", minutes=240, paid_minutes=240)
PLACES = (EAST, WEST)
OVER_NIGHT = EARLY.model_copy(update={"id": "通", "start": 1260, "minutes": 660})
DAWN = EARLY.model_copy(update={"id": "晨", "start": 360})
AROUND_MIDNIGHT = (OVER_NIGHT, DAWN, LATE)
"""A night from 21:00 until 08:00, and a shift that begins before it ends, at 06:00."""
SPLITS = (EARLY, LATE, SPLIT, NOON)
