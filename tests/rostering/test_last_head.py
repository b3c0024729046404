"""The nearest roster of an impossible problem leaves nobody without anybody if it can be helped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from rostering import Problem, Roster, Rule, ShiftType, Status, Violation, check
from rostering.heads.somebody import roughly, with_somebody
from rostering.parts import Cover, Unavailable
from rostering.prices import LAST_BY_DAY, LAST_BY_NIGHT, PRICES, of_missing_heads
from tests.patience import repair, solve
from tests.rostering.tiny import MONDAY

DAY = ShiftType(id="日", start=480, minutes=480, paid_minutes=480)
DEMO = Path(__file__).with_name("data") / "demo-home-october-1.json"
"""The example home's October as this software wrote it in its first form."""

NIGHT = ShiftType(id="夜", start=1260, minutes=600, paid_minutes=600, is_night=True)


def home(staff: int, days: int, day: int, night: int, **more: Any) -> Problem:
    """Return people of 2400 minutes who have to fill days and nights."""
    limits = more.pop("limits", {"max_minutes": 2400})
    cover = [
        {"day": n, "shift": shift, "minimum": least, "wanted": least}
        for n, (shift, least) in product(range(days), (("日", day), ("夜", night)))
        if least
    ]
    given = {
        "start": MONDAY,
        "days": days,
        "shift_types": [DAY, NIGHT],
        "staff": [{"id": f"S{n}", **limits} for n in range(staff)],
        "cover": cover,
    }
    return Problem.model_validate({**given, **more})


def heads(roster: Roster | None, day: int, shift: str) -> int:
    """Count who works a shift on a day."""
    assert roster is not None
    return sum(row[day] == shift for row in roster.rows)


def price(problem: Problem, found: Sequence[Violation]) -> int:
    """Return the price of what is broken; the last head of a night shift is the dearest."""
    total = 0
    for item in found:
        if item.rule is Rule.COVER_MINIMUM:
            assert item.where is not None
            cover = problem.cover[item.where[1]]
            last = LAST_BY_NIGHT if cover.shift == "夜" else LAST_BY_DAY
            is_empty = item.amount == cover.minimum
            total += 1000 * (item.amount - is_empty) + last * is_empty
        else:
            total += PRICES[item.rule] * item.amount
    return total


def test_five_nights_are_not_given_up_for_full_days() -> None:
    """Four people of 2400 minutes: 4 by day and 1 by night on five days are 25 shifts, 20 fit.

    A night is 600 minutes: 5 nights take 3000 of 9600, and 6600 leave 13 days of 480.
    """
    problem = home(staff=4, days=5, day=4, night=1)
    result = solve(problem, iterations=2000)
    assert result.status is Status.INFEASIBLE
    assert [heads(result.roster, day, "夜") for day in range(5)] == [1] * 5
    assert all(heads(result.roster, day, "日") >= 1 for day in range(5))


def test_the_one_person_there_is_comes_at_night() -> None:
    """One person, a day shift and a night shift: nobody by day rather than nobody by night."""
    result = solve(home(staff=1, days=1, day=1, night=1))
    assert (heads(result.roster, 0, "日"), heads(result.roster, 0, "夜")) == (0, 1)


def test_somebody_alone_rather_than_nobody() -> None:
    """Each of two is away on one of two nights: not alone gives way, both nights are kept."""
    away = [{"staff": "S0", "day": 0}, {"staff": "S1", "day": 1}]
    problem = home(staff=2, days=2, day=0, night=2, company=[{}], limits={}, unavailable=away)
    result = solve(problem)
    assert [heads(result.roster, day, "夜") for day in range(2)] == [1, 1]
    assert {item.rule for item in result.relaxations} == {Rule.COVER_MINIMUM, Rule.COMPANY}


def test_whoever_is_not_on_leave_is_called_and_who_is_on_leave_is_not() -> None:
    """Rest and hours give way for the last head of a night; leave does not."""
    limits = {"max_minutes": 600, "min_rest_minutes": 24 * 60, "max_consecutive_days": 1}
    problem = home(staff=1, days=3, day=0, night=1, limits=limits)
    result = solve(problem)
    assert [heads(result.roster, day, "夜") for day in range(3)] == [1, 1, 1]
    away = [{"staff": "S0", "day": 1}]
    result = solve(home(staff=1, days=3, day=0, night=1, limits=limits, unavailable=away))
    assert [heads(result.roster, day, "夜") for day in range(3)] == [1, 0, 1]


def test_the_last_of_a_role_counts_as_the_last() -> None:
    """Both nurses by day leave nobody with the skill at night; a carer by night does not help."""
    cover = [
        {"day": 0, "shift": "日", "skill": "护理", "minimum": 2, "wanted": 2},
        {"day": 0, "shift": "夜", "skill": "护理", "minimum": 1, "wanted": 1},
    ]
    problem = home(staff=3, days=1, day=0, night=0, cover=cover)
    nurses = [
        person.model_copy(update={"skills": frozenset({"护理"})} if n < 2 else {})
        for n, person in enumerate(problem.staff)
    ]
    result = solve(Problem.model_validate({**problem.model_dump(), "staff": nurses}))
    assert sorted(filter(None, (row[0] for row in result.roster.rows[:2]))) == ["夜", "日"]  # type: ignore[union-attr]


