"""A night that runs into the next day is seen there: every roster of a small problem is counted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from rostering import Problem, Roster, Rule, ShiftType, Status, check, cost
from rostering.forms import forms
from tests.patience import solve
from tests.rostering.forms.count import cells_of, counts
from tests.rostering.tiny import MONDAY

NIGHT = ShiftType(id="夜", start=1260, minutes=660, paid_minutes=600, is_night=True)
"""21:00 until 08:00."""

DAWN = ShiftType(id="晨", start=360, minutes=480, paid_minutes=480)
"""06:00 until 14:00."""

EVENING = ShiftType.model_validate(
    {
        "id": "晚",
        "start": 1080,
        "minutes": 900,
        "paid_minutes": 480,
        "spans": [{"start": 1080, "minutes": 180}, {"start": 1500, "minutes": 480}],
    }
)
"""18:00 until 21:00, and 01:00 until 09:00 of the next day."""

RULES: dict[str, dict[str, Any]] = {
    "apart": {"apart": [{"staff": ["A", "B"]}]},
    "apart, priced": {"apart": [{"staff": ["A", "B"], "weight": 3}]},
    "company": {"company": [{}]},
    "company for nights": {"company": [{"shifts": ["夜"]}]},
    "company of B, priced": {"company": [{"staff": ["A"], "by": ["B"], "weight": 2}]},
    "leave": {"unavailable": [{"staff": "A", "day": 1, "from_midnight": True}]},
    "leave, and the nights before it": {"unavailable": [{"staff": "A", "day": 1}]},
    "a span": {
        "cover": [
            {
                "day": day,
                "span": {"start": 390, "minutes": 60},
                "wanted": 1,
                "maximum": 1,
                "under_weight": 4,
            }
            for day in range(2)
        ]
    },
}


def problem(rules: dict[str, Any], past: str) -> Problem:
    """Return two people and two days, with wishes, and what A did the day before."""
    wishes = [
        {"staff": staff, "day": day, "shift": "夜" if day % 2 else "晨", "wanted": True}
        for staff, day in product("AB", range(2))
    ]
    return Problem.model_validate(
        {
            "start": MONDAY,
            "days": 2,
            "shift_types": [NIGHT, DAWN, EVENING],
            "staff": [{"id": "A"}, {"id": "B"}],
            "history": [{"staff": "A", "shifts": [past]}],
            "requests": wishes,
            **rules,
        }
    )


def rosters(given: Problem) -> Iterator[Roster]:
    """Return every roster: four to the fourth."""
    for cells in product((None, "夜", "晨", "晚"), repeat=4):
        yield Roster.from_rows(given, (cells[:2], cells[2:]))


@pytest.mark.parametrize("past", ["夜", "晚"])
@pytest.mark.parametrize("name", RULES)
def test_checker_forms_and_model_agree_on_every_roster(name: str, past: str) -> None:
    """Both count the same of every roster, and the solver's is the best of all of them."""
    given = problem(RULES[name], past)
    stated, best = forms(given), None
    for roster in rosters(given):
        broken = [item for item in counts(stated, cells_of(stated, roster)) if item.weight is None]
        found = check(given, roster)
        assert sum(item.units for item in broken) == sum(item.amount for item in found), roster
        if not found:
            paid = cost(given, roster)
            best = paid if best is None else min(best, paid)
    result = solve(given)
    assert (result.status, result.cost) == (Status.OPTIMAL, best)


@pytest.mark.parametrize(
    ("rows", "broken"),
    [
        (("夜.", ".晨"), 1),  # A until 08:00, B from 06:00
        (("夜.", "晨."), 0),
        (("夜.", ".夜"), 0),
        (("夜.", "夜."), 3),  # at 21:00; at 01:00, when a piece of 晚 would begin; at 06:00
    ],
)
def test_apart_until_the_night_ends(rows: tuple[str, str], broken: int) -> None:
    """At every moment at which a piece of a shift begins, one of the two at most is there."""
    given = problem({"apart": [{"staff": ["A", "B"]}]}, "晨")
    roster = Roster.from_rows(given, [[None if c == "." else c for c in row] for row in rows])
    found = [item for item in check(given, roster) if item.rule is Rule.APART]
    assert sum(item.amount for item in found) == broken


def test_the_history_alone_is_past() -> None:
    """Two who were together in the night before the period break nothing that can be mended."""
    given = problem({"apart": [{"staff": ["A", "B"]}]}, "夜")
    past = [{"staff": name, "shifts": ["夜"]} for name in "AB"]
    both = Problem.model_validate({**given.model_dump(), "history": past})
    assert check(both, Roster.from_rows(both, [[None] * 2] * 2)) == []
    assert solve(both).status is Status.OPTIMAL