def test_a_cover_may_carry_its_own_price() -> None:
    """A day shift whose last head is worth more than a night's is filled before it."""
    cover = [
        {"day": 0, "shift": "日", "minimum": 1, "wanted": 1, "last_price": 200_000},
        {"day": 0, "shift": "夜", "minimum": 1, "wanted": 1},
    ]
    result = solve(home(staff=1, days=1, day=0, night=0, cover=cover))
    assert (heads(result.roster, 0, "日"), heads(result.roster, 0, "夜")) == (1, 0)
    item = Cover(day=0, shift="日", minimum=3, wanted=3, price=50)
    assert of_missing_heads(item, False, 2) == 100
    assert of_missing_heads(item, False, 3) == 100 + LAST_BY_DAY
    dear = item.model_copy(update={"price": 90_000})
    assert of_missing_heads(dear, False, 3) == 270_000


@pytest.mark.parametrize("most", [480, 600, 1080])
def test_the_nearest_is_the_cheapest_of_all_rosters(most: int) -> None:
    """Of the 729 rosters of three people and two days none is nearer by these prices."""
    limits = {"max_minutes": most, "min_rest_minutes": 660}
    problem = home(staff=3, days=2, day=2, night=1, limits=limits, company=[{"shifts": ["夜"]}])
    cells = product((None, "日", "夜"), repeat=6)
    rosters = (Roster.from_rows(problem, [row[n : n + 2] for n in (0, 2, 4)]) for row in cells)
    least = min(price(problem, check(problem, roster)) for roster in rosters)
    assert price(problem, solve(problem).relaxations) == least


def seven_by_day() -> dict[str, Any]:
    """Return the example home's October with at least seven in the day shift of every day."""
    given: dict[str, Any] = json.loads(DEMO.read_text(encoding="utf-8"))
    for item in given["cover"]:
        if item["shift"] == "白":
            item |= {"minimum": 7, "wanted": 7}
    return given


def test_a_week_of_the_example_home_keeps_its_nights() -> None:
    """Seven by day are more than its people have hours for: days have fewer, nights somebody."""
    given = seven_by_day()
    given |= {"days": 7, "unavailable": [], "requests": [], "holidays": [], "make_up_days": []}
    given["cover"] = [item for item in given["cover"] if item["day"] < 7]
    for person in given["staff"]:
        person |= {"min_minutes": 0, "max_minutes": 1500}
    problem = Problem.model_validate(given)
    result = solve(problem, iterations=2000)
    assert result.status is Status.INFEASIBLE
    assert Rule.COVER_MINIMUM in {item.rule for item in result.relaxations}
    assert all(heads(result.roster, day, "夜") >= 1 for day in range(7))
    assert all(heads(result.roster, day, "白") >= 1 for day in range(7))


def test_a_month_begins_and_ends_with_somebody_at_night() -> None:
    """Whatever the search finds in its time, all 31 nights and days of the month have somebody.

    It begins with somebody everywhere; what it leaves without anybody is filled afterwards.
    """
    problem = Problem.model_validate(seven_by_day())
    start = roughly(problem)
    assert {heads(start, day, "夜") for day in range(31)} == {1}
    nobody = [[None if cell == "夜" and day == 16 else cell for day, cell in enumerate(row)]
              for row in start.rows]  # fmt: skip
    for roster in (start, Roster.from_rows(problem, nobody)):
        ended = with_somebody(problem, roster)
        assert all(heads(ended, day, "夜") >= 1 for day in range(31))
        assert all(heads(ended, day, "白") >= 1 for day in range(31))


def test_whom_a_search_left_out_is_called() -> None:
    """From four by day and nobody at night, one of the four goes to each night; from nobody, too.

    Two are left by day at least, as the last one by day is dear as well.
    """
    problem = home(staff=4, days=5, day=4, night=1)
    for rows in ([["日"] * 5] * 4, [[None] * 5] * 4):
        mended = with_somebody(problem, Roster.from_rows(problem, rows))
        assert [heads(mended, day, "夜") for day in range(5)] == [1] * 5
        assert all(heads(mended, day, "日") >= 1 for day in range(5))


def test_who_is_on_leave_pinned_or_barred_is_not_called() -> None:
    """Nobody can be had for the night: it stays as it is, and a start leaves it open, too."""
    for barred in (
        {"unavailable": [{"staff": "S0", "day": 0}]},
        {"fixed": [{"staff": "S0", "day": 0, "shift": "日"}]},
        {"forbidden": [{"staff": "S0", "day": 0, "shift": "夜"}]},
        {"limits": {"no_night": True}},
    ):
        problem = home(staff=1, days=1, day=0, night=1, **barred)
        empty = Roster.from_rows(problem, [[None]])
        assert with_somebody(problem, empty) == empty
        assert heads(roughly(problem), 0, "夜") == 0


def test_the_only_one_by_day_goes_to_the_night_and_nobody_to_and_fro() -> None:
    """Of one head the night is the dearer place; who keeps the night is not called to the day."""
    problem = home(staff=1, days=1, day=1, night=1)
    by_day, by_night = (Roster.from_rows(problem, [[shift]]) for shift in ("日", "夜"))
    assert with_somebody(problem, by_day) == by_night
    assert with_somebody(problem, by_night) == by_night
    assert roughly(problem) == by_night


def test_a_repair_fills_the_night_first() -> None:
    """Two fall ill on one day: the one who is left goes to the night, not to the day."""
    problem = home(staff=3, days=1, day=2, night=1, limits={})
    published = Roster.from_rows(problem, [["夜"], ["日"], ["日"]])
    away = [Unavailable(staff=name, day=0) for name in ("S0", "S1")]
    mended = repair(problem, published, absences=away, iterations=100)
    assert mended.roster.rows == ((None,), (None,), ("夜",))
